/** What changes in the configuration on this machine: where deliveries go, and what a rehearsal wants faster. */
import type { Config, HttpTarget, RetryConfig, SourceConfig } from "../../core/config/config.ts";
import { sourceSecretName } from "../../core/config/of-config.ts";
import { readBackOptions } from "../../core/config/read-back-options.ts";
import type { SecretFile } from "../../operator/connect/local-secrets.ts";
import { optionsFor } from "../secret-forms.ts";

export interface Overrides extends Partial<Pick<Config, "graceSeconds" | "maxBodyBytes" | "retentionDays">> {
  readonly retry?: Partial<RetryConfig>;
}

/** Where deliveries go instead: to a URL that the user named, or to the built-in application, which distinguishes targets by path. */
export type LocalTarget = { readonly kind: "named"; readonly url: string } | { readonly kind: "built-in"; readonly url: string };

/** This machine, to which deliveries are otherwise refused, and which is not a gateway's address. */
const thisMachine = ["127.0.0.0/8", "::1/128"];

/** Every sweep reads all of them, twice. What a busy deployment needs is idle work here, and an advance of the clock is made of sweeps. */
const timelineShards = 8;

interface LocalSettings {
  readonly target: LocalTarget;
  readonly secrets: SecretFile;
  readonly overrides?: Overrides | undefined;
}

export const localize = (config: Config, { target, secrets, overrides: { retry, ...others } = {} }: LocalSettings): Config => ({
  ...config,
  ...others,
  retry: { ...config.retry, ...retry },
  capacity: { ...config.capacity, timelineShards },
  sources: Object.fromEntries(
    Object.entries(config.sources).map(([name, given]) => [
      name,
      localSource(given, secrets[sourceSecretName(config, name)]?.secrets ?? []),
    ]),
  ),
  targets: Object.fromEntries(
    Object.entries(config.targets).map(([name, given]) => [
      name,
      given.kind === "http"
        ? { ...given, url: localUrl(name, given, target), allowAddresses: [...(given.allowAddresses ?? []), ...thisMachine] }
        : given,
    ]),
  ),
});

/** What plays a gateway here sends from this machine, the only one that reaches the front, and signs with a local secret. */
const localSource = (source: SourceConfig, secrets: readonly string[]): SourceConfig => {
  if (source.kind === "eventbridge") return source;
  const { options: givenOptions, ...given } = source;
  const options = { ...withoutRealApi(givenOptions), ...optionsFor(given.gateway, secrets) };
  return {
    ...given,
    addresses: [...(given.addresses ?? []), ...thisMachine],
    ...(Object.keys(options).length > 0 && { options }),
  };
};

/** A gateway's real API is never asked, since it knows nothing about what is simulated here; an API on this machine is. */
const withoutRealApi = (options: SourceConfig["options"] = {}): Readonly<Record<string, string>> =>
  isOnThisMachine(options.readBackUrl ?? "")
    ? options
    : Object.fromEntries(Object.entries(options).filter(([name]) => !readBackOptions.some((one) => one === name)));

/** A target that the configuration itself puts on this machine stays where it is, unless the user names another. */
const localUrl = (name: string, given: HttpTarget, target: LocalTarget): string => {
  if (target.kind === "named") return target.url;
  return isOnThisMachine(given.url) ? given.url : `${target.url}/${name}`;
};

const isOnThisMachine = (url: string): boolean => /^https?:\/\/(localhost|127(\.\d{1,3}){3}|\[::1\])([:/]|$)/.test(url);
