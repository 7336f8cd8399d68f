/** What the callbacks of Sandbox mean. */
import type { EventType, PaymentEvent } from "../../core/event.ts";
import { listAt, numberAt, parseJson, textAt } from "../../core/formats/json.ts";
import { fromMinor } from "../../core/formats/money.ts";
import type { Parse } from "../gateway.ts";
import { omitUndefined } from "../kit/kit.ts";
import { front } from "./front.ts";

export const meanings: Readonly<Record<string, EventType>> = {
  "charge.authorized": "charge.authorized",
  "charge.succeeded": "charge.succeeded",
  "charge.failed": "charge.failed",
  "charge.refunded": "charge.refunded",
  "charge.voided": "charge.voided",
  "refund.pending": "refund.pending",
  "refund.failed": "refund.failed",
  "dispute.opened": "dispute.opened",
  "dispute.won": "dispute.won",
  "dispute.lost": "dispute.lost",
  "card.verified": "card.verified",
  "contract.started": "contract.started",
  "contract.renewed": "contract.renewed",
  "contract.past_due": "contract.past_due",
  "contract.paused": "contract.paused",
  "contract.resumed": "contract.resumed",
  "contract.cancelled": "contract.cancelled",
  "contract.expired": "contract.expired",
  ping: "notice",
};

export const parse: Parse = (callback) => {
  const body = parseJson(callback.body);
  const gatewayType = textAt(body, "type");
  if (!gatewayType) throw new Error("the body is not JSON with a type");
  const amount = fromMinor(numberAt(body, "amount"), textAt(body, "currency"));
  const names = listAt(body, "also_known_as").filter((name) => typeof name === "string");
  const created = numberAt(body, "created");
  const event: PaymentEvent = {
    id: front.identify(callback),
    type: Object.hasOwn(meanings, gatewayType) ? (meanings[gatewayType] as EventType) : "unknown",
    gatewayType,
    occurredAt: created === undefined ? callback.receivedAt : created * 1000,
    ...omitUndefined({
      contract: textAt(body, "contract"),
      charge: textAt(body, "charge"),
      alsoKnownAs: names.length > 0 ? names : undefined,
      part: textAt(body, "part"),
      customer: textAt(body, "customer"),
      order: textAt(body, "order"),
      refund: textAt(body, "refund"),
      dispute: textAt(body, "dispute"),
      reason: textAt(body, "reason"),
    }),
    ...(amount && { amount }),
  };
  return [event];
};
