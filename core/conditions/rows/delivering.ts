/** Whether the application learns of payments. */
import { hourMs, minuteMs, secondMs } from "../../durations.ts";
import { breaker, type Hold } from "../../lifecycle/holds/hold.ts";
import { gauge, whenever } from "../alarm-rule.ts";
import { byItsAlarmOnly, type Case, type Condition, counted, logOf, seenIn } from "../condition.ts";

const beingReleased = ({ ratePerSecond }: Hold): string =>
  ratePerSecond === undefined ? "" : `; being released at ${ratePerSecond} a second`;

/** Beyond the grace time, the minutes that a record may be unsettled: the sweep has rung for it a few times by then. */
const unsettledMinutes = 4;

export const delivering = {
  "oldest-unsettled": {
    severity: "page",
    happened: "An acknowledged callback is still not delivered after several minutes, or the sweep no longer runs.",
    money: "Customers may have paid or cancelled without the application knowing.",
    next: ({ holdfast }) => [holdfast("list", "--state", "retrying,scheduled,stored,applied"), holdfast("doctor")],
    seen: seenIn("unsettled", ({ count, oldest, auditedTo }, { now, config }) => {
      const graceMs = config.graceSeconds * secondMs;
      const since = Math.min(now, (auditedTo ?? now) + graceMs, oldest?.storedAt ?? now);
      if (now - since < graceMs + unsettledMinutes * minuteMs) return [];
      const what = oldest
        ? `${counted(count, "record is", "records are")} unsettled, the oldest of them ${oldest.key}`
        : "nothing has looked for unsettled records since then";
      return [{ what, since, numbers: { records: count, seconds: Math.round((now - since) / secondMs) } }];
    }),
    // Measured every minute, also as 0. No measurement means that the sweep itself is dead, and with it the last guarantee.
    alarm: {
      kind: "one",
      rule: ({ graceSeconds }) => ({
        metrics: { age: gauge("OldestUnsettledSeconds") },
        threshold: graceSeconds + unsettledMinutes * 60,
        periods: 3,
        silence: "is an alarm",
      }),
    },
    runbook: {
      more: "Unsettled means acknowledged for more than the grace time and four minutes (five minutes by default). This alarm backs up all others. It does not count what is spilled, dead, waiting, or held on purpose: those have their own. Of a target whose order is `relaxed`, it does count what a hold on a contract keeps back, which is in no line. No measurement for three minutes sets it off too.",
      stake: "If the sweep does not run, the last guarantee that nothing is forgotten is gone; what is stored is still safe.",
      lookAt:
        "`npx holdfast status`. If the sweep has run within the last minutes, look at what is oldest: `npx holdfast list --state retrying` and `--state scheduled` show what the application answered. If not: see `sweep-silent`.",
      fix: "The application refuses or times out: fix the application; deliveries follow automatically. The sweep fails: its log names the step; the steps do not depend on each other.",
      resolvedWhen: "the alarm says OK, which takes a fresh measurement below the limit.",
    },
  },
  "application-down": {
    severity: "page",
    happened: "An application failed several deliveries in a row, and deliveries to it are held until it answers again.",
    money: "Payments are acknowledged and kept in order, but the application learns of none of them until then.",
    next: ({ about, holdfast }) => [
      holdfast("list", "--state", "retrying,waiting", "--limit", "5"),
      holdfast("resume", about, "--rate", "5"),
    ],
    seen: seenIn("targets", (targets) =>
      targets.flatMap(({ target, held, hold }): Case[] =>
        hold?.by === breaker
          ? [
              {
                about: target,
                what: `the circuit breaker holds ${target} with ${counted(held, "record")} behind it: ${hold.why}${beingReleased(hold)}`,
                since: hold.since,
                numbers: { held },
              },
            ]
          : [],
      ),
    ),
    alarm: whenever({ metrics: { held: gauge("BreakersHolding") }, threshold: 1, silence: "keeps the state" }),
    runbook: {
      more: "Records wait in order. Another one is tried every two seconds at first, and every minute when it lasts, to see whether the application answers again; each such attempt counts, and no record is tried more often than its own retries would be. The alarm stays as long as the circuit breaker holds a target.",
      stake: "Customers who pay now do not get what they paid for until it is back.",
      lookAt:
        "`npx holdfast status` names the target, since when, and the result of the last delivery: refused, timed out, 5xx. Then the application's own monitoring.",
      fix: "Bring the application back, nothing else: the first delivery that is answered, of whatever record, begins the release in the order stored: 20 a second, doubled every five seconds while all goes well, halved when failures come back. If it will take days, nothing more is needed: callbacks are kept, and the queue does not grow. To release to a slow application more slowly: `npx holdfast resume TARGET --rate 5`.",
      resolvedWhen: "`npx holdfast status` shows no hold and nothing held.",
    },
  },
  held: {
    severity: "ticket",
    happened: "Records have waited for a held target for more than a quarter of an hour.",
    money: "The application learns of none of those payments and cancellations until the hold is lifted.",
    next: ({ about, holdfast }) => [holdfast("resume", about, "--rate", "20")],
    seen: seenIn("targets", (targets, { now, config }) =>
      targets.flatMap(({ target, held, oldest, hold }): Case[] =>
        oldest === undefined || now - oldest.storedAt < 15 * minuteMs
          ? []
          : [
              {
                about: target,
                what: `${counted(held, "record waits", "records wait")} for ${target}${Object.hasOwn(config.targets, target) ? "" : " (not configured any more: once resumed they go where their sources go now)"}, ${hold ? `held by ${hold.by}: ${hold.why}${beingReleased(hold)}` : "whose hold is lifted; they are released within a minute"}`,
                since: oldest.storedAt,
                numbers: { held },
              },
            ],
      ),
    ),
    alarm: whenever({ metrics: { held: gauge("HeldRecords") }, threshold: 1, periods: 15, silence: "keeps the state" }),
    runbook: {
      more: "By an operator or by the circuit breaker (then `application-down` is on too). A hold on purpose sets this off as well, once: an alarm that stays is better than a hold that is forgotten.",
      stake: "They are kept in order, for weeks if need be.",
      lookAt: "`npx holdfast status` names the target, who holds it, since when and why, and how many records wait.",
      fix: "If the reason is over: `npx holdfast resume TARGET --rate 20`. A release that does not catch up with what arrives: resume at a higher rate.",
      resolvedWhen: "`npx holdfast status` shows nothing held.",
    },
  },
  "release-failing": {
    severity: "ticket",
    happened: "The function that releases what waits for a hold fails.",
    money: "Held payments may not reach the application although it answers again.",
    next: (place) => [logOf(place, "release")],
    seen: byItsAlarmOnly,
    alarm: whenever({
      metrics: { errors: { of: "function", verb: "release", name: "Errors", statistic: "Sum" } },
      threshold: 1,
      periods: 3,
      silence: "is well",
    }),
    runbook: {
      more: "In three minutes in a row. It runs every minute, and each target and each record is settled separately: what can be released is.",
      stake: "They are kept, and so is their order.",
      lookAt:
        "`aws logs tail /aws/lambda/NAME-release --since 15m` names the target or the record, with its error. `npx holdfast status` shows whether the number of held records falls.",
      fix: "One record that is named again and again: `npx holdfast show RECORD` says more; discard or replay it. The table, the queue or the function's rights: undo the change.",
      resolvedWhen: "the alarm says OK. The next run goes on where this one stopped.",
    },
  },
  waiting: {
    severity: "ticket",
    happened: "Records have waited for an hour or more for another record of their contract.",
    money: "Those payments and cancellations have not reached the application, because one before them has not.",
    next: ({ holdfast }) => [holdfast("dead"), holdfast("list", "--state", "waiting", "--limit", "5")],
    seen: seenIn("waiting", ({ count, oldest }, { now }) =>
      oldest === undefined || now - oldest.storedAt < hourMs
        ? []
        : [
            {
              what: `${counted(count, "record waits", "records wait")} for another of the same contract, the oldest of them ${oldest.key}`,
              since: oldest.storedAt,
              numbers: { waiting: count },
            },
          ],
    ),
    alarm: whenever({ metrics: { waiting: gauge("WaitingRecords") }, threshold: 1, periods: 60, silence: "keeps the state" }),
    runbook: {
      more: "Waiting is how order is kept: a record of a contract is not delivered before the one stored before it.",
      stake: "The contract stands still; others are not affected.",
      lookAt: "`npx holdfast show RECORD` says which record or hold it waits for; `npx holdfast contract CONTRACT` shows the whole line.",
      fix: "A dead letter before it: `npx holdfast dead`, then replay or discard. A contract held by an operator: `npx holdfast resume SOURCE/CONTRACT`. A scheduled record before it: fix the application, or replay it now.",
      resolvedWhen: "`npx holdfast status` shows nothing that has waited that long.",
    },
  },
} as const satisfies Readonly<Record<string, Condition>>;
