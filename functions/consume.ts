/**
 * Consume: answers doorbells. Groups of a batch in parallel, the members of a group one after another; after the first
 * that has to be retried, the rest of its group is left for later, untouched.
 */
import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { type Doorbell, readDoorbell } from "../core/lifecycle/doorbell.ts";
import { afterUnknownErrorMs } from "../core/lifecycle/retry.ts";
import { findGateway, findReadBack } from "../gateways/index.ts";
import { sourceTraits } from "../gateways/source-traits.ts";
import { urgent } from "../io/clients.ts";
import { dynamoDb } from "../io/dynamodb.ts";
import { bounded } from "../io/ending-calls.ts";
import { createConflicts } from "../io/ledger/conflicts.ts";
import { openFindings } from "../io/ledger/findings/open.ts";
import { createHolds } from "../io/ledger/holds/holds.ts";
import { createLedger } from "../io/ledger/ledger.ts";
import { createQueue, type Queue } from "../io/queues/queue.ts";
import { createReadBack } from "../io/read-back/read-back.ts";
import { createBodies } from "../io/records/bodies.ts";
import { createRecords } from "../io/records/records.ts";
import { createSecretReader } from "../io/secrets.ts";
import { createDeliver } from "../io/targets/deliver.ts";
import { background } from "./shell/background.ts";
import { endsBeforeMs } from "./shell/deadline.ts";
import type { Invocation } from "./shell/invocation.ts";
import { environment } from "./shell/settings.ts";
import type { LastingDependencies, StepDependencies } from "./steps/consume/dependencies.ts";
import type { Answer } from "./steps/consume/outcome.ts";
import { answer } from "./steps/consume/process-doorbell.ts";

export type Environment = {
  readonly RECORDS_TABLE: string;
  readonly LEDGER_TABLE: string;
  readonly QUEUE_URL: string;
  readonly DEAD_LETTER_QUEUE_URL: string;
};

/** For 10 seconds of reading back and a target's 30, which must be over when waiting ends. What takes longer goes on in the next turn. */
const attemptMs = 40_000 + endsBeforeMs.work;

export const createConsume =
  (given: LastingDependencies, doorbells: Pick<Queue, "snooze">) =>
  async (event: SQSEvent, { timeLeft, signal, report }: Invocation): Promise<SQSBatchResponse> => {
    const steps: StepDependencies = { ...given, signal, timeLeft: () => timeLeft() - endsBeforeMs.work };
    const hasTime = () => timeLeft() > attemptMs;
    const groups = Map.groupBy(event.Records, (message) => message.attributes.MessageGroupId ?? message.messageId);
    const lonely: (readonly SQSRecord[])[] = [];
    const failures = await Promise.all([...groups.values()].map((messages) => answerGroup(messages, false)));
    // Whose last turn did not end, or is large, comes after the others, one at a time: should it crash, it is known which one did.
    for (const messages of lonely) failures.push(await answerGroup(messages, true));
    return { batchItemFailures: failures.flat().map(({ messageId }) => ({ itemIdentifier: messageId })) };

    async function answerGroup(messages: readonly SQSRecord[], isAlone: boolean): Promise<readonly SQSRecord[]> {
      for (const [index, message] of messages.entries()) {
        const result = hasTime() ? await answerMessage(message, isAlone) : { kind: "again" as const, delayMs: 0 };
        if (result.kind === "done") continue;
        const rest = messages.slice(index);
        if (result.kind === "alone") lonely.push(rest);
        else await comeAgain(rest, result.delayMs);
        return result.kind === "alone" ? [] : rest;
      }
      return [];
    }

    /** Without this they would stay hidden for the queue's whole visibility timeout, six times the function's own. */
    async function comeAgain(messages: readonly SQSRecord[], delayMs: number): Promise<void> {
      const snoozes = messages.map(({ receiptHandle }, index) => doorbells.snooze(receiptHandle, index === 0 ? delayMs : 0));
      for (const { reason } of (await Promise.allSettled(snoozes)).filter((one) => one.status === "rejected"))
        report(reason, { step: "snooze" });
    }

    async function answerMessage(message: SQSRecord, isAlone: boolean): Promise<Answer> {
      const receives = Number(message.attributes.ApproximateReceiveCount);
      const doorbell = readDoorbell(message.body);
      // Not one of ours: left to the redrive policy, which moves it to the dead-letter queue.
      if (!doorbell) return { kind: "again", delayMs: afterUnknownErrorMs(receives) };
      try {
        const answered = await answer(steps, doorbell, "queue", { receives, isAlone });
        if (answered.kind === "done") await answerFollowers(answered);
        return answered;
      } catch (error) {
        report(error, { record: doorbell.key });
        return { kind: "again", delayMs: signal.aborted ? 0 : afterUnknownErrorMs(receives) };
      }
    }

    /** Those that waited behind it, while there is time; the sweep rings for the rest. */
    async function answerFollowers(first: Answer & { kind: "done" }): Promise<void> {
      let next: Doorbell | undefined = first.next;
      while (next && hasTime()) {
        const answered: Answer = await answer(steps, next, "line");
        next = answered.kind === "done" ? answered.next : undefined;
      }
    }
  };

export const handler = background(({ config, metrics }) => {
  const names = environment<Environment>(["RECORDS_TABLE", "LEDGER_TABLE", "QUEUE_URL", "DEAD_LETTER_QUEUE_URL"]);
  const client = dynamoDb(bounded);
  const bodies = createBodies({ bucket: "", limits: bounded });
  const secrets = createSecretReader({ limits: bounded, clock: Date.now });
  const ledger = createLedger({ client, table: names.LEDGER_TABLE });
  const steps = {
    config,
    findGateway,
    records: createRecords({ client, table: names.RECORDS_TABLE, bodies }),
    ledger,
    conflicts: createConflicts({ client, table: names.LEDGER_TABLE }),
    ...openFindings({
      client,
      table: names.LEDGER_TABLE,
      ledger,
      config,
      traitsOf: sourceTraits(config, findGateway),
      clock: Date.now,
      random: Math.random,
    }),
    holds: createHolds({ client, table: names.LEDGER_TABLE, clock: Date.now }),
    streaks: new Map(),
    readBack: createReadBack({ config, findReadBack, secrets }),
    deliver: createDeliver({ config, findGateway, secrets, clock: Date.now }),
    deadLetters: createQueue({ url: names.DEAD_LETTER_QUEUE_URL, limits: bounded }),
    doorbells: createQueue({ url: names.QUEUE_URL, limits: bounded }),
    clock: Date.now,
    random: Math.random,
    count: metrics.count,
  };
  // Messages are handed back when all other calls have ended, in what is left then.
  return createConsume(steps, createQueue({ url: names.QUEUE_URL, limits: urgent }));
});
