/** Whether what arrives gets into the records table. */
import { gauge, type MetricSource, sum, whenever } from "../alarm-rule.ts";
import { byItsAlarmOnly, type Condition, counted, logOf, seenIn } from "../condition.ts";

const throttledWrites = (table: "records" | "ledger", index?: true): MetricSource => ({
  of: "table",
  table,
  name: "WriteThrottleEvents",
  statistic: "Sum",
  ...(index && { index }),
});

export const storing = {
  "callback-not-stored": {
    severity: "ticket",
    happened: "The table, the spill queue and the bucket all failed to store a callback, and it was rejected.",
    money: "That payment's news is lost unless the gateway redelivers it.",
    next: (place) => [logOf(place, "receive")],
    seen: byItsAlarmOnly,
    alarm: whenever({ metrics: { lost: sum("NotStored") }, threshold: 1, silence: "is well" }),
    runbook: {
      more: "All three within three seconds. This is the only case in which Holdfast rejects a genuine callback.",
      stake: "Until an attempt succeeds, only the gateway knows of the payment.",
      lookAt:
        "`aws logs tail /aws/lambda/NAME-receive --since 15m` has each store's error. All three at once means the network, the region, or the function's rights: was the role, the key or a policy of the organisation changed? Then the AWS Health Dashboard.",
      fix: "Undo the change. If a region is in trouble, there is nothing to fix; note when it began. Afterwards ask each gateway what it gave up sending, and have it resent.",
      resolvedWhen: "the alarm says OK, and the gateways' lists of failed notices for that time are empty or resent.",
    },
  },
  "spill-in-use": {
    severity: "ticket",
    happened: "The records table could not be written, so callbacks went to the spill queue or the bucket.",
    money: "They are stored and acknowledged, but the application learns of those payments only after they have been recorded.",
    next: (place) => [logOf(place, "receive"), place.holdfast("status")],
    seen: byItsAlarmOnly,
    // One slow first connection spills one callback; that is what the spill is for.
    alarm: whenever({
      metrics: { queue: sum("SpilledToQueue"), bucket: sum("SpilledToBucket") },
      expression: "FILL(queue, 0) + FILL(bucket, 0)",
      threshold: 1,
      periods: 2,
      of: 5,
      silence: "is well",
    }),
    runbook: {
      more: "In two of the last five minutes. They were acknowledged.",
      stake: "Nothing is lost: within a minute or two of the table being writable again they are recorded.",
      lookAt:
        "`aws logs tail /aws/lambda/NAME-receive --since 15m` has the table's error. `aws dynamodb describe-table --table-name NAME-records` (is it `ACTIVE`?), and `aws kms describe-key --key-id alias/NAME` (is the key `Enabled`?). Throttled writes have an alarm of their own, `throttled`.",
      fix: "A disabled key or a key about to be deleted: `aws kms enable-key` or `cancel-key-deletion`, at once. Throttling: a table that has never seen such a peak scales up automatically within minutes; before a known peak, set warm throughput. An outage of DynamoDB: wait, this is what the fallback stores are for.",
      resolvedWhen: "the alarm says OK and `spill-not-recovered` does not follow: `npx holdfast status` shows nothing spilled.",
    },
  },
  "spill-not-recovered": {
    severity: "page",
    happened: "Spilled callbacks wait to be recorded.",
    money: "They were acknowledged, so no gateway redelivers them, and the only copy is deleted after 14 days in the queue.",
    next: (place) => [logOf(place, "recover"), logOf(place, "sweep")],
    seen: seenIn("spill", ({ queue, run }) => {
      const inBucket = run?.spilled?.bucket ?? 0;
      const inQueue = queue.visible + queue.hidden + queue.delayed;
      if (inQueue + inBucket === 0) return [];
      const where = [inQueue > 0 && `${inQueue} in the spill queue`, inBucket > 0 && `${inBucket} in the bucket`]
        .filter(Boolean)
        .join(", ");
      return [
        {
          what: `${counted(inQueue + inBucket, "acknowledged callback is", "acknowledged callbacks are")} not recorded yet: ${where}`,
          ...(run?.spilledSince !== undefined && { since: run.spilledSince }),
          numbers: { queue: inQueue, bucket: inBucket },
        },
      ];
    }),
    alarm: whenever({ metrics: { waiting: gauge("SpilledWaiting") }, threshold: 1, periods: 15, silence: "is an alarm" }),
    runbook: {
      more: "The sweep counts them every minute, visible or not, in the queue and under `spill/` in the bucket; the alarm goes off when there were some in fifteen minutes in a row. (The queue's own age says nothing: SQS leaves out what has been received a few times.) No count for fifteen minutes sets it off too: then the sweep is not running.",
      stake: "In the bucket it is deleted a week after the records' retention time.",
      lookAt:
        "Is `spill-in-use` still on? Then the table cannot be written yet, and this is the same problem. Otherwise the log of `NAME-recover`, which records what is in the queue, or of `NAME-sweep`, whose step `recordSpilled` records what is in the bucket: does it run, and what does it say? `aws s3 ls s3://NAME-bodies-ACCOUNT-REGION/spill/ --recursive` lists what is in the bucket.",
      fix: "Fix what the log names, and it is recorded within three minutes. If one message is the problem and days go by, save it before anything else: `aws sqs receive-message --queue-url URL --visibility-timeout 60 > spilled.json`, without deleting it.",
      resolvedWhen: "`npx holdfast status` shows nothing spilled and `npx holdfast list` shows the records.",
    },
  },
  "recover-failing": {
    severity: "ticket",
    happened: "The function that records spilled callbacks has failed for several minutes.",
    money: "They were acknowledged, but the application does not learn of those payments until it works again.",
    next: (place) => [logOf(place, "recover")],
    seen: byItsAlarmOnly,
    alarm: whenever({
      metrics: { errors: { of: "function", verb: "recover", name: "Errors", statistic: "Sum" } },
      threshold: 1,
      periods: 3,
      of: 5,
      silence: "is well",
    }),
    runbook: {
      more: "In three of five minutes. A table that refuses is no error here, nor is a callback that cannot be recorded: both stay in the queue. An error is a crash, a time-out or a broken deployment.",
      stake: "They stay in the spill queue, which keeps them for 14 days (`spill-not-recovered`).",
      lookAt: "`aws logs tail /aws/lambda/NAME-recover --since 15m`: an error at every start is a broken deployment.",
      fix: "Roll back a broken deployment; restore the rights. What was spilled is recorded automatically after that.",
      resolvedWhen: "the alarm says OK and `npx holdfast status` shows nothing spilled.",
    },
  },
  throttled: {
    severity: "ticket",
    happened: "DynamoDB throttled writes to a table or its index.",
    money: "Callbacks are still acknowledged through the fallback stores, but the application learns of payments late.",
    next: ({ name }) => [
      `aws dynamodb describe-table --table-name ${name}-records`,
      `aws dynamodb describe-table --table-name ${name}-ledger`,
    ],
    seen: byItsAlarmOnly,
    alarm: whenever({
      metrics: {
        records: throttledWrites("records"),
        timeline: throttledWrites("records", true),
        ledger: throttledWrites("ledger"),
        open: throttledWrites("ledger", true),
      },
      expression: "FILL(records, 0) + FILL(timeline, 0) + FILL(ledger, 0) + FILL(open, 0)",
      threshold: 1,
      periods: 3,
      of: 5,
      silence: "is well",
    }),
    runbook: {
      more: "In three of the last five minutes, for the records or the ledger.",
      stake: "A throttled records table spills (`spill-in-use`); a throttled ledger table makes deliveries late.",
      lookAt:
        "In CloudWatch, `WriteThrottleEvents` in `AWS/DynamoDB` by table and by index: which of the four is it? `ConsumedWriteCapacityUnits` shows the load; a new on-demand table takes 4,000 write units a second and doubles within half an hour.",
      fix: "Usually nothing: the table scales up within minutes. Before a known peak, set warm throughput. A load above the account's quota (40,000 units a second per table): ask for more in Service Quotas, DynamoDB.",
      resolvedWhen: "the alarm says OK and `spill-in-use` is silent.",
    },
  },
} as const satisfies Readonly<Record<string, Condition>>;
