/** What invokes the functions: streams, queues and schedules, as the template wires them. */

import type { StackClock } from "../clock/clock.ts";
import type { Clients } from "../engines/clients.ts";
import type { QueueLook } from "../engines/queue-look.ts";
import type { RunningFunctions } from "../lambda/running-functions.ts";
import type { Say } from "../log.ts";
import type { Identity } from "../template/identities.ts";
import type { Resources } from "../template/resources.ts";
import type { Assembly } from "../template/synthesis.ts";
import { planNotices, sayWhatIsPut } from "./bucket-notices.ts";
import { openCheckpoints } from "./checkpoints.ts";
import { runExpiry } from "./expiry.ts";
import { planMappings, type QueueMapping, type StreamMapping } from "./mappings.ts";
import type { Poller } from "./poller.ts";
import { pollQueue } from "./queue-poller.ts";
import { planSchedules, runSchedule, type Schedule } from "./schedule.ts";
import { createStreamBatches, onFailureDestination } from "./stream-batches.ts";
import { pollStream } from "./stream-poller.ts";

interface TriggerSettings {
  readonly assembly: Assembly;
  readonly identities: ReadonlyMap<string, Identity>;
  readonly resources: Resources;
  readonly clients: Clients;
  readonly functions: RunningFunctions;
  readonly home: string;
  readonly say: Say;
  /** Instead of the rates that the rules say. */
  readonly everySeconds: number | undefined;
  readonly clock: StackClock;
  /** What is in a queue, where its engine can be asked. */
  readonly lookAt: ((queue: string) => Promise<QueueLook>) | undefined;
}

export interface Triggers {
  readonly pollers: readonly Poller[];
  readonly schedules: readonly Schedule[];
  /** Names of the queues that feed a function. */
  readonly queues: readonly string[];
}

export const startTriggers = (settings: TriggerSettings): Triggers => {
  const { assembly, identities, resources, clients, functions, say, everySeconds, clock } = settings;
  const mappings = planMappings(assembly.resources, resources.references);
  const schedules = planSchedules(assembly.resources, resources.references, identities).map((plan) =>
    runSchedule(
      { ...plan, ...(everySeconds !== undefined && { everyMs: everySeconds * 1000 }) },
      (payload) => functions.invoke(plan.functionName, payload),
      say,
      clock,
    ),
  );
  return {
    pollers: [
      ...mappings.map((mapping) => (mapping.kind === "stream" ? followStream(mapping, settings) : followQueue(mapping, settings))),
      ...planNotices(assembly.resources, resources.references, identities).map((notice) =>
        sayWhatIsPut(notice, { s3: clients.s3, sqs: clients.sqs, queueUrl: resources.queues[notice.queueName] ?? "", say }),
      ),
      ...resources.expiring.map((table) => runExpiry(table, { dynamodb: clients.dynamodb, clock, say })),
      ...schedules,
    ],
    schedules,
    queues: mappings.flatMap((mapping) => (mapping.kind === "queue" ? [mapping.queueName] : [])),
  };
};

const followStream = (mapping: StreamMapping, { clients, resources, functions, home, say }: TriggerSettings): Poller => {
  const queueUrl = (arn: string) => resources.queues[arn.split(":").at(-1) ?? ""];
  return pollStream({
    mapping,
    streams: clients.streams,
    checkpoints: openCheckpoints(home, mapping.functionName, mapping.sourceArn),
    batches: createStreamBatches({
      mapping,
      invoke: (payload) => functions.invoke(mapping.functionName, payload),
      giveUp: onFailureDestination({ mapping, clients, queueUrl }),
      say,
      // The stream's own: its engine writes down when a record came.
      clock: Date.now,
    }),
    say,
  });
};

const followQueue = (mapping: QueueMapping, { clients, resources, functions, say, lookAt }: TriggerSettings): Poller =>
  pollQueue({
    mapping,
    queueUrl: resources.queues[mapping.queueName] ?? "",
    sqs: clients.sqs,
    invoke: (payload) => functions.invoke(mapping.functionName, payload),
    say,
    look: lookAt && (() => lookAt(mapping.queueName)),
  });
