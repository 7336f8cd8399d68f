/**
 * fincode by GMO. Transport: POST, JSON, UTF-8. Proof: `Fincode-Signature` carries the text registered with the webhook as it is; it
 * is a shared token, no HMAC: whoever sees one callback can make others, and the body is not covered. Without a registered text
 * it comes empty, and is refused. Id: none; event, ids, status, amounts, dates and error make the key.
 * Yes: 200 `{"receive":"0"}`. No: `{"receive":"1"}` or anything else; told again about every 20 minutes, up to 5 times.
 * What an event means is mostly its payment's `status`. `error_code` is the latest error a payment ever met, so it is a failure
 * only where the status says that nothing was reached. All amounts are yen, written as text, `amount` and `tax` apart.
 * `payments.*.cancel` is a void or a refund, depending on what came before, which it does not say: a void here, its type to be
 * read back. A slip paid twice, or after its cancellation or expiry, is money of its own and a charge of its own.
 * `recurring.*.batch` tells for the whole shop how many renewals went well or not, and for no contract which.
 * Medium confidence: the retry schedule; that a PayPay cancellation with `merchant_refund_id` is a refund.
 * https://github.com/fincode-byGMO/fincode-mcp (fincode-openapi.yml) https://docs.fincode.jp/api
 */
import { refused, verified } from "../../core/callback.ts";
import type { EventType, PaymentEvent } from "../../core/event.ts";
import { parseJson, textAt } from "../../core/formats/json.ts";
import { fromMinor, type Money } from "../../core/formats/money.ts";
import { bytesId } from "../../core/record.ts";
import { anyMatches, digest } from "../../core/signature.ts";
import { fromAllowedAddress } from "../address.ts";
import { amountFrom } from "../amount.ts";
import type { Gateway } from "../gateway.ts";
import { japanTime } from "../japan-time.ts";
import { numbered } from "../numbered.ts";
import { present, request } from "../request.ts";
import { secretsOf } from "../secrets.ts";
import { senderOf } from "../sender.ts";

const signatureHeader = "fincode-signature";

/** Where a payment stands after an event about it. What waits for the customer or the bank has happened to nobody yet. */
const statusMeanings = new Map<string, EventType>([
  ["CHECKED", "card.verified"],
  ["AUTHORIZED", "charge.authorized"],
  ["CAPTURED", "charge.succeeded"],
  ["CANCELED", "charge.voided"],
  ["EXPIRED", "charge.failed"],
  ["FAILED", "charge.failed"],
  ["UNPROCESSED", "notice"],
  ["AUTHENTICATED", "notice"],
  ["AWAITING_CUSTOMER_PAYMENT", "notice"],
  ["AWAITING_PAYMENT_APPROVAL", "notice"],
]);

/** A registration that failed was never a contract that could be charged. An update of an active one changes no state. */
const subscriptionMeanings = new Map<string, EventType>([
  ["ACTIVE", "notice"],
  ["RUNNING", "notice"],
  ["CANCELED", "contract.cancelled"],
  ["INCOMPLETE", "contract.cancelled"],
]);

/** The specification spells the expiry of a slip with and without `payments.` in front. */
const aPayment =
  /^(?:payments\.(?:card|applepay|googlepay|konbini|paypay|directdebit|virtualaccount)|konbini)\.(regist|exec|capture|cancel|auth|change|secure|secure2\.authenticate|secure2\.result|complete|complete\.stub|expired\.update\.batch)$/;

const aSubscription = /^subscription\.(?:card|directdebit)\.(regist|update|delete)$/;

/** Results by the batch: whose they are, only a read-back tells. */
const aBatch = /^(?:recurring\.(?:card|directdebit)|payments\.bulk\.card)\.batch$/;

const noticed =
  /^(?:card\.(?:regist|update)|customers\.payment_methods\.updated|payments\.bulk\.card\.regist|contracts\.status_code\.updated)$/;

/** One of these says whom a callback is about. */
const subjectFields = ["order_id", "id", "subscription_id", "bulk_payment_id", "payment_method_id", "card_id", "charge_date"];

/** What makes a callback itself and no other, besides its event and subject: the same payment is told again in each new state. */
const keyFields = [
  ["access_id", "transaction_id", "customer_id", "plan_id", "status", "card_status", "job_code", "amount", "tax"],
  ["transaction_date", "process_date", "payment_date", "charge_date", "start_date", "stop_date", "next_charge_date"],
  ["overpayment_flag", "cancel_overpayment_flag", "expire_overpayment_flag", "merchant_refund_id", "error_code"],
].flat();

export const fincode: Gateway = {
  name: "fincode",
  facts: {
    title: "fincode byGMO",
    sources: [
      "https://github.com/fincode-byGMO/fincode-mcp/blob/main/packages/fincode-mcp-docs/fincode-openapi.yml",
      "https://docs.fincode.jp/api",
    ],
    confidence: "H",
    proof: "Fincode-Signature equals the text registered with the webhook; the body is not covered",
    strength: "shared token",
    key: "event, ids, status, amounts, dates and error_code",
    charset: "UTF-8",
    deadlineSeconds: undefined,
    retries: "about every 20 minutes, up to 5 times",
    announces: "payments, cards, subscriptions; of renewals by card only how many, and never chargebacks",
  },
  methods: ["POST"],
  unproven: "refuse",
  unprovenStatus: 401,
  needsReadBack:
    "which renewals a batch consisted of: read back from the list of payments. Whether a cancellation was a refund: not even there",

  verify(raw, settings) {
    if (!fromAllowedAddress(raw, settings)) return refused("the sender is not one of the source's addresses");
    const token = raw.headers[signatureHeader];
    if (!token) return refused("the header Fincode-Signature is missing or empty; register a signature with the webhook");
    return anyMatches([token], secretsOf(settings)) ? verified(raw) : refused("Fincode-Signature matches none of the source's secrets");
  },

  identify(callback) {
    const body = parseJson(callback.body);
    const event = textAt(body, "event");
    const subject = subjectFields.map((name) => textAt(body, name)).find((text) => text !== undefined);
    if (!event || !subject) return bytesId(callback.body);
    const state = keyFields.map((name) => textAt(body, name) ?? "").join("\n");
    return `${event}/${subject}/${digest("sha256", [state], "base64url")}`;
  },

  parse(callback) {
    const body = parseJson(callback.body);
    const gatewayType = textAt(body, "event");
    if (!gatewayType) throw new Error("the body is not a fincode event: it has no event");
    const common = { gatewayType, occurredAt: momentOf(gatewayType, body) ?? callback.receivedAt };
    return numbered(
      this.identify(callback),
      told(gatewayType, body).map((event) => ({ ...common, ...event })),
    );
  },

  acknowledge: () => ({ status: 200, contentType: "application/json", body: '{"receive":"0"}' }),
  refuse: () => ({ status: 500, contentType: "application/json", body: '{"receive":"1"}' }),

  sign(body, settings, now) {
    const headers = { "content-type": "application/json", [signatureHeader]: settings.secrets[0] ?? "" };
    return request({ body, now, headers, ...senderOf(settings) });
  },
};

type Told = Pick<PaymentEvent, "type"> & Partial<PaymentEvent>;

const told = (gatewayType: string, body: unknown): readonly Told[] => {
  const operation = aPayment.exec(gatewayType)?.[1];
  if (operation) return aboutPayment(operation, body);
  const change = aSubscription.exec(gatewayType)?.[1];
  if (change) return [aboutSubscription(change, body)];
  if (aBatch.test(gatewayType)) return [{ type: "notice", incomplete: ["contract", "charge", "amount"] }];
  return [noticed.test(gatewayType) ? { type: "notice", ...present({ customer: textAt(body, "customer_id") }) } : { type: "unknown" }];
};

const aboutSubscription = (change: string, body: unknown): Told => {
  const status = textAt(body, "status") ?? "";
  const meaning = change === "delete" ? "contract.cancelled" : (subscriptionMeanings.get(status) ?? "unknown");
  return {
    type: change === "regist" && meaning === "notice" ? "contract.started" : meaning,
    ...present({
      contract: textAt(body, "subscription_id"),
      customer: textAt(body, "customer_id"),
      reason: status === "INCOMPLETE" ? status : undefined,
    }),
  };
};

const aboutPayment = (operation: string, body: unknown): readonly Told[] => {
  const contract = present({ contract: textAt(body, "subscription_id"), customer: textAt(body, "customer_id") });
  const order = textAt(body, "order_id") ?? textAt(body, "id");
  const extra = operation.startsWith("complete") ? overpaid(body) : undefined;
  const type = extra ? "charge.succeeded" : meaningOf(operation, body);
  const about: Told = {
    type,
    ...contract,
    ...present({
      charge: order && extra ? `${order}/${extra}/${textAt(body, "payment_date") ?? textAt(body, "process_date") ?? ""}` : order,
      refund: type === "charge.refunded" ? textAt(body, "merchant_refund_id") : undefined,
      reason: extra ?? textAt(body, "error_code") ?? failureCode(body),
    }),
    ...(type === "notice" ? {} : amountFrom(yenOf(body))),
    ...(type === "charge.voided" && { incomplete: ["type"] }),
  };
  const state = contract.contract && !extra ? stateOf(operation, type) : undefined;
  return state ? [about, { type: state, ...contract }] : [about];
};

const meaningOf = (operation: string, body: unknown): EventType => {
  const status = textAt(body, "status") ?? "";
  if (operation === "regist") return "notice";
  if (operation === "cancel" && status !== "CANCELED") return "notice";
  if (operation === "cancel" && textAt(body, "merchant_refund_id")) return "charge.refunded";
  const reachedNothing = status === "UNPROCESSED" || status === "AUTHENTICATED";
  if (!reachedNothing || !textAt(body, "error_code")) return statusMeanings.get(status) ?? "unknown";
  return textAt(body, "job_code") === "CHECK" ? "card.verification_failed" : "charge.failed";
};

/** A subscription's payment that came in renews it; one that did not leaves it past due. */
const stateOf = (operation: string, type: EventType): EventType | undefined => {
  if (operation !== "exec" && !operation.startsWith("complete")) return undefined;
  return type === "charge.succeeded" ? "contract.renewed" : type === "charge.failed" ? "contract.past_due" : undefined;
};

/** The flag that marks money which came for a payment that was paid, cancelled or expired already. */
const overpaid = (body: unknown): string | undefined =>
  ["overpayment_flag", "cancel_overpayment_flag", "expire_overpayment_flag"].find((flag) => textAt(body, flag) === "1");

/** The bank's answer to a direct debit; 0 is success. */
const failureCode = (body: unknown): string | undefined => {
  const code = textAt(body, "result_code");
  return code === "0" ? undefined : code;
};

const yenOf = (body: unknown): Money | undefined => {
  const [amount, tax] = [fromMinor(textAt(body, "amount"), "JPY"), fromMinor(textAt(body, "tax") ?? "0", "JPY")];
  return amount && tax && { minor: amount.minor + tax.minor, currency: "JPY" };
};

/** A slip is paid when the customer paid it; everything else happens when fincode processes it. */
const momentOf = (gatewayType: string, body: unknown): number | undefined => {
  const processed = japanTime(textAt(body, "process_date")) ?? japanTime(textAt(body, "transaction_date"));
  return gatewayType.includes(".complete") ? (japanTime(textAt(body, "payment_date")) ?? processed) : processed;
};
