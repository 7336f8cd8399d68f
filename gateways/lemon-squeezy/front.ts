/**
 * Lemon Squeezy. Transport: POST, JSON:API, UTF-8. Proof: `X-Signature`, hex HMAC-SHA256 of the body, keyed with the signing
 * secret as text; strong, but without a timestamp, so only the identity keeps a replay out. Id: none; a redelivery repeats the
 * bytes, so their hash is the key. Ack: 200. Nack: anything else.
 * Ids are small numbers, counted separately for orders, invoices and subscriptions: order 7 and subscription 7 are unrelated. So the
 * charge of an invoice is `invoice-7`, that of an order `order-7`.
 * A subscription's first payment is reported twice, as an order and as an invoice with `billing_reason: initial`, and neither
 * names the other: every event of the subscription itself names the order, and so they are one payment. A shop that does not get those
 * events sets `options.orders` to `notices`: then orders do not count; or to `charges`: then first invoices do not.
 * `refunded_amount` is the total refunded so far, so the latest refund replaces those before.
 * Medium confidence: everything but the signature; the number of retries is often quoted as 3 and not confirmed.
 * https://docs.lemonsqueezy.com/help/webhooks/signing-requests https://docs.lemonsqueezy.com/help/webhooks/event-types
 * https://github.com/pay-rails/pay
 */
import { refused, verified } from "../../core/callback.ts";
import { parseJson, textAt } from "../../core/formats/json.ts";
import { bytesId } from "../../core/record.ts";
import { anyMatches, hmac } from "../../core/signature.ts";
import type { Front, Sign, SourceSettings } from "../gateway.ts";
import { byStatus, signedRequest, usableSecrets } from "../kit/kit.ts";

const signatureHeader = "x-signature";

export const front: Front = {
  name: "lemon-squeezy",
  strength: "signature",
  methods: ["POST"],
  onUnverified: "refuse",
  unverifiedStatus: 401,

  checkSettings({ options }: Omit<SourceSettings, "secrets">) {
    const orders = options?.orders;
    return orders === undefined || orders === "charges" || orders === "notices"
      ? []
      : [
          `options.orders is "${orders}"; write "charges" to count orders instead of first invoices, "notices" to count no order, or leave it out`,
        ];
  },

  verify(raw, settings) {
    const signature = raw.headers[signatureHeader];
    if (!signature) return refused("the header X-Signature is missing");
    const expected = usableSecrets(settings).map((secret) => signatureOf(secret, raw.body));
    return anyMatches([signature], expected) ? verified(raw) : refused("the signature matches none of the source's secrets");
  },

  identify: (callback) => bytesId(callback.body),

  ...byStatus,
};

export const sign: Sign = (body, settings, now) => {
  const headers = {
    "content-type": "application/json",
    "x-event-name": textAt(parseJson(body), "meta", "event_name") ?? "",
    [signatureHeader]: signatureOf(settings.secrets[0] ?? "", body),
  };
  return signedRequest({ body, now, headers }, settings);
};

const signatureOf = (secret: string, body: Uint8Array): string => hmac("sha256", secret, [body], "hex");
