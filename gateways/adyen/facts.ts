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
  announces: "authorisations, captures, refunds, chargebacks, stored payment methods; never a subscription, nor a capture done at once",
  cannotSay: "whether an authorisation was captured at once; a CAPTURE says so, where one is sent. Nothing is read back",
  sure: { proof: "H 3", key: "M 1", answers: "H 1", deadline: "H 1", retries: "H 1", announces: "H 3" },
  doubts: [
    "Adyen's Basic authentication is not passed through: anybody can send such a header, and it is not checked. An application verifies the HMAC.",
    "Adyen's additional Basic authentication is not checked: it is weaker than the signature.",
    "An authorisation whose `operations` name REFUND and not CAPTURE counts as captured (medium confidence).",
    "Captures and refunds do not name the contract.",
    "A capture that fails later is reported as a void, a refund that fails as a refund of zero, and a cancellation after a partial capture as a void of everything.",
    "Amounts in CLP, CVE, IDR and ISK follow Adyen's own table of decimals (IDR and ISK: low confidence).",
    "Notifications sent as forms are assumed to sign the same eight fields as JSON (medium confidence).",
    "Whether old accounts still insist on `[accepted]` is not known; with status 200 it satisfies both rules.",
  ],
};
