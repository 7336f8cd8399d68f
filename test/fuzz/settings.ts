/** Settings under which each gateway proves its ordinary callbacks. Nothing in them is random: a case that fails today fails tomorrow. */
import type { SourceSettings } from "../../gateways/index.ts";
import { settingsOf } from "../simulator/settings.ts";

const keys: Readonly<Record<string, string>> = {
  adyen: "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056",
  app: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
  "standard-webhooks": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
  veritrans: "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
};

export const sender = "203.0.113.7";

export const fuzzSettings = (gateway: string): SourceSettings => {
  const given = settingsOf(gateway);
  return { ...given, secrets: gateway === "paypal" ? given.secrets : [keys[gateway] ?? "a secret of the fuzzer"], addresses: [sender] };
};
