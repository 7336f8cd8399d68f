/**
 * Paddle Billing. Transport: POST, JSON, UTF-8. Proof: `Paddle-Signature: ts=<unix>;h1=<hex>`, HMAC-SHA256 of `<ts>:<body>`
 * with the endpoint's secret as text; strong. While a secret is rolled there are several `h1`; any may match, where Paddle's
 * own SDK looks at the last only. Like the SDK, timestamps are rejected when they are older than 5 s and never for being
 * in the future: Paddle signs every attempt again. Id: `event_id` (`notification_id` differs on a replay). Ack: 200. Nack: anything
 * else; live 60 retries over 3 days.
 * Amounts are strings of minor units. A subscription's state is the status its event carries. A transaction of zero that
 * tried a payment method checked a card; one that tried none charged nothing.
 * Medium confidence: the id's stability, what a `chargeback_warning` moves.
 * https://developer.paddle.com/webhooks/signature-verification https://developer.paddle.com/webhooks/respond-to-webhooks
 */
import { refused, verified } from "../../core/callback.ts";
import type { Front, Sign } from "../gateway.ts";
import { byStatus, jsonId, jsonWithout, signedRequest } from "../kit/kit.ts";
import { timestampedSignature } from "../kit/timestamped-signature.ts";

export const signature = timestampedSignature({
  header: "Paddle-Signature",
  separator: ";",
  timestampField: "ts",
  timestamp: "first",
  signatureField: "h1",
  mark: ":",
  // Paddle's own SDK looks at the last signature only.
  newest: "last",
});

/** What Paddle's SDK uses. The receipt time is the front's, so five seconds are the network's, not a queue's. */
export const defaultToleranceSeconds = 5;

export const front: Front = {
  name: "paddle",
  strength: "signature",
  methods: ["POST"],
  onUnverified: "refuse",
  unverifiedStatus: 401,

  verify(raw, settings) {
    const signed = signature.check(raw, settings);
    if (signed.kind === "refused") return signed;
    const tolerance = settings.toleranceSeconds ?? defaultToleranceSeconds;
    return raw.receivedAt <= (signed.at + tolerance) * 1000 ? verified(raw) : refused("the timestamp is older than the tolerance");
  },

  identify: (callback) => jsonId(callback, "event_id"),

  /** A replay is the same event in another notification. */
  content: (callback) => jsonWithout(callback, "notification_id"),

  ...byStatus,
};

export const sign: Sign = (body, settings, now) => {
  const headers = { "content-type": "application/json", ...signature.headers(body, [settings.secrets[0] ?? ""], now) };
  return signedRequest({ body, now, headers }, settings);
};
