/** Arguments and options, parsed. An invalid one is a usage error that says what to type instead. */
import { userInfo } from "node:os";
import { InvalidArgumentError } from "commander";
import type { Millis } from "../../core/callback.ts";
import { Failure } from "../../core/failure.ts";
import type { Filter } from "../../core/filter.ts";
import { readLocalTime } from "../../core/formats/local-time.ts";
import { maskText } from "../../core/formats/mask.ts";
import type { Zone } from "../../core/formats/zone.ts";
import { type RecordState, recordStates } from "../../core/lifecycle/progress.ts";
import { nearest } from "../../core/problems/nearest.ts";
import type { Connection } from "../connect/connect.ts";
import { resolveContract } from "../query/resolve.ts";
import { readIsoMoment, readSpan } from "../terminal/time-words.ts";

/** `dead`, or several with commas between them, or the option given again. */
export const statesArgument = (text: string, before: readonly RecordState[] = []): readonly RecordState[] => [
  ...before,
  ...text.split(",").map((one) => {
    const state = recordStates.find((known) => known === one.trim());
    if (state) return state;
    const meant = nearest(one.trim(), recordStates);
    throw new InvalidArgumentError(`${meant === undefined ? "" : `Did you mean ${meant}? `}States are: ${recordStates.join(", ")}.`);
  }),
];

/** Several with commas. */
export const wordsArgument =
  <Word extends string>(known: readonly Word[], what: string) =>
  (text: string): readonly Word[] =>
    text.split(",").map((one) => {
      const word = known.find((other) => other.toLowerCase() === one.trim().toLowerCase());
      if (word) return word;
      const meant = nearest(one.trim(), known);
      throw new InvalidArgumentError(`${meant === undefined ? "" : `Did you mean ${meant}? `}${what} are: ${known.join(", ")}.`);
    });

/**
 * A time ago depends on what time it is to the stack, and a time without an offset on the deployment's zone (R-TIME-2): neither is known before the
 * configuration is read.
 */
export type Moment = (now: Millis, zone: Zone) => Millis;

export const momentArgument = (text: string): Moment => {
  const span = readSpan(text);
  if (span === undefined && text !== "now" && readLocalTime(text, "UTC") === undefined)
    throw new InvalidArgumentError(
      'Use a time ago (90s, 15m, 2h, 3d, 1w), now, a day (2026-11-20) or a time ("2026-11-20 12:00", 2026-11-20T12:00:00Z); without an offset it is one of the configuration\'s zone.',
    );
  return (now, zone) => (span === undefined ? (readLocalTime(text, zone) ?? now) : now - span);
};

export const isoArgument = (text: string): Millis => {
  const moment = readIsoMoment(text);
  if (moment === undefined || moment < 0) throw new InvalidArgumentError("Use an ISO day or time since 1970 (2026-11-20T12:00:00Z, UTC).");
  return moment;
};

export const advanceArgument = (text: string): { readonly by: Millis } | { readonly to: Millis } => {
  const [by, to] = [readSpan(text), readIsoMoment(text)];
  if (by === 0) throw new InvalidArgumentError("Use a time longer than nothing: 90m, 36h, 31d.");
  if (by !== undefined) return { by };
  if (to !== undefined) return { to };
  const hint = text.startsWith("-") ? "A clock never goes back. " : "";
  throw new InvalidArgumentError(
    `${hint}Use a time (90s, 90m, 36h, 31d, 2w, PT36H) or an ISO moment to go to (2026-12-01T00:00:00Z, UTC).`,
  );
};

/** An option that can be given several times. */
export const listArgument = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];

/** Why an operator does something. Lists and pages show it to many, and the audit trail keeps it for good: what looks like a card number, an e-mail address or a secret has no place in it. */
export const reasonArgument = (text: string): string => maskText(text);

export const countArgument = (text: string): number => {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError("Use a whole number, 1 or more.");
  return Number(text);
};

export const secondsArgument = (text: string): number => {
  if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError("Use a whole number, 0 or more.");
  return Number(text);
};

export const rateArgument = (text: string): number => {
  const rate = Number(text);
  if (!(rate > 0 && rate <= 10_000)) throw new InvalidArgumentError("Use a number per second, more than 0 and up to 10000.");
  return rate;
};

export interface FilterOptions {
  readonly source?: string;
  readonly state?: readonly RecordState[];
  readonly contract?: string;
  readonly since?: Moment;
  readonly until?: Moment;
  readonly reason?: string;
}

/** The filter options. A source that is not configured is a usage error; an unknown contract is "nothing found". */
export const filterOf = async (connection: Connection, options: FilterOptions): Promise<Filter> => {
  const { source, state, contract, since, until, reason } = options;
  checkSource(connection, source);
  return {
    ...(source !== undefined && { source }),
    ...(state && { states: state }),
    ...(contract !== undefined && { contract: await resolveContract(connection, contract, source) }),
    ...(since && { since: since(connection.clock(), connection.config.zone) }),
    ...(until && { until: until(connection.clock(), connection.config.zone) }),
    ...(reason !== undefined && { reason }),
  };
};

/** An empty list because of a mistyped source would look like good news. */
export const checkSource = ({ config }: Pick<Connection, "config">, source: string | undefined): void => {
  if (source === undefined || Object.hasOwn(config.sources, source)) return;
  const sources = Object.keys(config.sources);
  const meant = nearest(source, sources);
  throw new Failure(
    `There is no source ${source}${meant === undefined ? "." : `; did you mean ${meant}?`} Configured: ${sources.join(", ")}.`,
    "usage",
  );
};

/** The operator, as far as this machine knows. A container may run under a user id that has no name. */
export const operatorName = (): string => {
  try {
    return userInfo().username;
  } catch {
    return process.env.USER ?? "unknown";
  }
};
