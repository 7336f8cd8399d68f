/** What invokes the functions: streams, queues and schedules, as the template wires them. */

import type { Clients } from "../engines/clients.ts";
import type { RunningFunctions } from "../lambda/running-functions.ts";
import type { Say } from "../log.ts";
import type { Identity } from "../template/identities.ts";
import type { Resources } from "../template/resources.ts";
import type { Assembly } from "../template/synthesis.ts";
import { openCheckpoints } from "./checkpoints.ts";
import { planMappings, type QueueMapping, type StreamMapping } from "./mappings.ts";
import type { Poller } from "./poller.ts";
import { pollQueue } from "./queue-poller.ts";
import { planSchedules, runSchedule } from "./schedule.ts";
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
}

export const startTriggers = (settings: TriggerSettings): readonly Poller[] => {
  const { assembly, identities, resources, functions, say, everySeconds } = settings;
  const mappings = planMappings(assembly.resources, resources.references);
  const schedules = planSchedules(assembly.resources, resources.references, identities);
  return [
    ...mappings.map((mapping) => (mapping.kind === "stream" ? followStream(mapping, settings) : followQueue(mapping, settings))),
    ...schedules.map((plan) =>
      runSchedule(
        { ...plan, ...(everySeconds !== undefined && { everyMs: everySeconds * 1000 }) },
        (payload) => functions.invoke(plan.functionName, payload),
        say,
      ),
    ),
  ];
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
      clock: Date.now,
    }),
    say,
  });
};

const followQueue = (mapping: QueueMapping, { clients, resources, functions, say }: TriggerSettings): Poller =>
  pollQueue({
    mapping,
    queueUrl: resources.queues[mapping.queueName] ?? "",
    sqs: clients.sqs,
    invoke: (payload) => functions.invoke(mapping.functionName, payload),
    say,
  });
