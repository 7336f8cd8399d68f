/**
 * Paddle Billing. Transport: POST, JSON, UTF-8. Proof: `Paddle-Signature: ts=<unix>;h1=<hex>`, HMAC-SHA256 of `<ts>:<body>`
 * with the endpoint's secret as text; strong. While a secret is rolled there are several `h1`; any may match, where Paddle's
 * own SDK looks at the last only. Like the SDK, timestamps are refused when they are older than 5 s and never for lying
 * ahead: Paddle signs every attempt anew. Id: `event_id` (`notification_id` differs on a replay). Yes: 200. No: anything
 * else; live 60 retries over 3 days.
 * Amounts are strings of minor units. A subscription's state is the status its event carries. A transaction of zero that
 * tried a payment method checked a card; one that tried none charged nothing.
 * Medium confidence: the id's stability, what an adjustment's `reversed` status undoes.
 * https://developer.paddle.com/webhooks/signature-verification https://developer.paddle.com/webhooks/respond-to-webhooks
 */
import { refused, verified } from "../../core/callback.ts";
import type { EventType } from "../../core/event.ts";
import { at, listAt, parseJson, textAt } from "../../core/formats/json.ts";
import { fromMinor } from "../../core/formats/money.ts";
import { anyMatches, hmac } from "../../core/signature.ts";
import { fromAllowedAddress } from "../address.ts";
import { amountFrom } from "../amount.ts";
import type { Gateway } from "../gateway.ts";
import { jsonId } from "../json-id.ts";
import { numbered } from "../numbered.ts";
import { present, request } from "../request.ts";
import { secretsOf } from "../secrets.ts";
import { senderOf } from "../sender.ts";
import { instantOf } from "../time.ts";
import type { Told } from "../told.ts";

const signatureHeader = "paddle-signature";
/** What Paddle's SDK takes. The receipt time is the front's, so five seconds are the network's, not a queue's. */
const defaultToleranceSeconds = 5;

const transactionMeanings = new Map<string, EventType>([
  ["transaction.completed", "charge.succeeded"],
  ["transaction.paid", "charge.succeeded"],
  ["transaction.payment_failed", "charge.failed"],
  ["transaction.canceled", "charge.voided"],
  ["transaction.billed", "notice"],
  ["transaction.created", "notice"],
  ["transaction.past_due", "notice"],
  ["transaction.ready", "notice"],
  ["transaction.revised", "notice"],
  ["transaction.updated", "notice"],
]);

const subscriptionEvents = new Map<string, EventType>([
  ["subscription.activated", "contract.started"],
  ["subscription.canceled", "contract.cancelled"],
  ["subscription.past_due", "contract.past_due"],
  ["subscription.paused", "contract.paused"],
  ["subscription.resumed", "contract.resumed"],
  ["subscription.trialing", "contract.started"],
]);

/** For events that tell only that something about the subscription is new: its status says what it is now. */
const subscriptionStatuses = new Map<string, EventType>([
  ["active", "contract.resumed"],
  ["trialing", "contract.started"],
  ["past_due", "contract.past_due"],
  ["paused", "contract.paused"],
  ["canceled", "contract.cancelled"],
]);

/** What an adjustment that counts (approved) does. Credits lower a bill that is still open: no money goes back. */
const adjustmentMeanings = new Map<string, EventType>([
  ["refund", "charge.refunded"],
  ["chargeback", "dispute.opened"],
  ["chargeback_reverse", "dispute.won"],
  ["chargeback_warning", "notice"],
  ["chargeback_warning_reverse", "notice"],
  ["credit", "notice"],
  ["credit_reverse", "notice"],
]);

const noticed =
  /^(address|api_key|api_key_exposure|business|client_token|customer|discount|discount_group|payment_method|payout|price|product|report)\./;

export const paddle: Gateway = {
  name: "paddle",
  facts: {
    title: "Paddle Billing",
    sources: [
      "https://developer.paddle.com/webhooks/signature-verification",
      "https://developer.paddle.com/webhooks/respond-to-webhooks",
      "npm @paddle/paddle-node-sdk: WebhooksValidator",
    ],
    confidence: "H",
    proof: "Paddle-Signature: ts, h1; HMAC-SHA256 (hex) of ts:body; not older than 5 seconds",
    strength: "signature",
    key: "event_id",
    charset: "UTF-8",
    deadlineSeconds: 5,
    retries: "live 60 times in 3 days, sandbox 3 times in 15 minutes, with growing waits; replay by API",
    announces: "transactions, adjustments (refunds, chargebacks) and subscription states; never the order of events",
  },
  methods: ["POST"],
  unproven: "refuse",
  unprovenStatus: 401,
  needsReadBack: "an amount it should ever leave out. Nothing is read back",

  verify(raw, settings) {
    if (!fromAllowedAddress(raw, settings)) return refused("the sender is not one of the source's addresses");
    const header = raw.headers[signatureHeader];
    if (!header) return refused("the header Paddle-Signature is missing");
    const fields = header.split(";").map((field) => field.split("="));
    const timestamp = fields.find(([name]) => name === "ts")?.[1];
    if (!timestamp || !/^\d{1,12}$/.test(timestamp)) return refused("Paddle-Signature carries no timestamp");
    const presented = fields.flatMap(([name, value]) => (name === "h1" && value ? [value] : []));
    const expected = secretsOf(settings).map((secret) => signatureOf(secret, timestamp, raw.body));
    if (!anyMatches(presented, expected)) return refused("no signature matches any of the source's secrets");
    const tolerance = settings.toleranceSeconds ?? defaultToleranceSeconds;
    return raw.receivedAt <= (Number(timestamp) + tolerance) * 1000 ? verified(raw) : refused("the timestamp is older than the tolerance");
  },

  identify: (callback) => jsonId(callback, "event_id"),

  parse(callback) {
    const body = parseJson(callback.body);
    const gatewayType = textAt(body, "event_type");
    if (!gatewayType) throw new Error("the body is not a Paddle event: it has no event_type");
    const id = this.identify(callback);
    const occurredAt = instantOf(at(body, "occurred_at")) ?? callback.receivedAt;
    return numbered(
      id,
      told(gatewayType, at(body, "data")).map((event) => ({ gatewayType, occurredAt, ...event })),
    );
  },

  acknowledge: () => ({ status: 200, contentType: "text/plain; charset=utf-8", body: "" }),
  refuse: () => ({ status: 500, contentType: "text/plain; charset=utf-8", body: "" }),

  sign(body, settings, now) {
    const timestamp = String(Math.floor(now / 1000));
    const signature = signatureOf(settings.secrets[0] ?? "", timestamp, body);
    const headers = { "content-type": "application/json", [signatureHeader]: `ts=${timestamp};h1=${signature}` };
    return request({ body, now, headers, ...senderOf(settings) });
  },
};

const signatureOf = (secret: string, timestamp: string, body: Uint8Array): string => hmac("sha256", secret, [`${timestamp}:`, body], "hex");

const told = (gatewayType: string, data: unknown): readonly Told[] => {
  if (gatewayType.startsWith("transaction.")) return aboutTransaction(gatewayType, data);
  if (gatewayType.startsWith("subscription.")) return [aboutSubscription(gatewayType, data)];
  if (gatewayType === "adjustment.created" || gatewayType === "adjustment.updated") return [aboutAdjustment(data)];
  return [{ type: noticed.test(gatewayType) ? "notice" : "unknown" }];
};

const aboutTransaction = (gatewayType: string, data: unknown): readonly Told[] => {
  const amount = fromMinor(textAt(data, "details", "totals", "grand_total"), textAt(data, "currency_code"));
  const meaning = transactionMeanings.get(gatewayType) ?? "unknown";
  const type = amount?.minor === 0 ? withoutMoney(gatewayType, data) : meaning;
  const whose = present({ contract: textAt(data, "subscription_id"), customer: textAt(data, "customer_id") });
  const event: Told = {
    type,
    ...whose,
    ...present({
      charge: textAt(data, "id"),
      reason: type === "charge.failed" ? textAt(data, "payments", 0, "error_code") : undefined,
    }),
    ...amountFrom(amount),
  };
  const renewed = gatewayType === "transaction.completed" && textAt(data, "origin") === "subscription_recurring";
  return renewed ? [event, { type: "contract.renewed", ...whose }] : [event];
};

/** Only `completed` counts as the check: `paid` tells of the same one a moment earlier. */
const withoutMoney = (gatewayType: string, data: unknown): EventType => {
  if (listAt(data, "payments").length === 0) return transactionMeanings.has(gatewayType) ? "notice" : "unknown";
  if (gatewayType === "transaction.completed") return "card.verified";
  if (gatewayType === "transaction.payment_failed") return "card.verification_failed";
  return transactionMeanings.has(gatewayType) ? "notice" : "unknown";
};

const aboutSubscription = (gatewayType: string, data: unknown): Told => {
  const status = subscriptionStatuses.get(textAt(data, "status") ?? "") ?? "unknown";
  const isNew = gatewayType === "subscription.created" || gatewayType === "subscription.imported";
  const type = isNew && status === "contract.resumed" ? "contract.started" : status;
  return {
    type: subscriptionEvents.get(gatewayType) ?? (isNew || gatewayType === "subscription.updated" ? type : "unknown"),
    ...present({ contract: textAt(data, "id"), customer: textAt(data, "customer_id") }),
  };
};

/** A refund that was approved and then reversed gave back nothing: the same refund, now of zero. */
const aboutAdjustment = (data: unknown): Told => {
  const [action, status] = [textAt(data, "action") ?? "", textAt(data, "status")];
  const currency = textAt(data, "currency_code");
  const undone = action === "refund" && status === "reversed";
  const amount = fromMinor(undone ? 0 : textAt(data, "totals", "total"), currency);
  const counts = status === "approved" || undone;
  return {
    type: counts ? (adjustmentMeanings.get(action) ?? "unknown") : "notice",
    ...present({
      contract: textAt(data, "subscription_id"),
      customer: textAt(data, "customer_id"),
      charge: textAt(data, "transaction_id"),
      refund: action === "refund" ? textAt(data, "id") : undefined,
      reason: textAt(data, "reason"),
    }),
    ...amountFrom(amount),
  };
};
