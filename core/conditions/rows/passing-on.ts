/** Whether new records reach the queue, and are taken from it. */
import { type FunctionVerb, type MetricSource, sum, whenever } from "../alarm-rule.ts";
import { byItsAlarmOnly, type Condition, logOf } from "../condition.ts";

const of = (verb: FunctionVerb, name: "Errors" | "Invocations" | "ConcurrentExecutions"): MetricSource => ({
  of: "function",
  verb,
  name,
  statistic: name === "ConcurrentExecutions" ? "Maximum" : "Sum",
});

/** Of `capacity.consume.maxConcurrency`. */
const nearlyAll = 0.96;

export const passingOn = {
  "relay-late": {
    severity: "ticket",
    happened: "New records have waited for more than a minute to be passed on to the queue.",
    money: "Callbacks are stored and acknowledged, but the application learns of payments late, through the sweep.",
    next: (place) => [logOf(place, "relay"), `aws lambda list-event-source-mappings --function-name ${place.name}-relay`],
    seen: byItsAlarmOnly,
    alarm: whenever({
      metrics: { age: { of: "function", verb: "relay", name: "IteratorAge", statistic: "Maximum" } },
      threshold: 60_000,
      periods: 5,
      silence: "is well",
    }),
    runbook: {
      more: "For five minutes in a row, the oldest record that `NAME-relay` has not yet passed on from the table's stream was that old.",
      stake: "The sweep rings for what the relay has missed, once it is older than the grace time.",
      lookAt:
        "`aws logs tail /aws/lambda/NAME-relay --since 15m`, and whether the mapping is enabled: `aws lambda list-event-source-mappings --function-name NAME-relay`. Errors of SQS mean the queue; a recurring error for one record means that record.",
      fix: "Enable a disabled mapping: `aws lambda update-event-source-mapping --uuid UUID --enabled`. Roll back a broken deployment. A stream keeps its records for 24 hours only; the table keeps them, and the sweep rings for them.",
      resolvedWhen: "the alarm says OK and `oldest-unsettled` is silent.",
    },
  },
  "relay-gave-up": {
    severity: "ticket",
    happened: "Relay failed with some new records for so long that they were given up, so that their part of the stream goes on.",
    money:
      "The sweep has rung for them, so the application learned of those payments a minute late; the next ones like them go the same way.",
    next: (place) => [logOf(place, "relay"), `aws lambda list-event-source-mappings --function-name ${place.name}-relay`],
    seen: byItsAlarmOnly,
    alarm: whenever({
      metrics: { given: { of: "stream mapping", name: "OnFailureDestinationDeliveredEventCount", statistic: "Sum" } },
      threshold: 1,
      periodMinutes: 5,
      silence: "is well",
    }),
    runbook: {
      more: "After 20 attempts, or an hour, Lambda stores the batch in the bucket under `aws/lambda/` and goes on behind it.",
      stake: "Nothing is lost, and nothing has to be brought back from there.",
      lookAt:
        "`aws logs tail /aws/lambda/NAME-relay --since 2h`: did relay crash at one record, or could it not reach SQS? `aws s3 ls s3://NAME-bodies-ACCOUNT-REGION/aws/lambda/ --recursive` lists the batches, whole, to see what relay cannot take. They hold payment data.",
      fix: "Fix what the log names. `npx holdfast status` shows whether the sweep has caught up.",
      resolvedWhen: "the alarm says OK and `oldest-unsettled` is silent.",
    },
  },
  "relay-failing": {
    severity: "ticket",
    happened: "The function that passes new records on to the queue has failed for five minutes in a row.",
    money: "Callbacks are stored and acknowledged, but the application learns of payments late, through the sweep.",
    next: (place) => [logOf(place, "relay")],
    seen: byItsAlarmOnly,
    alarm: whenever({ metrics: { errors: of("relay", "Errors") }, threshold: 1, periods: 5, silence: "is well" }),
    runbook: {
      more: "An error in each of five minutes: a batch that fails is retried, so one error is nothing.",
      stake: "While it fails, records of that part of the stream are rung for by the sweep.",
      lookAt:
        "`aws logs tail /aws/lambda/NAME-relay --since 15m`: an error at every start is a broken deployment; one that names the queue is SQS or the function's rights.",
      fix: "Roll back a broken deployment; restore the rights. Nothing has to be replayed.",
      resolvedWhen: "the alarm says OK and `relay-late` is silent.",
    },
  },
  "relay-silent": {
    severity: "ticket",
    happened: "Nothing passes new records on to the queue: the sweep has to ring for them.",
    money: "Every payment reaches the application one to two minutes late, and a busy hour overtaxes the sweep.",
    next: (place) => [`aws lambda list-event-source-mappings --function-name ${place.name}-relay`, logOf(place, "relay")],
    seen: byItsAlarmOnly,
    alarm: whenever({
      metrics: { missed: sum("NotRelayed"), relayed: sum("Relayed") },
      expression: "IF(FILL(missed, 0) > 0 AND FILL(relayed, 0) < 1, 1, 0)",
      threshold: 1,
      periodMinutes: 15,
      silence: "is well",
    }),
    runbook: {
      more: "Within a quarter of an hour the sweep found new records that nobody had rung for, and `NAME-relay` has rung for none. `relay-late` cannot see this: a function that is never invoked has no age.",
      stake: "Nothing is lost, and the order is kept.",
      lookAt:
        "`aws lambda list-event-source-mappings --function-name NAME-relay`: is the mapping of the table's stream there, and `Enabled`? `LastProcessingResult` says what went wrong.",
      fix: "Enable it: `aws lambda update-event-source-mapping --uuid UUID --enabled`. If it is gone, deploy again.",
      resolvedWhen: "the metric `Relayed` counts again and the alarm says OK.",
    },
  },
  "doorbells-late": {
    severity: "ticket",
    happened: "A message has been in the delivery queue for more than 20 minutes.",
    money: "Its payment has not reached the application, and later ones of the same contract wait behind it.",
    next: (place) => [logOf(place, "consume"), place.holdfast("status")],
    seen: byItsAlarmOnly,
    // A failing delivery leaves the queue after 15 minutes, so nothing in it is older while consume works.
    alarm: whenever({
      metrics: { age: { of: "queue", queue: "doorbells", name: "ApproximateAgeOfOldestMessage", statistic: "Maximum" } },
      threshold: 20 * 60,
      periods: 5,
      silence: "is well",
    }),
    runbook: {
      more: "For five minutes in a row. A delivery that keeps failing leaves the queue after 15 minutes and is scheduled in the table, so this is not about the application: `NAME-consume` itself cannot keep up. (One that crashes has an alarm of its own, `consume-failing`.)",
      stake:
        "Other contracts flow on, unless some hundred thousand messages of one contract are in the queue: of a FIFO queue SQS looks at the first 120,000 only.",
      lookAt:
        "`aws logs tail /aws/lambda/NAME-consume --since 15m`: timeouts, out of memory? The metric `Throttles` of `NAME-consume`. `npx holdfast status` for the queue's length: a long queue that shrinks is a backlog being worked off.",
      fix: "A broken deployment: deploy the version before. A backlog: wait, or raise `capacity.consume.maxConcurrency` if the application can take it. One contract that fills the queue: `npx holdfast hold SOURCE/CONTRACT --why ...` takes its messages out, into its line; `npx holdfast resume SOURCE/CONTRACT` delivers them in their order.",
      resolvedWhen: "the alarm says OK and `npx holdfast status` shows an empty or shrinking queue.",
    },
  },
  "consume-failing": {
    severity: "ticket",
    happened: "The function that delivers to the application fails or times out in one of twenty runs.",
    money: "The records of those runs are delivered late, and one that crashes it each time becomes a dead letter.",
    next: (place) => [logOf(place, "consume")],
    seen: byItsAlarmOnly,
    alarm: whenever({
      metrics: { errors: of("consume", "Errors"), invocations: of("consume", "Invocations") },
      expression: "IF(FILL(invocations, 0) > 0, 100 * FILL(errors, 0) / invocations, 0)",
      threshold: 5,
      periods: 5,
      silence: "is well",
    }),
    runbook: {
      more: "For five minutes in a row. An application that refuses or does not answer is no error of the function; this is a bug, a limit, or AWS.",
      stake: "Other contracts flow on.",
      lookAt:
        "`aws logs tail /aws/lambda/NAME-consume --since 15m`: an error at every start (a broken deployment), out of memory, `Task timed out`, or one record's key each time?",
      fix: "Deploy the version before. One record that crashes it: it becomes a dead letter automatically after about an hour (`crash-dead-letter`); until then only its own contract waits. A ledger table that refuses: nothing; doorbells are redelivered every two minutes and make no dead letters.",
      resolvedWhen: "the alarm says OK.",
    },
  },
  "consume-busy": {
    severity: "ticket",
    happened: "Nearly all of the consumers that may run at a time are running.",
    money: "A backlog is building up or being worked off, and meanwhile payments reach the application late.",
    next: (place) => [place.holdfast("status")],
    seen: byItsAlarmOnly,
    alarm: {
      kind: "one",
      rule: ({ capacity }) => ({
        metrics: { running: of("consume", "ConcurrentExecutions") },
        threshold: Math.floor(nearlyAll * capacity.consume.maxConcurrency),
        periods: 10,
        of: 15,
        silence: "is well",
      }),
    },
    runbook: {
      more: "In ten of the last fifteen minutes. How many may run is `capacity.consume.maxConcurrency` in `holdfast.config.ts`; 50 by default, of which this is 48.",
      stake: "Nothing is lost, and order is kept.",
      lookAt:
        "`npx holdfast status`: does the queue of doorbells grow? How long does the application take for a delivery (`aws logs tail /aws/lambda/NAME-consume --since 15m`)?",
      fix: "A slow application: make it answer first and work afterwards. If it can take more at a time, raise `capacity.consume.maxConcurrency`.",
      resolvedWhen: "the alarm says OK.",
    },
  },
  concurrency: {
    severity: "ticket",
    happened: "More than 80 % of the account's concurrent Lambda executions are in use.",
    money: "At the limit callbacks are answered with 5xx, and their gateways may undo the payments.",
    next: () => [
      "aws lambda get-account-settings",
      "aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 2000",
    ],
    seen: byItsAlarmOnly,
    alarm: whenever({
      metrics: {
        claimed: { of: "account", namespace: "AWS/Lambda", name: "ClaimedAccountConcurrency", statistic: "Maximum" },
        used: {
          of: "account",
          namespace: "AWS/Usage",
          name: "ResourceCount",
          dimensions: { Type: "Resource", Resource: "ConcurrentExecutions", Service: "Lambda", Class: "None" },
          statistic: "Maximum",
        },
      },
      expression: "100 * claimed / SERVICE_QUOTA(used)",
      threshold: 80,
      periods: 3,
      of: 5,
      silence: "is well",
    }),
    runbook: {
      more: "In three of the last five minutes, by whatever runs in this account and region.",
      stake: "Nothing is lost yet: this comes before `receive-throttled`.",
      lookAt:
        "The metric `ConcurrentExecutions` in `AWS/Lambda`, by function: what uses it up? `aws lambda get-account-settings` shows the limit.",
      fix: "Stop or limit whatever else uses the concurrency, and ask for more: `aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 2000`.",
      resolvedWhen: "the alarm says OK.",
    },
  },
} as const satisfies Readonly<Record<string, Condition>>;
