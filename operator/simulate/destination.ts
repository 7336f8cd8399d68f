/** Where a story is sent, and with which settings: a source of the local stack, a source of a configuration, or just a gateway. */
import type { Millis } from "../../core/callback.ts";
import type { Config } from "../../core/config/config.ts";
import { findSource, publicSettings, sourceSecretName } from "../../core/config/of-config.ts";
import { Failure } from "../../core/failure.ts";
import { nearest } from "../../core/problems/nearest.ts";
import { verifyCallback } from "../../core/receive/verify-callback.ts";
import { findGateway, type SourceSettings } from "../../gateways/index.ts";
import { signCallback, story } from "../../simulator/callbacks.ts";
import type { Destination } from "../../simulator/play.ts";
import { clockOf } from "../connect/clock-file.ts";
import { useCustomGateways } from "../connect/custom-gateways.ts";
import { readSecrets, type SecretFile } from "../connect/local-secrets.ts";
import { homeOf, readStackFile } from "../connect/stack-file.ts";
import { checkOwnHost } from "./own-host.ts";

interface DestinationOrder {
  /** A source's name, or a gateway's. */
  readonly name: string;
  /** The whole URL to post to, `https://.../callbacks/stripe`. Without it: the local stack of the directory. */
  readonly url?: string;
  readonly directory: string;
  /** The configuration that may know the source, when a URL is named. */
  readonly config?: Config;
  readonly secrets: readonly string[];
  readonly options: Readonly<Record<string, string>>;
  /** Hosts the user confirms to own. */
  readonly owned: readonly string[];
  /** What the gateway's clock says where the stack has none of its own. */
  readonly clock: () => Millis;
}

/** @throws Failure, one line with the remedy, when it cannot be found, may not be sent to, or cannot be signed for. */
export const destinationOf = (order: DestinationOrder): Destination => {
  const found = order.url === undefined ? onLocalStack(order) : atUrl(order, order.url);
  checkOwnHost(new URL(found.url), order.owned);
  checkProof(found);
  return found;
};

const onLocalStack = (order: DestinationOrder): Destination => {
  const stack = readStackFile(order.directory);
  if (!stack)
    throw new Failure(
      `No local stack runs in ${order.directory}: start one there with \`npm start\`, or name the URL to post to with --url.`,
    );
  useCustomGateways(stack.config, order.directory);
  const source = sourceIn(stack.config, order.name);
  if (source === undefined) throw unknownName(order.name, stack.config);
  return assemble(
    { ...order, clock: clockOf(homeOf(order.directory)) },
    { source, config: stack.config, secrets: readSecrets(homeOf(order.directory)) ?? {} },
    `${stack.url}/callbacks/${source}`,
  );
};

const atUrl = (order: DestinationOrder, url: string): Destination => {
  if (!URL.canParse(url)) throw new Failure(`${url} is not a URL: write https://.../callbacks/<source>.`);
  if (order.config) useCustomGateways(order.config, order.directory);
  const source = order.config && sourceIn(order.config, order.name);
  return assemble(order, { source, config: order.config, secrets: {} }, url);
};

interface Known {
  readonly source: string | undefined;
  readonly config: Config | undefined;
  readonly secrets: SecretFile;
}

const assemble = ({ name, options, secrets, clock }: DestinationOrder, known: Known, url: string): Destination => {
  const { source, config } = known;
  const configured = source !== undefined && config ? findSource(config, source) : undefined;
  if (configured?.kind === "eventbridge")
    throw new Failure(`${source} gets its events from the bus ${configured.bus}, and none by HTTP: name another source or a gateway.`);
  const gateway = findGateway(configured?.gateway ?? name);
  if (!gateway) throw unknownName(name, config);
  const settings = source !== undefined && config ? publicSettings(config, source) : {};
  const kept = source !== undefined && config ? (known.secrets[sourceSecretName(config, source)]?.secrets ?? []) : [];
  return {
    gateway,
    source: source ?? name,
    url,
    clock,
    settings: {
      ...settings,
      options: { ...settings.options, ...options },
      // The function assumes that every front is https, so that is the URL a gateway would sign.
      publicUrl: settings.publicUrl ?? url.replace(/^http:/, "https:"),
      secrets: secrets.length > 0 ? secrets : kept,
    },
  };
};

/** The source of that name, or the first of that gateway. */
const sourceIn = (config: Config, name: string): string | undefined =>
  findSource(config, name)
    ? name
    : Object.entries(config.sources).find(([, { gateway, kind }]) => gateway === name && kind !== "eventbridge")?.[0];

const unknownName = (name: string, config: Config | undefined): Failure => {
  const sources = Object.keys(config?.sources ?? {});
  const meant = nearest(name, sources);
  const known = sources.length > 0 ? ` Sources here: ${sources.join(", ")}.` : " `holdfast simulate --list` lists the gateways.";
  return new Failure(`${name} is neither a source here nor a gateway${meant === undefined ? "" : `; did you mean ${meant}?`}.${known}`);
};

/** Sending what cannot be verified would only produce rejections. */
const checkProof = ({ gateway, source, url, settings, clock }: Destination): void => {
  const [sample] = story(gateway.name, { options: settings.options ?? {}, ...(settings.mode && { mode: settings.mode }) });
  if (!sample) return;
  const outcome = verifyCallback(
    gateway,
    signCallback(gateway, sample, settings, { source, url: urlOf(settings, url), now: clock() }),
    settings,
  );
  if (outcome.kind === "refused")
    throw new Failure(
      `A callback of ${gateway.name} cannot be signed with what is known of ${source}: ${outcome.reason}. Give --secret and --option name=value.`,
    );
};

const urlOf = (settings: SourceSettings, url: string): string => settings.publicUrl ?? url;
