/** Whether exports that come into the bucket are compared. */
import { whenever } from "../alarm-rule.ts";
import { byItsAlarmOnly, type Condition, logOf } from "../condition.ts";

export const comparing = {
  "export-not-compared": {
    severity: "ticket",
    happened: "An export that was put into the bucket could not be compared in three attempts.",
    money: "What that export would show is not known: payments of which no callback came, and charges that should not be.",
    next: (place) => [
      logOf(place, "compare"),
      `aws sqs get-queue-url --queue-name ${place.name}-exports-failed`,
      place.holdfast("reconcile", "--source", "SOURCE", "--export", "FILE"),
    ],
    seen: byItsAlarmOnly,
    alarm: whenever({
      metrics: { failed: { of: "queue", queue: "exportsFailed", name: "ApproximateNumberOfMessagesVisible", statistic: "Maximum" } },
      threshold: 1,
      silence: "is well",
    }),
    runbook: {
      more: "A file that cannot be read, or is too large, is none of these: the topic gets a message about that at once, with a report `.error.txt` under `reports/`. This one is a crash, memory that is used up, rights that are missing, or a table or topic that does not answer.",
      stake: "The file stays under `exports/`, and nothing else waits for it.",
      lookAt:
        "`aws logs tail /aws/lambda/NAME-compare --since 3h` has the error. An invocation that ends without one has used up its memory: `Memory Size` and `Max Memory Used` are equal. `aws sqs receive-message --queue-url URL --visibility-timeout 60` shows which file: `s3.object.key`, as a form encodes it.",
      fix: "Compare it from a machine: `aws s3 cp s3://NAME-bodies-ACCOUNT-REGION/KEY .`, then `npx holdfast reconcile --source SOURCE --export FILE`, with `--yes` once the plan is right. Too little memory: raise `capacity.compare.memoryMb`, deploy, and start a redrive of `NAME-exports-failed` in the SQS console; what was compared before changes nothing. Then delete its message (`aws sqs purge-queue --queue-url URL` empties the queue): the file itself stays in the bucket.",
      resolvedWhen: "the queue `NAME-exports-failed` is empty, and the alarm says OK.",
    },
  },
} as const satisfies Readonly<Record<string, Condition>>;
