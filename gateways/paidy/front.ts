/**
 * Paidy. Transport: POST, JSON, UTF-8. Proof: none in the request; only the five published addresses it comes from. Weak: read
 * `GET /payments/{id}` back before acting. Id: none; payment, status and the id of the capture or refund make the key.
 * Ack: 200 within 10 seconds. Nack: anything else; redelivered 15 times in some 5 hours.
 * It names no amounts. `close_success` ends a payment whether or not it was captured: a void of one that was not, no change for
 * one that was, and the callback does not say which. It is a notice to be read back, because a wrong
 * void would take money off the ledger that Paidy holds.
 * What can happen to one token or payment again and again (a suspension, an update) carries its timestamp in the key.
 * `pay_0000000000000001` is Paidy's test of the URL, not a payment.
 * Medium confidence: the addresses, the deadline, the retries and the fields; low: the names of the token events.
 * https://paidy.com/docs/en/webhook.html https://github.com/shoheitanaka/paidy-wc
 */
import { verified } from "../../core/callback.ts";
import { parseJson, textAt } from "../../core/formats/json.ts";
import type { Front, Sign } from "../gateway.ts";
import { byStatus, signedRequest } from "../kit/kit.ts";

const published = ["13.114.134.35", "13.113.94.100", "18.182.135.232", "52.199.50.20", "52.199.62.26"] as const satisfies readonly [
  string,
  ...string[],
];

/** What happens to a payment or a token at most once, so that its key needs no moment. */
const once = new Set(["authorize_success", "close_success", "activate_success", "delete_success"]);

export const front: Front = {
  name: "paidy",
  strength: "source address",
  addresses: published,
  methods: ["POST"],
  onUnverified: "refuse",

  /** Nothing in the request proves it: the sender's address is all there is, and is checked before this. */
  verify: (raw) => verified(raw),

  hashesId: true,
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

  ...byStatus,
};

export const sign: Sign = (body, settings, now) => {
  return signedRequest({ body, now, headers: { "content-type": "application/json" } }, settings, published);
};
