/** What a configuration leaves out, filled in once, where it is loaded. All later code reads plain fields. */
import type { AwsTarget, Config, HttpTarget, RetryConfig, TargetConfig, ThrottleConfig } from "./config.ts";

export interface ResolvedConfig extends Config {
  readonly targets: Readonly<Record<string, ResolvedTarget>>;
  readonly retry: RetryConfig;
  readonly throttle: ThrottleConfig;
  readonly graceSeconds: number;
  readonly retentionDays: number;
  readonly maxBodyBytes: number;
}

type Resolved<Target extends TargetConfig, Filled extends keyof Target> = Target & Required<Pick<Target, Filled>>;

export type ResolvedHttpTarget = Resolved<HttpTarget, "order" | "timeoutSeconds" | "allowAddresses">;
export type ResolvedAwsTarget = Resolved<AwsTarget, "order" | "timeoutSeconds">;
export type ResolvedTarget = ResolvedHttpTarget | ResolvedAwsTarget;

/** Twenty attempts spread over some 13 hours: longer than a night, shorter than a weekend. */
export const defaultRetry: RetryConfig = { attempts: 20, baseSeconds: 2, capSeconds: 3_600 };

const defaults = {
  throttle: { ratePerSecond: 2_000, burst: 4_000 },
  graceSeconds: 60,
  retentionDays: 400,
  maxBodyBytes: 4_000_000,
} as const;

const targetDefaults = { order: "strict", timeoutSeconds: 10 } as const;

/** Changes nothing that is given: a resolved configuration, or one that was written to a file, can be resolved again. */
export const withDefaults = (config: Config): ResolvedConfig => ({
  ...filled(config, defaults),
  retry: filled(config.retry ?? {}, defaultRetry),
  targets: Object.fromEntries(Object.entries(config.targets).map(([name, target]) => [name, resolvedTarget(target)])),
});

const resolvedTarget = (target: TargetConfig): ResolvedTarget =>
  target.kind === "http" ? filled(target, { ...targetDefaults, allowAddresses: [] }) : filled(target, targetDefaults);

/** A field that is there and undefined counts as left out: configurations are also written in plain JavaScript. */
const filled = <Given extends object, Defaults extends object>(given: Given, defaults: Defaults): Given & Defaults => {
  const present = Object.entries(given).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(present) } as Given & Defaults;
};
