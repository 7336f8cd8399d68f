/** What people look up about Adyen. */
import { every, type GatewayFacts, hour, minute, second } from "../facts.ts";

export const facts: GatewayFacts = {
  title: "Adyen",
  sources: [
    "https://docs.adyen.com/development-resources/webhooks",
    "https://docs.adyen.com/development-resources/webhooks/secure-webhooks/verify-hmac-signatures",
    "npm @adyen/api-library: hmacValidator",
  ],
  confidence: "H",
  proof: "additionalData.hmacSignature of every item: HMAC-SHA256 (base64) of eight fields; or HmacSignature over the body",
  key: "pspReference + eventCode + success + originalReference; eventId or id of flat notifications",
  headers: ["hmacsignature", "protocol"],
  charset: "UTF-8",
  secret: "hex",
  deadlineSeconds: 10,
  retries: {
    waits: [
      ...every(9 * second, 3),
      2 * minute,
      5 * minute,
      10 * minute,
      15 * minute,
      30 * minute,
      hour,
      2 * hour,
      4 * hour,
      ...every(8 * hour, 88),
    ],
    note: "after the third from a queue per endpoint",
  },
  mode: "`live`, or `environment` of the newer webhooks",
  announces: "authorisations, captures, refunds, chargebacks, stored payment methods; never a subscription, nor a capture done at once",
  cannotSay: "whether an authorisation is captured at once, which options.captureMode says. Nothing is read back",
  sure: { proof: "H 3", key: "M 1", answers: "H 1", deadline: "H 1", retries: "H 1", announces: "H 3" },
  doubts: [
    "Adyen's Basic authentication is not passed through: anybody can send such a header, and it is not checked. An application verifies the HMAC.",
    "Adyen's additional Basic authentication is not checked: it is weaker than the signature.",
    'No notification says whether an authorisation was captured at once. By default that is assumed, as it is Adyen\'s default; a merchant account that captures later sets `captureMode: "manual"`. Payment methods that are always captured at once are not distinguished there.',
    "Captures and refunds do not name the contract; they are joined with it by the payment's reference.",
    "A capture or refund that fails later has the reference of the capture or refund. A cancellation or expiry after a partial capture is about the rest.",
    "A CANCEL_OR_REFUND that does not say which it was is a refund; where captures come later it is a void and a refund, and what was not captured is void.",
    "That all events of one dispute have one reference is documented; what accepts and declines a pre-arbitration is read from the words alone (medium confidence).",
    "Amounts in CLP, CVE, IDR and ISK follow Adyen's own table of decimals (IDR and ISK: low confidence).",
    "Notifications sent as forms are assumed to sign the same eight fields as JSON (medium confidence).",
    "Whether old accounts still insist on `[accepted]` is not known; with status 200 it satisfies both rules.",
  ],
};
