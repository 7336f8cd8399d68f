/** Settings under which each gateway proves what its writer wrote. */
import { readFileSync } from "node:fs";
import type { SourceSettings } from "../../gateways/index.ts";
import { newSecret } from "../../local/secret-forms.ts";

const fixture = (name: string): string => readFileSync(new URL(`../gateways/fixtures/${name}`, import.meta.url), "utf8");

const special: Readonly<Record<string, Partial<SourceSettings>>> = {
  braintree: { options: { publicKey: "public_key" } },
  "gmo-pg": { options: { shopId: "tshop00000001" } },
  hmac: {
    options: {
      header: "x-signature",
      idPointer: "/id",
      typePointer: "/type",
      events: [
        "payment.authorized=charge.authorized, payment.paid=charge.succeeded, payment.failed=charge.failed",
        "payment.refunded=charge.refunded, payment.voided=charge.voided, card.ok=card.verified, card.bad=card.verification_failed",
        "sub.new=contract.started, sub.paid=contract.renewed, sub.late=contract.past_due, sub.paused=contract.paused",
        "sub.resumed=contract.resumed, sub.ended=contract.cancelled, sub.expired=contract.expired",
        "dispute.new=dispute.opened, dispute.won=dispute.won, dispute.lost=dispute.lost",
      ].join(", "),
      contractPointer: "/data/subscription/id",
      chargePointer: "/data/payment/id",
      customerPointer: "/data/customer",
      amountPointer: "/data/payment/amount",
      currencyPointer: "/data/payment/currency",
      occurredAtPointer: "/created_at",
    },
  },
  paypal: {
    secrets: [fixture("paypal-key.pem")],
    options: { webhookId: "1JE4291016473214C", certificate: fixture("paypal-certificate.pem") },
  },
};

export const url = "https://hooks.example.com/callbacks/mine";

export const settingsOf = (gateway: string): SourceSettings => ({ secrets: [newSecret(gateway)], publicUrl: url, ...special[gateway] });
