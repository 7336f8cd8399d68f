/** What a secret looks like at each gateway, so that local ones pass for real: how its merchants get it, random. */
import { randomBytes } from "node:crypto";

export type SecretForm = "text" | "hex" | "whsec";

const makers: Readonly<Record<SecretForm, () => string>> = {
  /** Letters and digits, as for keys that people copy from an administration page. */
  text: () => randomBytes(24).toString("base64url").replace(/[-_]/g, "x"),
  /** 32 bytes as hexadecimal digits, decoded before use. */
  hex: () => randomBytes(32).toString("hex").toUpperCase(),
  /** Standard Webhooks: the key is what follows, decoded. Stripe uses the same look, and the whole text as the key. */
  whsec: () => `whsec_${randomBytes(24).toString("base64")}`,
};

/** Gateways whose secrets are not plain text. */
const formOf: Readonly<Record<string, SecretForm>> = {
  adyen: "hex",
  clerk: "whsec",
  polar: "whsec",
  resend: "whsec",
  "standard-webhooks": "whsec",
  stripe: "whsec",
  svix: "whsec",
  veritrans: "hex",
};

export const newSecret = (gateway: string): string => makers[formOf[gateway] ?? "text"]();

/** The key with which we sign deliveries to a target. */
export const newSigningKey = (): string => makers.whsec();
