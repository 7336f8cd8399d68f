/**
 * The record of what no callback has said and a gateway's export proves. Its bytes are ours: one event, as JSON. The same event is the same
 * record, whoever enters it and however often.
 */
import type { Millis, VerifiedCallback } from "../../callback.ts";
import { eventTypes, type PaymentEvent } from "../../event.ts";
import { compareText } from "../../ledger/text-order.ts";
import { type CallbackRecord, type FoundBy, foundId, recordKey } from "../../record.ts";
import { digest } from "../../signature.ts";

/** Without its id, which is made of all the rest. */
export type FoundEvent = Omit<PaymentEvent, "id">;

/** What stands in the place of the gateway's own word for it. */
export const foundType = "found in an export";

export interface Entering {
  readonly source: string;
  readonly gateway: string;
  readonly found: FoundBy;
  readonly now: Millis;
  /** Its place among those that are entered together. */
  readonly orderedAt: Millis;
}

export const foundRecord = (event: FoundEvent, { source, gateway, found, now, orderedAt }: Entering): CallbackRecord => {
  const body = Buffer.from(
    JSON.stringify({ found: Object.fromEntries(Object.entries(event).sort(([one], [other]) => compareText(one, other))) }),
  );
  const sha256 = digest("sha256", [body]);
  return {
    key: recordKey(source, foundId(sha256)),
    gateway,
    raw: { source, method: "POST", url: "export:", headers: { "content-type": "application/json" }, body, sourceIp: "", receivedAt: now },
    storedAt: now,
    orderedAt,
    verification: "verified",
    found,
    sha256,
  };
};

/** Throws for bytes that are no such event. */
export const readFound = ({ body }: Pick<VerifiedCallback, "body">): readonly PaymentEvent[] => {
  const { found } = JSON.parse(Buffer.from(body).toString("utf8")) as { readonly found?: FoundEvent };
  if (!found || !eventTypes.includes(found.type) || typeof found.occurredAt !== "number")
    throw new Error("it holds no event that was found in an export");
  return [{ ...found, id: foundId(digest("sha256", [body])) }];
};
