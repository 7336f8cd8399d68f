/**
 * Paidy. Transport: POST, JSON, UTF-8. Proof: none in the request; only the five published addresses it comes from. Weak: read
 * `GET /payments/{id}` back before acting. Id: none; payment, status and the id of the capture or refund make the key.
 * Yes: 200 within 10 seconds. No: anything else; told again 15 times in some 5 hours.
 * It names no amounts. `close_success` ends a payment whether or not it was captured: of one that was not it is a void, of one
 * that was it changes nothing, and which of the two the callback does not say. It is a notice to be read back, because a void
 * that is none would take money off the ledger that Paidy holds.
 * What can happen to one token or payment again and again (a suspension, an update) carries its timestamp in the key.
 * `pay_0000000000000001` is Paidy's test of the URL and no payment.
 * Medium confidence: the addresses, the deadline, the retries and the fields; low: the names of the token events.
 * https://paidy.com/docs/en/webhook.html https://github.com/shoheitanaka/paidy-wc
 */
import { refused, verified } from "../../core/callback.ts";
import type { EventType, PaymentEvent } from "../../core/event.ts";
import { parseJson, textAt } from "../../core/formats/json.ts";
import { fromAllowedAddress } from "../address.ts";
import type { Gateway } from "../gateway.ts";
import { withPublished } from "../published.ts";
import { present, request } from "../request.ts";
import { senderOf } from "../sender.ts";
import { instantOf } from "../time.ts";

const published = ["13.114.134.35", "13.113.94.100", "18.182.135.232", "52.199.50.20", "52.199.62.26"] as const;

const testPayment = "pay_0000000000000001";

const paymentMeanings = new Map<string, EventType>([
  ["authorize_success", "charge.authorized"],
  ["capture_success", "charge.succeeded"],
  ["refund_success", "charge.refunded"],
  ["close_success", "notice"],
  ["update_success", "notice"],
]);

const tokenMeanings = new Map<string, EventType>([
  ["activate_success", "contract.started"],
  ["suspend_success", "contract.paused"],
  ["resume_success", "contract.resumed"],
  ["delete_success", "contract.cancelled"],
]);

/** What happens to a payment or a token once at most, so that its key needs no moment. */
const once = new Set(["authorize_success", "close_success", "activate_success", "delete_success"]);

export const paidy: Gateway = {
  name: "paidy",
  facts: {
    title: "Paidy",
    sources: ["https://paidy.com/docs/en/webhook.html", "https://github.com/shoheitanaka/paidy-wc"],
    confidence: "M",
    proof: "none but the five published source addresses",
    strength: "source address",
    key: "payment_id or token_id, status, and refund_id, capture_id or timestamp",
    charset: "UTF-8",
    deadlineSeconds: 10,
    retries: "15 times in about 5 hours",
    announces: "that a payment was authorised, captured, refunded or closed, and states of tokens; never an amount",
  },
  methods: ["POST"],
  unproven: "refuse",
  needsReadBack: "amounts, the ids of refunds, and whether a closing was a void: read back from the payment",

  verify: (raw, settings) =>
    fromAllowedAddress(raw, withPublished(settings, published)) ? verified(raw) : refused("the sender is none of Paidy's addresses"),

  identify(callback) {
    const body = parseJson(callback.body);
    const status = textAt(body, "status");
    const subject = textAt(body, "payment_id") ?? textAt(body, "token_id");
    if (!status || !subject) throw new Error("the body names no payment or token, or no status");
    const [refund, capture, moment] = [textAt(body, "refund_id"), textAt(body, "capture_id"), textAt(body, "timestamp")];
    // A refund may name its capture only, and one capture can be refunded in parts.
    const part =
      refund ?? (status === "refund_success" ? [capture, moment].join("/") : (capture ?? (once.has(status) ? undefined : moment)));
    return [subject, status, ...(part ? [part] : [])].join("/");
  },

  parse(callback) {
    const body = parseJson(callback.body);
    const status = textAt(body, "status");
    if (!status) throw new Error("the body is not a Paidy callback: it has no status");
    return [
      {
        id: this.identify(callback),
        gatewayType: status,
        occurredAt: instantOf(textAt(body, "timestamp")) ?? callback.receivedAt,
        ...told(status, body),
      },
    ];
  },

  acknowledge: () => ({ status: 200, contentType: "text/plain; charset=utf-8", body: "" }),
  refuse: () => ({ status: 500, contentType: "text/plain; charset=utf-8", body: "" }),

  sign(body, settings, now) {
    return request({ body, now, headers: { "content-type": "application/json" }, ...senderOf(withPublished(settings, published)) });
  },
};

const told = (status: string, body: unknown): Pick<PaymentEvent, "type"> & Partial<PaymentEvent> => {
  const charge = textAt(body, "payment_id");
  const known = present({ charge, contract: textAt(body, "token_id"), order: textAt(body, "order_ref") });
  const type = (charge ? paymentMeanings : tokenMeanings).get(status) ?? "unknown";
  if (charge === testPayment) return { type: "notice", ...known };
  if (status === "close_success") return { type, ...known, incomplete: ["type"] };
  const isAboutMoney = type.startsWith("charge.");
  return {
    type,
    ...known,
    ...present({ refund: type === "charge.refunded" ? textAt(body, "refund_id") : undefined }),
    ...(isAboutMoney && { incomplete: ["amount"] }),
  };
};
