/** What a configuration leaves out, filled in once, where it is loaded. All later code reads plain fields. */
import { type Duration, defaultGraces, type GraceConfig } from "../findings/graces.ts";
import type { Zone } from "../formats/zone.ts";
import type { AwsTarget, CapacityConfig, Config, HttpTarget, RetryConfig, TargetConfig, ThrottleConfig } from "./config.ts";

export interface ResolvedConfig extends Config {
  readonly targets: Readonly<Record<string, ResolvedTarget>>;
  readonly retry: RetryConfig;
  readonly throttle: ThrottleConfig;
  readonly capacity: ResolvedCapacity;
  readonly graceSeconds: number;
  readonly retentionDays: number;
  readonly maxBodyBytes: number;
  readonly findings: ResolvedFindings;
  readonly zone: Zone;
  readonly refunds: { readonly lookBackYears: number };
}

export interface ResolvedFindings {
  readonly graces: GraceConfig;
  readonly openTooLong: Duration;
  /** Only those that the configuration lists: `core/findings/tally/stake.ts` has the limit of all others. */
  readonly moneyAtStake: Readonly<Record<string, number>>;
  readonly digestHour: number;
}

type Filled<Given, Name extends keyof Given> = Given & { readonly [Field in Name]-?: NonNullable<Given[Field]> };
type Part<Name extends keyof CapacityConfig> = NonNullable<CapacityConfig[Name]>;

export interface ResolvedCapacity extends CapacityConfig {
  readonly timelineShards: number;
  readonly relay: Filled<Part<"relay">, "parallelizationFactor">;
  readonly consume: Filled<Part<"consume">, "maxConcurrency">;
  readonly recover: Filled<Part<"recover">, "maxConcurrency">;
  readonly compare: Filled<Part<"compare">, "memoryMb" | "largestFileMb">;
}

type Resolved<Target extends TargetConfig, Field extends keyof Target> = Target & Required<Pick<Target, Field>>;

type AnyField = "order" | "timeoutSeconds" | "refusalGraceSeconds";

export type ResolvedHttpTarget = Resolved<HttpTarget, AnyField | "allowAddresses">;
export type ResolvedAwsTarget = Resolved<AwsTarget, AnyField>;
export type ResolvedTarget = ResolvedHttpTarget | ResolvedAwsTarget;

/** Twenty attempts spread over some 13 hours: longer than a night, shorter than a weekend. */
export const defaultRetry: RetryConfig = { attempts: 20, baseSeconds: 2, capSeconds: 3_600 };

const defaults = {
  throttle: { ratePerSecond: 2_000, burst: 4_000 },
  graceSeconds: 60,
  retentionDays: 400,
  maxBodyBytes: 4_000_000,
  zone: "UTC",
} as const;

const findingsDefaults = { openTooLong: "3d", moneyAtStake: {}, digestHour: 0 } as const;

const targetDefaults = { order: "strict", timeoutSeconds: 10, refusalGraceSeconds: 300 } as const;

/** One is enough: a shard of a new table takes 500 callbacks a second, and one batch after another relays 750. With more, a callback can be rung for before an earlier one of its contract, which is then delivered second. */
const relayDefaults = { parallelizationFactor: 1 } as const;

const resolvedCapacity = (given: CapacityConfig = {}): ResolvedCapacity => ({
  ...filled(given, { timelineShards: 64 }),
  relay: filled(given.relay ?? {}, relayDefaults),
  consume: filled(given.consume ?? {}, { maxConcurrency: 50 }),
  recover: filled(given.recover ?? {}, { maxConcurrency: 20 }),
  compare: resolvedCompare(given.compare ?? {}),
});

const resolvedCompare = (given: Part<"compare">): ResolvedCapacity["compare"] => {
  const { memoryMb } = filled(given, { memoryMb: 2_048 });
  return filled(given, { memoryMb, largestFileMb: Math.floor(memoryMb / 4) });
};

/** Changes nothing that is given: a resolved configuration, or one that was written to a file, can be resolved again. */
export const withDefaults = (config: Config): ResolvedConfig => ({
  ...filled(config, defaults),
  retry: filled(config.retry ?? {}, defaultRetry),
  capacity: resolvedCapacity(config.capacity),
  findings: { ...filled(config.findings ?? {}, findingsDefaults), graces: filled(config.findings?.graces ?? {}, defaultGraces) },
  refunds: filled(config.refunds ?? {}, { lookBackYears: 2 }),
  targets: Object.fromEntries(Object.entries(config.targets).map(([name, target]) => [name, resolvedTarget(target)])),
});

const resolvedTarget = (target: TargetConfig): ResolvedTarget =>
  target.kind === "http" ? filled(target, { ...targetDefaults, allowAddresses: [] }) : filled(target, targetDefaults);

/** A field that is there and undefined counts as left out: configurations are also written in plain JavaScript. */
const filled = <Given extends object, Defaults extends object>(given: Given, defaults: Defaults): Given & Defaults => {
  const present = Object.entries(given).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(present) } as Given & Defaults;
};
