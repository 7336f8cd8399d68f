/**
 * One run: the tables and the bucket in the emulators, the queues and the clock in the simulator's hands, and the functions, each in
 * a process that can die. What happens is written down in the trace; what can go wrong is asked of the plan at every point.
 */
import type { Millis } from "../../../core/callback.ts";
import type { Config } from "../../../core/config/config.ts";
import { withDefaults } from "../../../core/config/defaults.ts";
import type { Doorbell } from "../../../core/lifecycle/doorbell.ts";
import type { RecordKey } from "../../../core/record.ts";
import { fewestShards } from "../../../core/timeline-shards.ts";
import { sendHttp } from "../../../io/targets/http.ts";
import type { Endpoints } from "../../support/aws/aws.ts";
import { openStream } from "../../support/world/stream.ts";
import { type Call, isRead, orders } from "../aws/call.ts";
import { inject, scopes } from "../aws/inject.ts";
import { createQueueModel } from "../aws/queue-model.ts";
import { answerAsSqs } from "../aws/queue-service.ts";
import { createResources, pretendSwept } from "../aws/resources.ts";
import { answerAsTarget } from "../aws/target-services.ts";
import { jsonResponse } from "../aws/wire.ts";
import { createWritten } from "../aws/written.ts";
import { type Callback, secret } from "../sent/callbacks.ts";
import { type Accident, happen } from "./accidents.ts";
import { startApplication } from "./application.ts";
import { bytesInSpilled } from "./effects.ts";
import { type Circumstances, type Invocation, startInvocation } from "./invocation.ts";
import type { Kind, Point } from "./kinds.ts";
import { intact, type Mutant } from "./mutant.ts";
import {
  type Surroundings,
  startConsume,
  startListen,
  startOperator,
  startReceive,
  startRecover,
  startRelay,
  startRelease,
  startSweep,
} from "./processes.ts";
import { readStores, type Stores } from "./stores.ts";
import { createNotebook, type FunctionName } from "./trace.ts";
import { createTurns } from "./turns.ts";

export interface SimulationOptions {
  readonly endpoints: Endpoints;
  readonly plan?: (point: Point) => Kind | undefined;
  readonly mutant?: Mutant;
  /** Which of several invocations goes next. */
  readonly choose?: (count: number) => number;
  readonly config?: Partial<Config>;
}

/** 2026-11-20T12:00:00Z */
const noon = Date.UTC(2026, 10, 20, 12);

export type Outcome = { readonly how: "done" } | { readonly how: "failed"; readonly why: string } | { readonly how: "died" };

/** Work for one invocation, and what AWS does when it has ended. */
export interface Job {
  readonly of: FunctionName;
  /** Several invocations of one function at once are several processes. */
  readonly slot?: number;
  work(invocation: Invocation): Promise<void>;
  after?(outcome: Outcome, invocation: Invocation): void;
}

const starters = {
  receive: startReceive,
  listen: startListen,
  relay: startRelay,
  consume: startConsume,
  sweep: startSweep,
  release: startRelease,
  recover: startRecover,
  operator: startOperator,
};
type Processes = { [Of in FunctionName]: ReturnType<(typeof starters)[Of]> };

export type Simulation = Awaited<ReturnType<typeof createSimulation>>;

export const createSimulation = async ({
  endpoints,
  plan = () => undefined,
  mutant = intact,
  choose = () => 0,
  config = {},
}: SimulationOptions) => {
  inject();
  const resources = await createResources(endpoints);
  const time = { now: noon };
  const clock = (): Millis => time.now + (scopes.getStore()?.skewMs ?? 0);
  const notebook = createNotebook(() => time.now);
  const application = await startApplication(notebook);
  const turns = createTurns();
  const secrets = { readable: true, list: [secret] as readonly string[] };
  const deadLetters = createQueueModel("dead-letters.fifo", () => time.now);
  const queues = {
    doorbells: createQueueModel("doorbells.fifo", () => time.now, { after: 1_000, to: deadLetters }),
    "dead-letters": deadLetters,
    spill: createQueueModel("spill", () => time.now),
  };
  /** Services that do not answer for as long as the story says so. */
  const outage: { hits: (call: Call) => boolean } = { hits: () => false };
  /** How far the clocks of functions are off, for as long as the story says so. */
  const clocks = new Map<FunctionName, Millis>();
  /** Records that kill the process that delivers them, until a person fixes it. */
  const deadly = new Set<string>();
  const looks = { on: false };
  /** The hashes of bytes that accidents have destroyed. */
  const lost = new Map<string, string>();
  const points: Point[] = [];
  const ordinals = new Map<string, number>();
  const ordinal = (name: string): number => {
    const next = (ordinals.get(name) ?? 0) + 1;
    ordinals.set(name, next);
    return next;
  };
  const planned = (point: Point): Kind | undefined => {
    points.push(point);
    return plan(point);
  };
  const written = createWritten(resources.recordsTable);
  const present = () => scopes.getStore() as Invocation | undefined;
  const by = (): FunctionName => present()?.of ?? "operator";

  const queueEvents: Parameters<typeof answerAsSqs>[2] = {
    sent(queue, { id, body, swallowed }) {
      if (queue === "spill") return notebook.note({ kind: "kept", place: `queue ${id}`, ...bytesInSpilled(body) });
      const { key, epoch, group } = JSON.parse(body) as Doorbell;
      if (queue === "dead-letters") return notebook.note({ kind: "dead letter", record: key });
      notebook.note({ kind: "rung", invocation: present()?.number ?? 0, by: by(), record: key, epoch, group, swallowed });
    },
    removed(queue, id) {
      if (queue === "spill") notebook.note({ kind: "gone", place: `queue ${id}` });
    },
  };

  const circumstances: Circumstances = {
    clock,
    notebook,
    turns,
    application,
    ordinal,
    plan: planned,
    isOut: (call) => outage.hits(call),
    isDeadly: (record) => deadly.has(record),
    isWritten: written.hasShard,
    async route(call, request, send) {
      if (call.subject === orders) return answerAsTarget(call);
      switch (call.service) {
        case "SQS":
          return answerAsSqs(call, queues, queueEvents);
        case "Secrets Manager":
          return secrets.readable
            ? jsonResponse(200, { Name: call.about, SecretString: JSON.stringify({ secrets: secrets.list }) })
            : jsonResponse(400, { __type: "AccessDeniedException", message: "not authorized to perform: secretsmanager:GetSecretValue" });
        case "DynamoDB":
          if (!isRead(call)) written.note(request);
          return send(mutant.request(call, request));
        default:
          return send(mutant.request(call, request));
      }
    },
  };

  const surroundings: Surroundings = {
    aws: resources,
    config: withDefaults({
      // As few as there can be: each sweep reads all of them.
      capacity: { timelineShards: fewestShards },
      name: "test",
      targets: { app: { kind: "http", url: application.url, mode: "pass-through", allowAddresses: ["127.0.0.0/8"] } },
      sources: { sandbox: { gateway: "sandbox", target: "app" } },
      retry: { attempts: 5, baseSeconds: 60, capSeconds: 600 },
      ...config,
    }),
    clock,
    elapsed: () => time.now,
    count: (metric, _, value = 1) => notebook.note({ kind: "counted", metric, by: by(), value }),
    report: () => {},
    pause: async (ms) => {
      time.now += ms;
    },
    send: (request) => {
      const record = request.headers["holdfast-record"] ?? "";
      return present()?.deliver(record, () => sendHttp(request)) ?? sendHttp(request);
    },
    mutant,
    looks,
  };
  const processes = new Map<string, unknown>();
  /** The running process of a function; one that has died is restarted. */
  const process = <Of extends FunctionName>(of: Of, slot = 0): Processes[Of] => {
    const id = `${of} ${slot}`;
    if (!processes.has(id)) processes.set(id, starters[of](surroundings));
    return processes.get(id) as Processes[Of];
  };

  let count = 0;
  const start = async (job: Job): Promise<void> => {
    const number = ++count;
    const { of } = job;
    const point: Point = { type: "clock", id: `${of}: clock #${ordinal(`${of} clock`)}` };
    const kind = planned(point);
    const onceMs = kind === "an hour ahead" ? 3_600_000 : kind === "an hour behind" ? -3_600_000 : 0;
    const skewMs = onceMs + (clocks.get(of) ?? 0);
    notebook.note({ kind: "began", invocation: number, of, skewMs });
    if (kind) notebook.note({ kind: "fault", invocation: number, place: point.id, what: kind });
    const invocation = startInvocation(of, number, skewMs, circumstances);
    const work = scopes
      .run(invocation, () => job.work(invocation))
      .then(
        (): Outcome => ({ how: "done" }),
        (error: unknown): Outcome => ({ how: "failed", why: error instanceof Error ? error.message : String(error) }),
      );
    const outcome = await Promise.race([work, invocation.death.then((): Outcome => ({ how: "died" }))]);
    if (outcome.how === "died") {
      await turns.drained();
      processes.delete(`${of} ${job.slot ?? 0}`);
    }
    notebook.note({ kind: "ended", invocation: number, of, ...outcome });
    job.after?.(outcome, invocation);
  };

  await pretendSwept(resources, noon);
  const stream = await openStream(endpoints.dynamodb, resources.recordsTable);
  let known: { readonly length: number; readonly stores: Stores } | undefined;

  return {
    time,
    config: surroundings.config,
    notebook,
    points,
    queues,
    secrets,
    outage,
    clocks,
    deadly,
    looks,
    application,
    process,
    planned,
    ordinal,
    callbacks: new Map<string, Callback>(),
    stream: async () => (written.mayBeInStream() ? stream() : { Records: [] }),
    /** Read again only when something has happened since: each call and each accident is in the notebook before it is carried out. */
    async stores(): Promise<Stores> {
      const { length } = notebook.entries;
      if (known?.length !== length) known = { length, stores: await readStores(resources, lost) };
      return known.stores;
    },
    /** Something happens to what is stored of a record, where there is something that it can happen to. */
    async suffer(accident: Accident, key: RecordKey): Promise<void> {
      const happened = await happen(resources, accident, key);
      if (!happened) return;
      if (happened.bytes !== undefined) lost.set(key, happened.bytes);
      notebook.note({ kind: "accident", record: key, what: accident });
    },
    /** Keys of the records in the dead-letter queue. */
    letters: () => queues["dead-letters"].messages().map(({ body }) => (JSON.parse(body) as { readonly key: string }).key),

    /** Runs the jobs side by side, one call at a time. */
    async run(...jobs: readonly Job[]): Promise<void> {
      const running = jobs.map(start);
      await turns.until(running, choose);
      await Promise.all(running);
    },
    /** Lambda starts a fresh process when it likes. */
    restart(of: FunctionName): void {
      for (const id of [...processes.keys()]) if (id.startsWith(`${of} `)) processes.delete(id);
    },
    async close(): Promise<void> {
      await application.close();
      await resources.remove();
    },
  };
};
