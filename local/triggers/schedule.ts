/** The template's schedules: `rate(...)` rules that invoke a function. */

import { Failure } from "../../core/failure.ts";
import { listAt, textAt } from "../../core/formats/json.ts";
import type { Outcome } from "../lambda/sandbox.ts";
import type { Identity } from "../template/identities.ts";
import { type References, resolve } from "../template/intrinsics.ts";
import type { Resource } from "../template/synthesis.ts";
import { pause } from "../wait.ts";
import type { Poller } from "./poller.ts";

interface SchedulePlan {
  readonly rule: string;
  readonly functionName: string;
  readonly everyMs: number;
  /** What the rule says to send; without it EventBridge sends an event of its own. */
  readonly input: string | undefined;
}

export const planSchedules = (
  resources: readonly Resource[],
  references: References,
  identities: ReadonlyMap<string, Identity>,
): readonly SchedulePlan[] => {
  const functionsByArn = new Map([...identities.values()].map(({ name, attributes }) => [attributes.Arn, name]));
  return resources
    .filter(
      ({ type, properties }) =>
        type === "AWS::Events::Rule" && properties.State !== "DISABLED" && properties.ScheduleExpression !== undefined,
    )
    .flatMap(({ logicalId, properties }) =>
      listAt(properties, "Targets").map((target) => {
        const resolved = resolve(target, references, `Targets of ${logicalId}`);
        const functionName = functionsByArn.get(textAt(resolved, "Arn") ?? "");
        if (!functionName) throw new Failure(`The rule ${logicalId} has another target than a function.`);
        return { rule: logicalId, functionName, everyMs: rateMs(String(properties.ScheduleExpression)), input: textAt(resolved, "Input") };
      }),
    );
};

const unitMs: Readonly<Record<string, number>> = { second: 1_000, minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** `rate(5 minutes)` in milliseconds. */
export const rateMs = (expression: string): number => {
  const [, count, unit] = /^rate\((\d+) (second|minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (!count || !unit) throw new Failure(`The local stack supports rate(...) schedules, not ${expression}.`);
  return Number(count) * (unitMs[unit] ?? 0);
};

/**
 * Invokes at once, then at the rate. One run waits for the one before, so that they do not pile up at a short rate on a
 * slow machine. A failed run is reported; the next one comes anyway.
 */
export const runSchedule = (
  { rule, functionName, everyMs, input }: SchedulePlan,
  invoke: (payload: unknown) => Promise<Outcome>,
  say: (line: string) => void,
): Poller => {
  const stopping = new AbortController();
  const run = async () => {
    while (!stopping.signal.aborted) {
      const startedAt = performance.now();
      const outcome = await invoke(input === undefined ? scheduledEvent(rule, new Date()) : JSON.parse(input));
      if (outcome.kind === "failed") say(`${functionName}: ${outcome.type}: ${outcome.message}`);
      await pause(Math.max(0, everyMs - (performance.now() - startedAt)), stopping.signal);
    }
  };
  const running = run();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
};

const scheduledEvent = (rule: string, now: Date) => ({
  version: "0",
  source: "aws.events",
  "detail-type": "Scheduled Event",
  time: now.toISOString(),
  resources: [`arn:aws:events:us-east-1:000000000000:rule/${rule}`],
  detail: {},
});
