/** What AWS, the gateway and people do with the functions: who invokes what with what, and what becomes of the outcome. */
import type { DynamoDBStreamEvent } from "aws-lambda";
import { readDoorbell } from "../../../core/lifecycle/doorbell.ts";
import type { RecordKey } from "../../../core/record.ts";
import { toSqsRecord } from "../aws/sqs-record.ts";
import { type Callback, keyOf } from "../sent/callbacks.ts";
import { createOperatorJobs } from "./operator-jobs.ts";
import type { Job, Simulation } from "./simulation.ts";
import type { Word } from "./trace.ts";

type StreamRecord = DynamoDBStreamEvent["Records"][number];

/** The acknowledgements of the sandbox gateway, and of the application's own messages. */
const positive = new Set(["OK", '{"received":true}']);

/** Of the deployed queue. */
const visibilityMs = 360_000;
const recoverVisibilityMs = 180_000;
const laterMs = 600_000;
/** Of the deployed sweep, less what starting takes. */
const sweepMs = 50_000;

/** Less than the deployed one's, which works the whole minute: here nobody answers what it rings for before it ends. */
const releaseMs = 10_000;

export const partnerBus = "aws.partner/example.com/shop";

export type Jobs = ReturnType<typeof createJobs>;

export const createJobs = (simulation: Simulation) => {
  const { time, notebook, queues, process, planned, ordinal, callbacks } = simulation;
  const stream: StreamRecord[] = [];
  /** One invocation at a time works on a shard of the stream. */
  let isRelaying = false;
  const later: { readonly at: number; readonly give: () => void }[] = [];
  const isAcknowledged = new Set<string>();

  const handedOver = (type: "stream record" | "doorbell" | "callback", of: string) => {
    const point = { type, id: `${of}: ${type} #${ordinal(type)}` } as const;
    const kind = planned(point);
    if (kind) notebook.note({ kind: "fault", invocation: 0, place: point.id, what: kind });
    return kind;
  };
  const again = (kind: string | undefined, give: () => void): void => {
    if (kind === "twice") give();
    if (kind === "twice, later") later.push({ at: time.now + laterMs, give });
  };

  /** What comes on a partner's bus: nobody is answered, and what fails is brought again. */
  const listen = (callback: Callback): Job => {
    callbacks.set(callback.name, callback);
    const detail: unknown = JSON.parse(callback.body.toString());
    return {
      of: "listen",
      async work({ number }) {
        notebook.note({ kind: "sent", callback: callback.name, invocation: number });
        await process("listen")({ id: callback.name, source: partnerBus, "detail-type": "payment", detail });
      },
      after({ how }, { number }) {
        notebook.note({ kind: "answered", callback: callback.name, invocation: number, word: how === "done" ? "yes" : "none" });
        if (how === "done") isAcknowledged.add(callback.name);
      },
    };
  };

  const receive = (callback: Callback): Job => {
    if (simulation.config.sources[callback.source]?.kind === "eventbridge") return listen(callback);
    callbacks.set(callback.name, callback);
    let word: Word = "none";
    return {
      of: "receive",
      async work({ number }) {
        notebook.note({ kind: "sent", callback: callback.name, invocation: number });
        const reply = await process("receive")(callback.sentAt(time.now));
        word = reply.status === 200 && positive.has(String(reply.body)) ? "yes" : "no";
      },
      after({ how }, { number }) {
        // A function that fails is answered for by API Gateway: a 500.
        notebook.note({ kind: "answered", callback: callback.name, invocation: number, word: how === "failed" ? "no" : word });
        if (word === "yes") isAcknowledged.add(callback.name);
      },
    };
  };

  return {
    receive,
    /** The gateway sends a callback; a second time when the plan says so. */
    send: async (callback: Callback): Promise<void> => {
      const kind = handedOver("callback", "gateway");
      await simulation.run(receive(callback));
      if (kind === "twice") await simulation.run(receive(callback));
      if (kind === "twice, later") later.push({ at: time.now + laterMs, give: () => isAcknowledged.delete(callback.name) });
    },
    /** What the gateway still wants an answer to. It gives up on what is not genuine. */
    unanswered: (): readonly Callback[] =>
      [...callbacks.values()].filter(({ name, nature }) => nature !== "forged" && !isAcknowledged.has(name)),

    /** All that the stream holds expires before relay has seen it. */
    async loseStream(): Promise<void> {
      for (const record of [...stream.splice(0), ...(await simulation.stream()).Records])
        notebook.note({ kind: "lost", record: keyIn(record) });
    },

    async relay(most = 100): Promise<Job | undefined> {
      if (isRelaying) return undefined;
      for (const record of (await simulation.stream()).Records) {
        const kind = handedOver("stream record", "relay");
        if (kind === "lost") notebook.note({ kind: "lost", record: keyIn(record) });
        else stream.push(record);
        again(kind, () => stream.push(record));
      }
      const batch = stream.slice(0, most);
      if (batch.length === 0) return undefined;
      let failedFrom: string | undefined;
      isRelaying = true;
      return {
        of: "relay",
        async work() {
          for (const record of batch) notebook.note({ kind: "relayed", record: keyIn(record) });
          const { batchItemFailures } = await process("relay")({ Records: batch });
          failedFrom = batchItemFailures[0]?.itemIdentifier;
        },
        after({ how }) {
          isRelaying = false;
          if (how !== "done") return;
          const failed = batch.findIndex(({ dynamodb }) => dynamodb?.SequenceNumber === failedFrom);
          stream.splice(0, failed < 0 ? batch.length : failed);
        },
      };
    },

    /** @param minutesLeft of the function's time, after so many looks at the clock. */
    consume({ most = 10, slot = 0, looks = Number.POSITIVE_INFINITY } = {}): Job | undefined {
      const taken = queues.doorbells.take(most, visibilityMs);
      if (taken.length === 0) notebook.note({ kind: "nothing to hand out" });
      const messages = taken.flatMap((message) => {
        const kind = handedOver("doorbell", "consume");
        const record = readDoorbell(message.body)?.key ?? "";
        if (kind === "lost") {
          queues.doorbells.lose(message.id);
          notebook.note({ kind: "lost", record });
          return [];
        }
        notebook.note({ kind: "taken", record });
        return [{ ...message, kind, record }];
      });
      if (messages.length === 0) return undefined;
      const failed = new Set<string>();
      let looked = 0;
      return {
        of: "consume",
        slot,
        async work({ number }) {
          const isShort = Number.isFinite(looks);
          for (const { record, body } of messages)
            notebook.note({ kind: "doorbell", invocation: number, record, epoch: readDoorbell(body)?.epoch ?? -1, isShort });
          const timeLeft = () => (++looked > looks ? 10_000 : 60_000);
          const { batchItemFailures } = await process("consume", slot)({ Records: messages.map(toSqsRecord) }, timeLeft);
          for (const { itemIdentifier } of batchItemFailures) failed.add(itemIdentifier);
        },
        after({ how }) {
          if (how !== "done") return;
          for (const { id, handle = "", kind } of messages) {
            if (failed.has(id)) continue;
            if (kind === "twice") queues.doorbells.changeVisibility(handle, 0);
            else if (kind === "twice, later") queues.doorbells.changeVisibility(handle, laterMs);
            else queues.doorbells.remove(handle);
          }
        },
      };
    },

    /** What the spill queue's mapping does: it deletes what was not handed back. */
    recover(): Job | undefined {
      const messages = queues.spill.take(10, recoverVisibilityMs);
      if (messages.length === 0) return undefined;
      let failed = new Set<string>();
      return {
        of: "recover",
        async work() {
          const { batchItemFailures } = await process("recover")({ Records: messages.map(toSqsRecord) });
          failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
        },
        after({ how }) {
          if (how !== "done") return;
          for (const { id, handle = "" } of messages) {
            if (failed.has(id)) continue;
            queues.spill.remove(handle);
            notebook.note({ kind: "gone", place: `queue ${id}` });
          }
        },
      };
    },

    sweep(ms = sweepMs): Job {
      const until = time.now + ms;
      return {
        of: "sweep",
        work: () => process("sweep")(() => until - time.now),
      };
    },

    release(ms = releaseMs): Job {
      const until = time.now + ms;
      return {
        of: "release",
        work: () => process("release")(() => 10_000 + until - time.now),
      };
    },

    ...createOperatorJobs(simulation),

    /** Time passes: what was put off to a moment in it happens. */
    pass(ms: number): void {
      time.now += ms;
      for (const one of later.splice(0))
        if (one.at <= time.now) one.give();
        else later.push(one);
    },
    /** Nothing is on its way any more: neither in the stream, nor in the queues, nor put off by the plan. */
    async isIdle(): Promise<boolean> {
      const nothing =
        stream.length === 0 && later.length === 0 && queues.doorbells.messages().length === 0 && queues.spill.messages().length === 0;
      return nothing && this.unanswered().length === 0;
    },
    nextDoorbellAt: (): number | undefined => queues.doorbells.nextVisibleAt(),
  };
};

const keyIn = ({ dynamodb }: StreamRecord): string => dynamodb?.NewImage?.pk?.S ?? "";

export const recordOf = (callback: Callback): RecordKey => keyOf(callback) as RecordKey;
