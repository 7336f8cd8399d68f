/** What the callbacks of Standard Webhooks (Svix, Polar, Clerk) mean. */
import { numberAt, parseJson, textAt } from "../../core/formats/json.ts";
import type { Parse } from "../gateway.ts";
import { parseInstant, withEventIds } from "../kit/kit.ts";
import { readClerkEvent } from "./clerk.ts";
import { front } from "./front.ts";
import { readPolarEvent } from "./polar.ts";

export const parse: Parse = (callback) => {
  const body = parseJson(callback.body);
  const gatewayType = textAt(body, "type");
  if (!gatewayType) throw new Error("the body is not JSON with a type");
  const id = front.identify(callback);
  const time = numberAt(body, "timestamp");
  const occurredAt = Number.isSafeInteger(time) ? (time as number) : (parseInstant(textAt(body, "timestamp")) ?? callback.receivedAt);
  // Both have a type `subscription.active`; only Clerk says that its body is an event.
  const drafts = textAt(body, "object") === "event" ? readClerkEvent(gatewayType, body) : readPolarEvent(gatewayType, body);
  return withEventIds(
    id,
    drafts.map((one) => ({ ...one, gatewayType, occurredAt })),
  );
};
