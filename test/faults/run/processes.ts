/**
 * The functions as Lambda starts them: each a process of its own, put together as its own file does, with nothing in memory that
 * it has not read itself. Only what a process gets from outside is ours: clock, coin, and the way to the application.
 */
import type { DynamoDBStreamEvent, SQSEvent } from "aws-lambda";
import type { Millis } from "../../../core/callback.ts";
import type { ResolvedConfig } from "../../../core/config/defaults.ts";
import type { PartnerEvent } from "../../../core/receive/bus-callback.ts";
import { createConsume } from "../../../functions/consume.ts";
import { createListen } from "../../../functions/listen.ts";
import { createReceive } from "../../../functions/receive.ts";
import { createRecover } from "../../../functions/recover.ts";
import { createRelay } from "../../../functions/relay.ts";
import { createRelease } from "../../../functions/release.ts";
import type { Report } from "../../../functions/shell/log.ts";
import type { Count } from "../../../functions/shell/metrics.ts";
import { createStoreCallback } from "../../../functions/steps/receive/store-callback.ts";
import type { SweepDependencies } from "../../../functions/steps/sweep/dependencies.ts";
import { createSweep } from "../../../functions/sweep.ts";
import { findFront } from "../../../gateways/registry/find-front.ts";
import { sourceTraits } from "../../../gateways/source-traits.ts";
import { lastResort, patient, urgent } from "../../../io/clients.ts";
import { dynamoDb } from "../../../io/dynamodb.ts";
import { createSpill } from "../../../io/fallback-store/spill.ts";
import { createSpilled } from "../../../io/fallback-store/spilled.ts";
import { createAudit } from "../../../io/ledger/audit.ts";
import { createConflicts } from "../../../io/ledger/conflicts.ts";
import { openFindings } from "../../../io/ledger/findings/open.ts";
import { createContractHolds } from "../../../io/ledger/holds/contract-hold.ts";
import { createHolds } from "../../../io/ledger/holds/holds.ts";
import { createLedger } from "../../../io/ledger/ledger.ts";
import { createOpenProgress } from "../../../io/ledger/open-progress.ts";
import { createCheckpoints } from "../../../io/ledger/runs/checkpoint.ts";
import { createSweepRuns } from "../../../io/ledger/runs/sweep-run.ts";
import { createTimelineShards } from "../../../io/ledger/timeline-shards.ts";
import { createQueue } from "../../../io/queues/queue.ts";
import { createBodies } from "../../../io/records/bodies.ts";
import { createDirectPut } from "../../../io/records/direct-put.ts";
import { createQuarantine } from "../../../io/records/quarantine.ts";
import { createRecord } from "../../../io/records/record.ts";
import { createRecords } from "../../../io/records/records.ts";
import { createSdkPut } from "../../../io/records/sdk-put.ts";
import { createUnverifiedRoom } from "../../../io/records/unverified-room.ts";
import { createSecretReader, verifiesForMs } from "../../../io/secrets.ts";
import { createSourceVerifier } from "../../../io/source-verifier.ts";
import { createDeliver } from "../../../io/targets/deliver.ts";
import type { sendHttp } from "../../../io/targets/http.ts";
import type { Connection } from "../../../operator/connect/connect.ts";
import { openQueues, openStores } from "../../../operator/connect/stores.ts";
import type { Aws } from "../../support/aws/aws.ts";
import { directCall } from "../aws/direct.ts";
import { answering } from "../aws/inject.ts";
import { findGateway } from "../sent/notices.ts";
import type { Mutant } from "./mutant.ts";

export interface Surroundings {
  readonly aws: Aws;
  readonly config: ResolvedConfig;
  readonly clock: () => Millis;
  /** A clock that nobody sets. */
  readonly elapsed: () => Millis;
  readonly count: Count;
  readonly report: Report;
  readonly pause: (ms: number) => Promise<void>;
  readonly send: typeof sendHttp;
  readonly mutant: Mutant;
  /** Each callback is followed by a look for findings: several calls more, which most stories are not about. */
  readonly looks: { readonly on: boolean };
}

export const startReceive = ({ aws, config, clock, count, report, mutant }: Surroundings) => {
  const put = createDirectPut({ call: directCall("dynamodb", clock), table: aws.recordsTable, limits: urgent, clock });
  const call = directCall("secretsmanager", clock);
  const secrets = createSecretReader({ limits: { attempts: 1, requestTimeoutMs: 500 }, clock, staleForMs: verifiesForMs, call });
  const store = createStoreCallback({
    record: createRecord({ put, keepsAll: false, findGateway: findFront }),
    bodies: createBodies({ bucket: aws.bucket, limits: lastResort }),
    spill: mutant.spill(createSpill({ queueUrl: aws.spillQueueUrl, bucket: aws.bucket, limits: lastResort })),
    keeping: config,
  });
  const quarantine = createQuarantine({ put, clock });
  const unverifiedRoom = createUnverifiedRoom({ put });
  const verifier = createSourceVerifier({ config, secrets });
  return createReceive(mutant.receive({ config, findFront, verifier, store, quarantine, unverifiedRoom, clock, count, report }));
};

export const startListen = ({ aws, config, clock, count, report }: Surroundings) => {
  const put = createSdkPut({ client: dynamoDb(urgent), table: aws.recordsTable });
  const store = createStoreCallback({
    record: createRecord({ put, findGateway }),
    bodies: createBodies({ bucket: aws.bucket, limits: lastResort }),
    spill: createSpill({ queueUrl: aws.spillQueueUrl, bucket: aws.bucket, limits: lastResort }),
    keeping: config,
  });
  const listen = createListen({ config, findGateway, store, clock, count });
  return (event: PartnerEvent) => listen(event, { report });
};

/** What an invocation has besides its time. That it is cut short is another fault: a process that dies. */
const { signal } = new AbortController();

export const startRelay = ({ aws, config, count, report }: Surroundings) => {
  const relay = createRelay({
    config,
    findGateway,
    bodies: createBodies({ bucket: "", limits: patient }),
    queue: createQueue({ url: aws.queueUrl, limits: patient }),
    count,
  });
  return (event: DynamoDBStreamEvent) => relay(event, { signal, report });
};

const ledgerTable = ({ aws }: Surroundings) => ({ client: dynamoDb(patient), table: aws.ledgerTable });

const noFindings = {
  look: async () => [],
  findings: {
    lookAgain: async () => {},
    leaveToSweep: async () => {},
    noLongerSideless: async () => {},
    dueLooks: async () => [],
    dueLargeLooks: async () => [],
    sidelessLooks: async () => [],
    read: async () => undefined,
    save: async () => undefined,
  },
};

const noDigest: Pick<SweepDependencies, "countOpen" | "tallies" | "digests" | "alarmTopic"> = {
  countOpen: async (run) => run,
  tallies: { read: async () => ({ run: {}, revision: 0 }), save: async () => {} },
  digests: { last: async () => undefined, save: async () => "written" },
  alarmTopic: { publish: async () => ({ kind: "sent" }) },
};

const findingsFor = (given: Surroundings) => {
  if (!given.looks.on) return noFindings;
  const { config, clock } = given;
  const table = ledgerTable(given);
  return openFindings({
    ...table,
    ledger: createLedger(table),
    config,
    traitsOf: sourceTraits(config, findGateway),
    clock,
    random: () => 0.5,
  });
};

export const startConsume = (given: Surroundings) => {
  const { aws, config, clock, elapsed, count, report, send, mutant } = given;
  const table = ledgerTable(given);
  const secrets = createSecretReader({ limits: patient, clock });
  const records = createRecords({ client: table.client, table: aws.recordsTable, bodies: createBodies({ bucket: "", limits: patient }) });
  const steps = mutant.steps({
    config,
    findGateway,
    records: {
      ...records,
      read(key) {
        // Answering begins with this call; what follows it is done for this record.
        answering.enterWith(key);
        return records.read(key);
      },
    },
    ledger: createLedger(table),
    conflicts: createConflicts(table),
    ...findingsFor(given),
    readBack: async ({ events }) => ({ kind: "known", events }),
    holds: createHolds({ ...table, clock, elapsed }),
    streaks: new Map(),
    deliver: createDeliver({ config, findGateway, secrets, clock, send }),
    deadLetters: createQueue({ url: aws.deadLetterQueueUrl, limits: patient }),
    doorbells: createQueue({ url: aws.queueUrl, limits: patient }),
    clock,
    random: () => 0.5,
    count,
  });
  const consume = createConsume(steps, createQueue({ url: aws.queueUrl, limits: patient }));
  return (event: SQSEvent, timeLeft: () => number) => consume(event, { timeLeft, signal, report });
};

export const startSweep = (given: Surroundings) => {
  const { aws, config, clock, elapsed, count, report, mutant } = given;
  const table = ledgerTable(given);
  const bodies = createBodies({ bucket: aws.bucket, limits: patient });
  const steps = {
    config,
    findGateway,
    records: mutant.sweepRecords(createRecords({ client: table.client, table: aws.recordsTable, bodies })),
    record: createRecord({ put: createSdkPut({ client: table.client, table: aws.recordsTable }), findGateway }),
    // Once a day, of what has waited for a week.
    prolong: async () => false,
    bodies,
    ledger: mutant.sweepLedger(createLedger(table)),
    ...findingsFor(given),
    ...noDigest,
    // It looks once an hour, at nothing that came by a callback.
    ...{ reconciliations: { async *all() {} }, exportKinds: [], reminders: { read: async () => clock(), write: async () => {} } },
    holds: createHolds({ ...table, clock, elapsed }),
    open: createOpenProgress(table),
    conflicts: mutant.conflicts(createConflicts(table)),
    checkpoints: createCheckpoints(table),
    timelineShards: createTimelineShards({ ...table, configured: config.capacity.timelineShards }),
    runs: createSweepRuns(table),
    spilled: mutant.spilled(createSpilled({ queueUrl: aws.spillQueueUrl, bucket: aws.bucket, limits: patient })),
    verifier: createSourceVerifier({ config, secrets: createSecretReader({ limits: patient, clock, staleForMs: verifiesForMs }) }),
    doorbells: createQueue({ url: aws.queueUrl, limits: patient }),
    deadLetters: createQueue({ url: aws.deadLetterQueueUrl, limits: patient }),
    clock,
    count,
  };
  const sweep = mutant.sweep(createSweep(mutant.sweepSteps(steps)));
  return (timeLeft: () => number) => sweep({}, { timeLeft, signal, report });
};

export const startRelease = (given: Surroundings) => {
  const { aws, config, clock, elapsed, report, pause, mutant } = given;
  const table = ledgerTable(given);
  const release = createRelease(
    mutant.release({
      config,
      ledger: mutant.sweepLedger(createLedger(table)),
      holds: createHolds({ ...table, clock, elapsed }),
      open: createOpenProgress(table),
      doorbells: createQueue({ url: aws.queueUrl, limits: patient }),
      clock,
      pause,
    }),
  );
  return (timeLeft: () => number) => release({}, { timeLeft, signal, report });
};

export const startRecover = ({ aws, config, clock, count, report, mutant }: Surroundings) => {
  const recover = mutant.recover(
    createRecover({
      config,
      record: createRecord({ put: createSdkPut({ client: dynamoDb(patient), table: aws.recordsTable }), findGateway }),
      bodies: createBodies({ bucket: aws.bucket, limits: patient }),
      clock,
      count,
    }),
  );
  return (event: SQSEvent) => recover(event, { report });
};

/** What a person's commands work with. */
export const startOperator = (given: Surroundings) => {
  const { aws, config, clock, elapsed, mutant } = given;
  const table = ledgerTable(given);
  const urls = { doorbells: aws.queueUrl, deadLetters: aws.deadLetterQueueUrl, spill: aws.spillQueueUrl };
  const connection: Connection = {
    ...openStores({ config, recordsTable: aws.recordsTable, ledgerTable: aws.ledgerTable, clock }),
    queues: () => openQueues(async (queue) => urls[queue]),
    secrets: async () => createSecretReader({ limits: patient, clock }),
    gateways: async () => findGateway,
    command: (...words) => words.join(" "),
  };
  return {
    /** For whole commands, as they are typed. */
    connection: mutant.connection(connection),
    config,
    clock,
    findGateway,
    records: createRecords({ client: table.client, table: aws.recordsTable, bodies: createBodies({ bucket: "", limits: patient }) }),
    record: mutant.operatorRecord(createRecord({ put: createSdkPut({ client: table.client, table: aws.recordsTable }), findGateway })),
    ledger: createLedger(table),
    open: createOpenProgress(table),
    conflicts: createConflicts(table),
    lookAtConflict: noFindings.look,
    holds: createHolds({ ...table, clock, elapsed }),
    contractHolds: createContractHolds(table),
    audit: createAudit({ ...table, random: () => 0 }),
    doorbells: createQueue({ url: aws.queueUrl, limits: patient }),
  };
};
