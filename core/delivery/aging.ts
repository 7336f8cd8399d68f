/**
 * Signatures that age. Some gateways sign the time too, and their libraries refuse what was signed too long ago: a callback that is
 * delivered late is genuine, and refused. This is what is known of such a gateway; `gateways/<name>/aging.ts` says it, and a target's
 * `resign` has the signature made again at the time of sending.
 */
import type { Millis, RawCallback } from "../callback.ts";
import type { Config, PublicSettings } from "../config/config.ts";
import { targetOf } from "../config/of-config.ts";

/** A gateway without either signs no time, or no library looks at it. */
export type Aging =
  | ResignableAging
  | { /** Why nobody else can sign in its name, and what to do instead. */ readonly cannotResign: string };

export interface ResignableAging {
  /** Seconds after which the gateway's own library refuses a signature, unless the application says otherwise. */
  readonly toleranceSeconds: number;
  /** The option of the source without which no time is signed. Absent: one always is. */
  readonly onlyWith?: string;
  /** When a callback was signed, by its own word; undefined when it does not say. */
  signedAt(raw: RawCallback, settings: PublicSettings): Millis | undefined;
  /**
   * The headers that carry the signature, made again: with all of the secrets where the gateway's form has room for several, else with
   * the one that it was signed with, or with the first, which is the newest, once that is gone. Everything else stays as it came.
   * @param settings with at least one usable secret
   */
  resign(
    raw: RawCallback,
    settings: PublicSettings & { readonly secrets: readonly string[] },
    now: Millis,
  ): Readonly<Record<string, string>>;
  /** What speaks against it with a source's settings, as sentences with the remedy. */
  resignProblems?(settings: PublicSettings): readonly string[];
}

/** How the signatures of a source with these settings age; undefined when they do not, or nothing can be said about it. */
export const agingWith = (aging: Aging | undefined, { options = {} }: PublicSettings): ResignableAging | undefined => {
  if (!aging || "cannotResign" in aging) return undefined;
  return aging.onlyWith === undefined || options[aging.onlyWith] ? aging : undefined;
};

/** What speaks against `resign` for a source's target. A source whose signatures do not age needs nothing, and loses nothing. */
export const resignProblems = (aging: Aging | undefined, settings: PublicSettings): readonly string[] => {
  if (aging && "cannotResign" in aging) return [aging.cannotResign];
  return agingWith(aging, settings)?.resignProblems?.(settings) ?? [];
};

/** A source whose callbacks are passed through with a signature that ages. */
export interface AgingSource {
  readonly source: string;
  readonly target: string;
  readonly toleranceSeconds: number;
  /** Whether it is made again whenever it is sent, so that its age does not matter. */
  readonly isResigned: boolean;
}

export const agingSources = (
  config: Pick<Config, "sources" | "targets">,
  findGateway: (name: string) => { readonly aging?: Aging } | undefined,
): readonly AgingSource[] =>
  Object.entries(config.sources).flatMap(([source, settings]) => {
    const target = targetOf(config, source);
    const aging = agingWith(findGateway(settings.gateway)?.aging, settings);
    if (!aging || target?.kind !== "http" || target.mode !== "pass-through") return [];
    return [{ source, target: settings.target ?? "", toleranceSeconds: aging.toleranceSeconds, isResigned: target.resign === true }];
  });
