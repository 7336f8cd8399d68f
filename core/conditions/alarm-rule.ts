/** When CloudWatch is to raise a condition's alarm, as data: lib/alarms.ts makes the alarm from it, docs/runbook.md says it. */
import type { SourceConfig } from "../config/config.ts";
import type { ResolvedConfig } from "../config/defaults.ts";
import type { bySource } from "./metric-names.ts";
import type { AnyMetric } from "./metric-text.ts";

export type Statistic = "Sum" | "Maximum" | "p99";
export type FunctionVerb = "receive" | "relay" | "consume" | "sweep" | "release" | "recover" | "listen" | "compare";

export type MetricSource = { readonly statistic: Statistic } & (
  | { readonly of: "holdfast"; readonly name: AnyMetric; readonly source?: string }
  | {
      readonly of: "function";
      readonly verb: FunctionVerb;
      readonly name: "Errors" | "Throttles" | "Invocations" | "IteratorAge" | "ConcurrentExecutions";
    }
  /** Of relay's mapping on the stream. */
  | { readonly of: "stream mapping"; readonly name: "OnFailureDestinationDeliveredEventCount" }
  | { readonly of: "front"; readonly name: "5xx" | "Count" | "Latency" }
  | { readonly of: "queue"; readonly queue: "doorbells" | "deadLetters" | "spill" | "exportsFailed"; readonly name: string }
  /** Of a table, or of its index. */
  | { readonly of: "table"; readonly table: "records" | "ledger"; readonly index?: true; readonly name: string }
  /** Of the whole account in this region. */
  | { readonly of: "account"; readonly namespace: string; readonly name: string; readonly dimensions?: Readonly<Record<string, string>> }
);

export interface MetricRule {
  /** By the ids that `expression` uses. Without an expression there is one. */
  readonly metrics: Readonly<Record<string, MetricSource>>;
  readonly expression?: string;
  /** Goes off at this value or above it; `below`: under it. */
  readonly threshold: number;
  readonly below?: true;
  /** Minutes of one period. @default 1 */
  readonly periodMinutes?: number;
  /** The number of periods of the last `of` in which it must be so. @default 1 of as many */
  readonly periods?: number;
  readonly of?: number;
  /** What it means that there is no data. `keeps`: the alarm stays as it is. */
  readonly silence: "is well" | "is an alarm" | "keeps the state";
}

export type AlarmRule =
  | { readonly kind: "one"; readonly rule: (config: ResolvedConfig) => MetricRule }
  /** An alarm for each source; none for a source where there is nothing to watch. */
  | { readonly kind: "by source"; readonly rule: (source: string, settings: SourceConfig) => MetricRule | undefined }
  /** In alarm while any of these conditions' alarms is. */
  | { readonly kind: "any of"; readonly conditions: readonly string[] };

export const whenever = (rule: MetricRule): AlarmRule => ({ kind: "one", rule: () => rule });

export const sum = (name: AnyMetric, source?: string): MetricSource => ({
  of: "holdfast",
  name,
  statistic: "Sum",
  ...(source !== undefined && { source }),
});
/** What the sweep measures each minute. */
export const gauge = (name: AnyMetric): MetricSource => ({ of: "holdfast", name, statistic: "Maximum" });

/** How many of each source's callbacks came to something, for shares. */
export const ofSource = (source: string, ...names: readonly (typeof bySource)[number][]): Readonly<Record<string, MetricSource>> =>
  Object.fromEntries(names.map((name) => [name.toLowerCase(), sum(name, source)]));

export const periodsOf = ({ periods = 1, of = periods, periodMinutes = 1 }: MetricRule) => ({ periods, of, periodMinutes });
