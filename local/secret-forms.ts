/** What a secret of each gateway looks like, so that local ones look real: random, in the form its merchants get. */
import { createPublicKey, generateKeyPairSync, randomBytes } from "node:crypto";
import type { SecretForm } from "../gateways/facts.ts";
import { findGateway } from "../gateways/index.ts";

const makers: Readonly<Record<SecretForm, () => string>> = {
  /** Letters and digits, as for keys that people copy from an administration page. */
  text: () => randomBytes(24).toString("base64url").replace(/[-_]/g, "x"),
  /** 32 bytes as hexadecimal digits, decoded before use. */
  hex: () => randomBytes(32).toString("hex").toUpperCase(),
  base64: () => randomBytes(32).toString("base64"),
  /** Standard Webhooks: the key is what follows, decoded. Stripe uses the same look, and the whole text as the key. */
  whsec: () => `whsec_${randomBytes(24).toString("base64")}`,
  /** A private key. The gateway itself never shares it; here we play the gateway. */
  rsa: () => String(generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ type: "pkcs8", format: "pem" })),
};

const formOf = (gateway: string): SecretForm => findGateway(gateway)?.facts.secret ?? "text";

type Options = Readonly<Record<string, string>>;

/** @param options the source's own; for a gateway that is described by options they say how its secrets are written. */
export const newSecret = (gateway: string, options: Options = {}): string => {
  const written = options.secretEncoding;
  const described = gateway === "hmac" && (written === "hex" || written === "base64") ? written : undefined;
  return makers[described ?? formOf(gateway)]();
};

/** The key with which we sign deliveries to a target. */
export const newSigningKey = (): string => makers.whsec();

/** What the options of a source must say for its local secrets to prove anything: the public half, where a gateway signs with a private key. */
export const optionsFor = (gateway: string, secrets: readonly string[]): Options =>
  formOf(gateway) === "rsa"
    ? { publicKey: secrets.map((key) => createPublicKey(key).export({ type: "spki", format: "pem" })).join("\n") }
    : {};
