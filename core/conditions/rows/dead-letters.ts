/** Records given up for now. */
import { gauge, sum, whenever } from "../alarm-rule.ts";
import { byItsAlarmOnly, type Case, type Condition, counted, logOf, seenIn } from "../condition.ts";
import type { Sight } from "../sight.ts";

const sinceOf = ({ since }: Sight["dead"]): Pick<Case, "since"> => (since === undefined ? {} : { since });

export const deadLetters = {
  "record-given-up": {
    severity: "ticket",
    happened: "A callback was dead-lettered: the application refused it, every attempt failed, or it could not be understood.",
    money: "The application does not know of that payment, and later ones of the same contract wait behind it.",
    next: ({ holdfast }) => [holdfast("dead")],
    seen: byItsAlarmOnly,
    alarm: whenever({ metrics: { dead: sum("DeadLettered") }, threshold: 1, periodMinutes: 5, silence: "is well" }),
    runbook: {
      more: "Within the last five minutes. `dead-records` stays until the last is handled; this one says that a new one came.",
      stake: "They wait on purpose: a cancellation must not overtake the charge before it.",
      lookAt:
        "`npx holdfast dead` lists each with its reason, the application's last answer and what to do. `npx holdfast show RECORD` shows its history, `npx holdfast contract CONTRACT` what waits behind it.",
      fix: "Fix what the reason names: the application, its URL, or the gateway's folder here. Then `npx holdfast replay RECORD`, or all of them with `npx holdfast replay --dead`; it shows the plan first and runs it with `--yes`. What waited behind it follows automatically. Replaying twice does no harm: the application gets the same `Idempotency-Key`.",
      resolvedWhen: "`npx holdfast dead` is empty. This alarm returns to OK automatically after five minutes; `dead-records` stays.",
    },
  },
  "dead-records": {
    severity: "ticket",
    happened: "There are dead letters.",
    money: "Their contracts are stuck, so later charges and cancellations do not reach the application either.",
    next: ({ holdfast }) => [holdfast("dead")],
    seen: seenIn("dead", (dead) =>
      dead.count === 0
        ? []
        : [
            {
              what: `${counted(dead.count, "record is", "records are")} dead; what follows in ${dead.count === 1 ? "its contract" : "their contracts"} waits`,
              ...sinceOf(dead),
              numbers: { dead: dead.count },
            },
          ],
    ),
    alarm: whenever({ metrics: { dead: gauge("DeadRecords") }, threshold: 1, silence: "keeps the state" }),
    runbook: {
      more: "`record-given-up` reported when they came; this one stays until the last is settled. Each has a message in the dead-letter queue too.",
      stake: "An unnoticed failed charge or cancellation becomes a refund later.",
      lookAt: "`npx holdfast dead`: the same reason for many means one cause.",
      fix: 'As in `record-given-up`. Do not leave one because it "does not matter": until it is settled, its contract\'s later events do not arrive either. Never use "Start DLQ redrive" in the console: it brings messages back in any order, and the tables do not know about it.',
      resolvedWhen: "`npx holdfast dead` is empty and the alarm says OK, a minute later.",
    },
  },
  "crash-dead-letter": {
    severity: "page",
    happened: "A record made the function that delivers, or the sweep, crash until it was given up.",
    money: "The application does not know of that payment, and the same bug may hit the next ones.",
    next: (place) => [place.holdfast("dead"), logOf(place, "consume"), logOf(place, "sweep")],
    seen: seenIn("dead", (dead) =>
      dead.crashed === 0
        ? []
        : [
            {
              what: `${counted(dead.crashed, "record")} made consume or the sweep crash until ${dead.crashed === 1 ? "it was" : "they were"} given up`,
              ...sinceOf(dead),
              numbers: { crashed: dead.crashed },
            },
          ],
    ),
    alarm: whenever({ metrics: { crashed: sum("Crashed") }, threshold: 1, periodMinutes: 5, silence: "is well" }),
    runbook: {
      more: "Five of its turns in a row, each alone in its process, did not end; it became a dead letter with that cause.",
      stake: "An ordinary dead letter is the application's answer; this one is a bug or a limit on our side.",
      lookAt:
        "`npx holdfast dead` names the record. `aws logs tail /aws/lambda/NAME-consume --since 1h`, and that of `NAME-sweep`: out of memory, time-out, or an error with its key?",
      fix: "Deploy the version before, or fix the bug. Then `npx holdfast replay RECORD`.",
      resolvedWhen: "`npx holdfast dead` no longer lists it.",
    },
  },
  redriven: {
    severity: "ticket",
    happened: "The queue gave up messages that consume could do nothing about for a day.",
    money: "Those payments reach the application only if what went wrong is over by now.",
    next: (place) => [logOf(place, "consume"), place.holdfast("doctor")],
    seen: byItsAlarmOnly,
    alarm: whenever({ metrics: { redriven: sum("Redriven") }, threshold: 1, periodMinutes: 5, silence: "is well" }),
    runbook: {
      more: "The queue's own redrive policy moved them to the dead-letter queue; the sweep rings for their records again and removes them there.",
      stake: "Nothing is lost: the tables are the truth.",
      lookAt:
        "`aws logs tail /aws/lambda/NAME-consume --since 1h`: what does it say at every turn? A ledger table that refuses, the function's rights, a key?",
      fix: 'Fix what the log names; deliveries follow automatically. Never use "Start DLQ redrive" in the console.',
      resolvedWhen: "the alarm says OK and `oldest-unsettled` is silent.",
    },
  },
} as const satisfies Readonly<Record<string, Condition>>;
