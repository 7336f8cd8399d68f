/** The template's schedules: `rate(...)` rules that invoke a function. */

import type { Millis } from "../../core/callback.ts";
import { Failure } from "../../core/failure.ts";
import { isoTime } from "../../core/formats/iso-time.ts";
import { listAt, textAt } from "../../core/formats/json.ts";
import type { StackClock } from "../clock/clock.ts";
import type { Outcome } from "../lambda/sandbox.ts";
import type { Identity } from "../template/identities.ts";
import { type References, resolve } from "../template/intrinsics.ts";
import type { Resource } from "../template/synthesis.ts";
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

export interface Schedule extends Poller {
  /** When it is to run next. */
  nextAt(): Millis;
}

const unitMs: Readonly<Record<string, number>> = { second: 1_000, minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** `rate(5 minutes)` in milliseconds. */
export const rateMs = (expression: string): number => {
  const [, count, unit] = /^rate\((\d+) (second|minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (!count || !unit) throw new Failure(`The local stack supports rate(...) schedules, not ${expression}.`);
  return Number(count) * (unitMs[unit] ?? 0);
};

/**
 * Invokes at once, then at the rate, by the stack's clock. One run waits for the one before, so that they do not pile up at a short rate on a
 * slow machine. A failed run is reported; the next one comes anyway.
 */
export const runSchedule = (
  { rule, functionName, everyMs, input }: SchedulePlan,
  invoke: (payload: unknown) => Promise<Outcome>,
  say: (line: string) => void,
  clock: Pick<StackClock, "now" | "sleep">,
): Schedule => {
  const stopping = new AbortController();
  let startedAt = clock.now();
  const run = async () => {
    while (!stopping.signal.aborted) {
      startedAt = clock.now();
      const outcome = await invoke(input === undefined ? scheduledEvent(rule, startedAt) : JSON.parse(input));
      if (outcome.kind === "failed") say(`${functionName}: ${outcome.type}: ${outcome.message}`);
      await clock.sleep(Math.max(0, everyMs - (clock.now() - startedAt)), stopping.signal);
    }
  };
  const running = run();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
    // What it has begun is the function's to end.
    rest: async () => {},
    nextAt: () => startedAt + everyMs,
  };
};

const scheduledEvent = (rule: string, now: Millis) => ({
  version: "0",
  source: "aws.events",
  "detail-type": "Scheduled Event",
  time: isoTime(now),
  resources: [`arn:aws:events:us-east-1:000000000000:rule/${rule}`],
  detail: {},
});
