/** Verify: a source's settings and secrets brought together with its gateway's `verify`. */
import type { RawCallback, Reply } from "../core/callback.ts";
import type { Config, PublicSettings } from "../core/config/config.ts";
import { findSource, publicSettings, sourceSecretName } from "../core/config/of-config.ts";
import type { Proof } from "../core/receive/receive.ts";
import { type CallbackVerifier, verifyCallback, wrongSender } from "../core/receive/verify-callback.ts";
import type { SecretReader, Secrets } from "./secrets.ts";

type Settings = PublicSettings & { readonly secrets: readonly string[] };

/** The part of a gateway that verification needs. */
export interface SourceGateway extends CallbackVerifier<Settings> {
  readonly name: string;
  readonly strength: "signature" | "shared token" | "source address" | "none";
  greet?(raw: RawCallback, settings: Settings): Reply | undefined;
}

export type SourceVerification =
  | Proof
  | { readonly kind: "refused"; readonly reason: string }
  | { readonly kind: "greeting"; readonly reply: Reply };

export interface SourceVerifier {
  /**
   * Never throws. A secret that cannot be read makes a callback unverified, not refused; so does a source that is not configured any more, or is of
   * another gateway.
   */
  verify(raw: RawCallback, gateway: SourceGateway): Promise<SourceVerification>;
}

export const usesSecrets = (gateway: SourceGateway): boolean => gateway.strength === "signature" || gateway.strength === "shared token";

const otherwiseConfigured = (source: string, { name }: SourceGateway): string =>
  `the configuration has no source ${source} of the gateway ${name}: without its settings nothing of it can be verified`;

export const createSourceVerifier = ({ config, secrets }: { readonly config: Config; readonly secrets: SecretReader }): SourceVerifier => {
  const check = (raw: RawCallback, gateway: SourceGateway, known: readonly string[]): SourceVerification => {
    const settings = { ...publicSettings(config, raw.source), secrets: known };
    try {
      const reply = gateway.greet?.(raw, settings);
      return reply ? { kind: "greeting", reply } : verifyCallback(gateway, raw, settings);
    } catch (error) {
      // A bug in a gateway: the bytes go into quarantine, and can be released once it is fixed.
      return { kind: "refused", reason: `the check itself failed: ${error instanceof Error ? error.name : "unknown error"}` };
    }
  };
  return {
    async verify(raw, gateway) {
      const name = sourceSecretName(config, raw.source);
      // It was when it came. With other secrets, addresses and options a forged callback could be genuine, and a genuine one forged.
      if (findSource(config, raw.source)?.gateway !== gateway.name)
        return {
          kind: "unverifiable",
          cause: { kind: "secret unreadable", secret: name, detail: otherwiseConfigured(raw.source, gateway) },
        };
      if (!usesSecrets(gateway)) return check(raw, gateway, []);
      const known: Secrets = await secrets.read(name);
      const wrong = known.kind === "unreadable" ? wrongSender(gateway, raw, publicSettings(config, raw.source)) : undefined;
      if (wrong !== undefined) return { kind: "refused", reason: wrong };
      if (known.kind === "unreadable")
        return { kind: "unverifiable", cause: { kind: "secret unreadable", secret: name, detail: known.reason } };
      const proof = check(raw, gateway, known.secrets);
      // The secret may have been rotated since it was read; a forger can cause one read every ten seconds, no more.
      if (proof.kind !== "refused" || !(await secrets.renew(name))) return proof;
      const renewed = await secrets.read(name);
      return renewed.kind === "readable" ? check(raw, gateway, renewed.secrets) : proof;
    },
  };
};
