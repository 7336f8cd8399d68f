/** What follows from the configuration: names of secrets, a source's settings and target. */
import type { Mode } from "../mode.ts";
import type { Config, PublicSettings, SourceConfig } from "./config.ts";
import { isSigned, type TargetConfig } from "./target.ts";

/** Those that gateways post to, which have a secret. */
export const postedSources = ({ sources }: Pick<Config, "sources">): readonly string[] =>
  Object.entries(sources).flatMap(([name, { kind }]) => (kind === "eventbridge" ? [] : [name]));

/** Name of the secret that holds a source's secrets. */
export const sourceSecretName = (config: Config, source: string): string =>
  config.sources[source]?.secretName ?? `${config.name}/${source}`;

/** Name of the secret that holds the key a signed target is signed with. */
export const targetSecretName = (config: Config, target: string): string => {
  const settings = config.targets[target];
  return (settings?.kind === "http" ? settings.secretName : undefined) ?? `${config.name}/target/${target}`;
};

/** Those whose messages are signed with a key of their own. */
export const signedTargets = (config: Config): readonly string[] =>
  Object.entries(config.targets).flatMap(([name, target]) => (isSigned(target) ? [name] : []));

/** What a gateway may know about a source everywhere, also where there is no secret. */
export const publicSettings = (config: Config, source: string): PublicSettings => {
  const { publicUrl, addresses, toleranceSeconds, options, mode } = findSource(config, source) ?? {};
  return {
    ...(publicUrl !== undefined && { publicUrl }),
    ...(addresses && { addresses }),
    ...(toleranceSeconds !== undefined && { toleranceSeconds }),
    ...(options && { options }),
    ...(mode !== undefined && { mode }),
  };
};

/** A source's name comes from a URL, and may be the name of an inherited property. */
export const findSource = (config: Config, source: string): SourceConfig | undefined =>
  Object.hasOwn(config.sources, source) ? config.sources[source] : undefined;

/** What a source is for. Live unless its configuration says otherwise, or no longer knows it. */
export const modeOfSource = (config: Config, source: string): Mode => findSource(config, source)?.mode ?? "live";

/** Where a source's records go; undefined when one of the two is no longer configured. */
export const targetOf = <Target extends TargetConfig>(
  config: { readonly sources: Config["sources"]; readonly targets: Readonly<Record<string, Target>> },
  source: string,
): Target | undefined => config.targets[config.sources[source]?.target ?? ""];
