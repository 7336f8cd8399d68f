/**
 * fincode by GMO. Transport: POST, JSON, UTF-8. Proof: `Fincode-Signature` carries the text registered with the webhook as it is; it
 * is a shared token, not an HMAC: anyone who sees one callback can make others, and the body is not covered. Without a registered text
 * it comes empty, and is rejected. Id: none; event, ids, status, amounts, dates and error make the key.
 * Ack: 200 `{"receive":"0"}`. Nack: `{"receive":"1"}` or anything else; redelivered about every 20 minutes, up to 5 times.
 * What an event means is mostly its payment's `status`. `error_code` is the latest error a payment ever met, so it is a failure
 * only where the status says that nothing was reached. All amounts are yen, written as text, `amount` and `tax` separately.
 * `payments.*.cancel` is a void or a refund, depending on what came before, which it does not say: a void here, its type to be
 * read back. A slip that is paid twice, or after its cancellation or expiry, is one payment of several parts.
 * `recurring.*.batch` says how many renewals of the whole shop succeeded or failed, but not which.
 * Medium confidence: the retry schedule; that a PayPay cancellation with `merchant_refund_id` is a refund.
 * https://github.com/fincode-byGMO/fincode-mcp (fincode-openapi.yml) https://docs.fincode.jp/api
 */
import { refused, verified } from "../../core/callback.ts";
import { parseJson, textAt } from "../../core/formats/json.ts";
import { bytesId } from "../../core/record.ts";
import { anyMatches, digest } from "../../core/signature.ts";
import type { Front, Sign } from "../gateway.ts";
import { signedRequest, usableSecrets } from "../kit/kit.ts";

const signatureHeader = "fincode-signature";

/** One of these says what a callback is about. */
const subjectFields = ["order_id", "id", "subscription_id", "bulk_payment_id", "payment_method_id", "card_id", "charge_date"];

/** What makes a callback unique, besides its event and subject: the same payment is reported again in each new state. */
const keyFields = [
  ["access_id", "transaction_id", "customer_id", "plan_id", "status", "card_status", "job_code", "amount", "tax"],
  ["transaction_date", "process_date", "payment_date", "charge_date", "start_date", "stop_date", "next_charge_date"],
  ["overpayment_flag", "cancel_overpayment_flag", "expire_overpayment_flag", "merchant_refund_id", "error_code"],
].flat();

export const front: Front = {
  name: "fincode",
  strength: "shared token",
  methods: ["POST"],
  onUnverified: "refuse",
  unverifiedStatus: 401,

  verify(raw, settings) {
    const token = raw.headers[signatureHeader];
    if (!token) return refused("the header Fincode-Signature is missing or empty; register a signature with the webhook");
    return anyMatches([token], usableSecrets(settings)) ? verified(raw) : refused("Fincode-Signature matches none of the source's secrets");
  },

  hashesId: true,
  identify(callback) {
    const body = parseJson(callback.body);
    const event = textAt(body, "event");
    const subject = subjectFields.map((name) => textAt(body, name)).find((text) => text !== undefined);
    if (!event || !subject) return bytesId(callback.body);
    const state = keyFields.map((name) => textAt(body, name)).join("\n");
    return `${event}/${subject}/${digest("sha256", [state], "base64url")}`;
  },

  acknowledge: () => ({ status: 200, contentType: "application/json", body: '{"receive":"0"}' }),
  refuse: () => ({ status: 500, contentType: "application/json", body: '{"receive":"1"}' }),
};

export const sign: Sign = (body, settings, now) => {
  const headers = { "content-type": "application/json", [signatureHeader]: settings.secrets[0] ?? "" };
  return signedRequest({ body, now, headers }, settings);
};
