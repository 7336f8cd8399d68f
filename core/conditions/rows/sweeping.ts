/** Whether the sweep runs, on which every other guarantee rests. */
import { minuteMs } from "../../durations.ts";
import { whenever } from "../alarm-rule.ts";
import { type Condition, logOf, seenIn } from "../condition.ts";

/** It runs every minute; one skipped run is not a problem yet. */
const lateMs = 5 * minuteMs;

export const sweeping = {
  "sweep-failing": {
    severity: "ticket",
    happened: "The sweep runs, but some of its steps fail.",
    money: "What that step does is not done: payments may not be recorded, found or delivered that nothing else takes care of.",
    next: (place) => [logOf(place, "sweep")],
    seen: seenIn("sweep", ({ run }) =>
      run === undefined || run.failed.length === 0
        ? []
        : [
            {
              what: `the sweep's last run failed at ${run.failed.join(", ")}`,
              since: run.failingSince ?? run.at,
              numbers: { steps: run.failed.length },
            },
          ],
    ),
    alarm: whenever({
      metrics: { errors: { of: "function", verb: "sweep", name: "Errors", statistic: "Sum" } },
      threshold: 1,
      periods: 3,
      silence: "is well",
    }),
    runbook: {
      more: "In three minutes in a row. The steps do not depend on each other, and each settles its records one by one: what can be done is done.",
      stake: "`recordSpilled` records what was spilled, `audit` finds what was forgotten, `ringDue` rings for what is due.",
      lookAt:
        "`aws logs tail /aws/lambda/NAME-sweep --since 15m` names each step and record that failed, with its error. `npx holdfast status` says which steps, and since when.",
      fix: "Fix what the log names. One record: `npx holdfast show RECORD` says more. The function's rights, a key, a table: undo the change.",
      resolvedWhen: "the alarm says OK, and `npx holdfast status` shows a run without failures.",
    },
  },
  "sweep-silent": {
    severity: "page",
    happened: "The sweep has not run for five minutes.",
    money: "Nothing finds payments that got lost on the way, retries those that are due, or records those that were spilled.",
    next: (place) => [`aws events describe-rule --name ${place.name}-sweep`, logOf(place, "sweep")],
    seen: seenIn("sweep", ({ run }, { now }) => {
      if (run === undefined) return [{ what: "the sweep has not run yet; once deployed it runs every minute", numbers: {} }];
      return now - run.at <= lateMs ? [] : [{ what: "the sweep has not finished a run since then", since: run.at, numbers: {} }];
    }),
    alarm: whenever({
      metrics: { runs: { of: "function", verb: "sweep", name: "Invocations", statistic: "Sum" } },
      threshold: 1,
      below: true,
      periods: 5,
      silence: "is an alarm",
    }),
    runbook: {
      more: "A rule invokes it every minute, and it writes down how each run ended.",
      stake: "New callbacks are still acknowledged, stored, and delivered if nothing goes wrong.",
      lookAt:
        "`aws events describe-rule --name NAME-sweep`: is it `ENABLED`? `aws logs tail /aws/lambda/NAME-sweep --since 15m`: does it start, and how does it end? Is the account's concurrency used up (`concurrency`)?",
      fix: "A disabled rule: `aws events enable-rule --name NAME-sweep`. A function that cannot start, or times out each time: deploy the version before.",
      resolvedWhen: "`npx holdfast status` shows a run within the last minutes. What was left undone meanwhile is then done.",
    },
  },
} as const satisfies Readonly<Record<string, Condition>>;
