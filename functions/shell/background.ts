/** What relay, consume and sweep have in common: no gateway waits for them, so they can afford a log, metrics and an orderly end. */
import middy from "@middy/core";
import type { ResolvedConfig } from "../../core/config/defaults.ts";
import { lazy } from "../../core/lazy.ts";
import { endingWith } from "../../io/ending-calls.ts";
import { deadline } from "./deadline.ts";
import type { Invocation } from "./invocation.ts";
import { createReport, logged, type Report } from "./log.ts";
import { createMetrics, flushed, type Metrics } from "./metrics.ts";
import { bundledConfig } from "./settings.ts";

/** What a function has for as long as its process lives. */
export interface Shell {
  readonly config: ResolvedConfig;
  readonly metrics: Metrics;
  readonly reports: Readonly<Record<"survived" | "failed", Report>>;
}

/** A Lambda handler. Everything is made at the first invocation, so that importing a function does nothing. */
export const background = <Event, Result>(
  assemble: (shell: Shell) => (event: Event, invocation: Invocation) => Promise<Result>,
  open: () => Shell = openShell,
) => {
  const shell = lazy(open);
  const handle = lazy(() => assemble(shell()));
  return middy<Event, Result>({ timeoutEarlyInMillis: 0 })
    .use(logged(() => shell().reports))
    .use(flushed(() => shell().metrics))
    .use(deadline())
    .handler(async (event, context) => {
      const { report, deadline } = context as Required<Pick<typeof context, "report" | "deadline">>;
      const invocation: Invocation = { timeLeft: () => context.getRemainingTimeInMillis(), signal: deadline.work, report };
      return endingWith(deadline.calls, () => handle()(event, invocation));
    });
};

const openShell = (): Shell => {
  const config = bundledConfig();
  const { name } = config;
  return {
    config,
    metrics: createMetrics(name),
    reports: { survived: createReport(name, "survived"), failed: createReport(name, "failed") },
  };
};
