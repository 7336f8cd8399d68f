/**
 * The whole path in one process, on the emulators, with a clock and a coin that tests hold in their hands: the real functions
 * and stores, an application, and the hand-offs that AWS makes (stream to relay, queue to consume) as explicit steps.
 */
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import type { RawCallback, Reply } from "../../../core/callback.ts";
import { isGauge, type MetricName } from "../../../core/conditions/metric-names.ts";
import type { Config } from "../../../core/config/config.ts";
import { withDefaults } from "../../../core/config/defaults.ts";
import type { Progress } from "../../../core/lifecycle/progress.ts";
import type { RecordKey } from "../../../core/record.ts";
import { fewestShards } from "../../../core/timeline-shards.ts";
import { createConsume } from "../../../functions/consume.ts";
import { createReceive } from "../../../functions/receive.ts";
import { createRecover } from "../../../functions/recover.ts";
import { createRelay } from "../../../functions/relay.ts";
import { createRelease } from "../../../functions/release.ts";
import type { Count } from "../../../functions/shell/metrics.ts";
import { createStoreCallback } from "../../../functions/steps/receive/store-callback.ts";
import { createSweep } from "../../../functions/sweep.ts";
import { findReadBack, findGateway as findRegistered, type Gateway, gateways } from "../../../gateways/index.ts";
import { exportKinds } from "../../../gateways/registry/export-kinds.ts";
import { sourceTraits } from "../../../gateways/source-traits.ts";
import type { AlarmTopic, TopicMessage } from "../../../io/alarm-topic.ts";
import { lastResort, patient, urgent } from "../../../io/clients.ts";
import { createDirect } from "../../../io/direct/direct.ts";
import { dynamoDb } from "../../../io/dynamodb.ts";
import { createSpill } from "../../../io/fallback-store/spill.ts";
import { createSpilled } from "../../../io/fallback-store/spilled.ts";
import type { Item } from "../../../io/item.ts";
import { createAudit } from "../../../io/ledger/audit.ts";
import { createConflicts } from "../../../io/ledger/conflicts.ts";
import { createCountOpen } from "../../../io/ledger/findings/count-open.ts";
import { openFindings } from "../../../io/ledger/findings/open.ts";
import { createHolds } from "../../../io/ledger/holds/holds.ts";
import { createLedger } from "../../../io/ledger/ledger.ts";
import { createOpenProgress } from "../../../io/ledger/open-progress.ts";
import { createCheckpoints } from "../../../io/ledger/runs/checkpoint.ts";
import { createDigests } from "../../../io/ledger/runs/digest-run.ts";
import { createFindingTallies } from "../../../io/ledger/runs/finding-tally.ts";
import { createReconciliations } from "../../../io/ledger/runs/reconciliations.ts";
import { createSweepRuns } from "../../../io/ledger/runs/sweep-run.ts";
import { createTimelineShards } from "../../../io/ledger/timeline-shards.ts";
import { createQueue } from "../../../io/queues/queue.ts";
import { createQueueDepth } from "../../../io/queues/queue-depth.ts";
import { createReadBack } from "../../../io/read-back/read-back.ts";
import { createBodies } from "../../../io/records/bodies.ts";
import { createDirectPut } from "../../../io/records/direct-put.ts";
import { createProlong } from "../../../io/records/prolong.ts";
import type { PutIfNew } from "../../../io/records/put-if-new.ts";
import { createQuarantine } from "../../../io/records/quarantine.ts";
import { createRecord } from "../../../io/records/record.ts";
import { createRecords } from "../../../io/records/records.ts";
import { createSdkPut } from "../../../io/records/sdk-put.ts";
import { createUnverifiedRoom } from "../../../io/records/unverified-room.ts";
import type { SecretReader, Secrets } from "../../../io/secrets.ts";
import { createSourceVerifier } from "../../../io/source-verifier.ts";
import { createDeliver } from "../../../io/targets/deliver.ts";
import { createAws, type Endpoints } from "../aws/aws.ts";
import { startApplication } from "./application.ts";
import { noteWritten, skippingEmptyShards } from "./empty-shards.ts";
import { openStream } from "./stream.ts";

const { sandbox } = gateways;

export const secret = "sandbox secret";
/** 2026-11-20T12:00:00Z, where every test begins. */
export const noon = Date.UTC(2026, 10, 20, 12);

export interface Sent {
  readonly id: string;
  readonly type?: string;
  readonly [field: string]: unknown;
}

export type World = Awaited<ReturnType<typeof buildWorld>>;

export const buildWorld = async (
  endpoints: Endpoints,
  changes: Partial<Config> = {},
  findGateway: (name: string) => Gateway | undefined = findRegistered,
) => {
  const aws = await createAws(endpoints);
  const application = await startApplication();
  const config = withDefaults({
    name: "test",
    targets: { app: { kind: "http", url: application.url, mode: "pass-through", allowAddresses: ["127.0.0.0/8"], timeoutSeconds: 2 } },
    sources: { sandbox: { gateway: "sandbox", target: "app" } },
    // As few as there can be: each sweep reads all of them.
    capacity: { timelineShards: fewestShards },
    ...changes,
  });
  const counts = new Map<MetricName, number>();
  const reported: unknown[] = [];
  const time = { now: noon, random: 0.5, sweepMs: 600_000, releaseMs: 65_000 };
  /** What goes on while the release pauses. */
  const meanwhile = { work: async () => {} };
  const secrets: SecretReader & { readable: boolean; secrets: readonly string[] } = {
    readable: true,
    secrets: [secret],
    async read() {
      return this.readable ? { kind: "readable", secrets: this.secrets } : { kind: "unreadable", reason: "Secrets Manager is away" };
    },
    renew: async () => false,
  };
  /** Credentials of gateways' APIs, by the secret's name. */
  const apiSecrets = new Map<string, Secrets>();
  const clock = () => time.now;
  const count: Count = (name, _source, value = 1) => void counts.set(name, isGauge(name) ? value : (counts.get(name) ?? 0) + value);
  const report = (error: unknown) => void reported.push(error);
  const invocation = { timeLeft: () => 600_000, signal: new AbortController().signal, report };

  const client = dynamoDb(patient);
  const bodies = createBodies({ bucket: aws.bucket, limits: lastResort });
  const records = createRecords({ client, table: aws.recordsTable, bodies });
  const ledger = createLedger({ client, table: aws.ledgerTable });
  const open = createOpenProgress({ client, table: aws.ledgerTable });
  const conflicts = createConflicts({ client, table: aws.ledgerTable });
  const holds = createHolds({ client, table: aws.ledgerTable, clock });
  const doorbells = createQueue({ url: aws.queueUrl, limits: patient });
  const deadLetters = createQueue({ url: aws.deadLetterQueueUrl, limits: patient });
  const verifier = createSourceVerifier({ config, secrets });
  const direct = createDirect("dynamodb", process.env, Date.now);
  const directly = createDirectPut({ call: direct?.call, table: aws.recordsTable, limits: urgent, clock });
  /** What receive has put, or tried to. */
  const puts: Item[] = [];
  const put: PutIfNew = (item, signal) => {
    puts.push(item);
    noteWritten(item);
    return directly(item, signal);
  };
  const store = createStoreCallback({
    record: createRecord({ put, keepsAll: false, findGateway }),
    bodies,
    spill: createSpill({ queueUrl: aws.spillQueueUrl, bucket: aws.bucket, limits: lastResort }),
    keeping: config,
  });
  const quarantine = createQuarantine({ put, clock });
  const unverifiedRoom = createUnverifiedRoom({ put });
  const receive = createReceive({ config, findFront: findGateway, verifier, store, quarantine, unverifiedRoom, clock, count, report });
  const relay = createRelay({ config, findGateway, bodies, queue: doorbells, count });
  const found = openFindings({
    client,
    table: aws.ledgerTable,
    ledger,
    config,
    traitsOf: sourceTraits(config, findGateway),
    clock,
    random: Math.random,
  });
  const steps = {
    config,
    findGateway,
    records,
    ledger,
    conflicts,
    ...found,
    holds,
    streaks: new Map(),
    readBack: createReadBack({ config, findReadBack, secrets: { read: async (name) => apiSecrets.get(name) ?? secrets.read(name) } }),
    deliver: createDeliver({ config, findGateway, secrets, clock }),
    deadLetters,
    doorbells,
    clock,
    random: () => time.random,
    count,
  };
  const consume = createConsume(steps, doorbells);
  /** What came to the people to whom alarms go. */
  const mail: TopicMessage[] = [];
  const alarmTopic: AlarmTopic = {
    publish: async (message) => {
      mail.push(message);
      return { kind: "sent" };
    },
  };
  const sweepDependencies = {
    config,
    findGateway,
    records,
    record: createRecord({ put: createSdkPut({ client, table: aws.recordsTable }), findGateway }),
    prolong: createProlong({ client, table: aws.recordsTable, bodies }),
    bodies,
    ledger,
    ...found,
    countOpen: createCountOpen({ client, table: aws.ledgerTable }),
    tallies: createFindingTallies({ client, table: aws.ledgerTable }),
    digests: createDigests({ client, table: aws.ledgerTable }),
    reconciliations: createReconciliations({ client, table: aws.ledgerTable, random: Math.random }),
    reminders: createCheckpoints({ client, table: aws.ledgerTable }),
    exportKinds,
    alarmTopic,
    holds,
    open,
    conflicts,
    checkpoints: createCheckpoints({ client, table: aws.ledgerTable }),
    timelineShards: createTimelineShards({ client, table: aws.ledgerTable, configured: config.capacity.timelineShards }),
    runs: createSweepRuns({ client, table: aws.ledgerTable }),
    spilled: createSpilled({ queueUrl: aws.spillQueueUrl, bucket: aws.bucket, limits: patient }),
    verifier,
    doorbells,
    deadLetters,
    clock,
    count,
  };
  const sweep = createSweep(sweepDependencies);
  const releaseDependencies = {
    config,
    ledger,
    holds,
    open,
    doorbells,
    clock,
    pause: async (ms: number) => {
      time.now += ms;
      await meanwhile.work();
    },
  };
  const release = createRelease(releaseDependencies);
  const recover = createRecover({
    config,
    record: createRecord({ put: createSdkPut({ client, table: aws.recordsTable }), findGateway }),
    bodies,
    clock,
    count,
  });
  const stream = await openStream(endpoints.dynamodb, aws.recordsTable);
  const sqs = new SQSClient();

  const handOut = async (queueUrl: string, handler: (event: SQSEvent) => Promise<SQSBatchResponse>): Promise<number> => {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 0, MessageSystemAttributeNames: ["All"] }),
    );
    if (Messages.length === 0) return 0;
    const event: SQSEvent = {
      Records: Messages.map(
        (message): SQSRecord => ({
          messageId: message.MessageId ?? "",
          receiptHandle: message.ReceiptHandle ?? "",
          body: message.Body ?? "",
          attributes: { ...message.Attributes } as SQSRecord["attributes"],
          messageAttributes: {},
          md5OfBody: "",
          eventSource: "aws:sqs",
          eventSourceARN: "",
          awsRegion: "us-east-1",
        }),
      ),
    };
    const { batchItemFailures } = await handler(event);
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    for (const message of event.Records)
      if (!failed.has(message.messageId))
        await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: message.receiptHandle }));
    return Messages.length;
  };

  return {
    aws,
    application,
    config,
    counts,
    reported,
    time,
    secrets,
    apiSecrets,
    client,
    puts,
    records,
    record: createRecord({ put: createSdkPut({ client, table: aws.recordsTable }), findGateway }),
    bodies,
    verifier,
    findGateway,
    clock,
    ledger,
    holds,
    open,
    conflicts,
    doorbells,
    deadLetters,
    audit: createAudit({ client, table: aws.ledgerTable, random: Math.random }),
    steps,
    mail,
    sweepDependencies,
    releaseDependencies,
    /** What relay has not been handed yet. */
    stream,

    /** A genuine callback of the sandbox gateway. */
    signed: (sent: Sent): RawCallback => ({
      ...sandbox.sign(
        Buffer.from(JSON.stringify({ type: "charge.succeeded", created: time.now / 1000, ...sent })),
        { secrets: [secret] },
        time.now,
      ),
      source: "sandbox",
      url: "https://callbacks.example.com/callbacks/sandbox",
    }),
    receive: (raw: RawCallback): Promise<Reply> => receive(raw),

    /** What the stream's event source mapping does: hands new records to relay, which rings. */
    async relay(): Promise<void> {
      const batch = await stream();
      if (batch.Records.length > 0) await relay(batch, invocation);
    },

    /** What the queue's event source mapping does, once: hands what is visible to consume and deletes what it could answer. */
    consume: (handler: (event: SQSEvent) => Promise<SQSBatchResponse> = (event) => consume(event, invocation)): Promise<number> =>
      handOut(aws.queueUrl, handler),

    /** The same for what was spilled. */
    recover: (): Promise<number> => handOut(aws.spillQueueUrl, (event) => recover(event, invocation)),

    sweep: () => skippingEmptyShards(client, aws, () => sweep({}, { ...invocation, timeLeft: () => time.sweepMs })),

    /** One run of the release, which lets time pass. @param ms how long it works; `work`: what goes on in its pauses */
    async release(ms = time.releaseMs, work = async () => {}): Promise<void> {
      const until = time.now + ms;
      meanwhile.work = work;
      await skippingEmptyShards(client, aws, () => release({}, { ...invocation, timeLeft: () => 10_000 + until - time.now }));
    },

    /** Recovers, relays and consumes until nothing is visible any more. */
    async settle(): Promise<void> {
      while ((await this.recover()) > 0);
      await this.relay();
      while ((await this.consume()) > 0);
    },

    /** Doorbells that ring again later. The queue counts that by the machine's clock, whatever the world's says. */
    snoozed: async (): Promise<number> => (await createQueueDepth(patient).depth(aws.queueUrl)).hidden,

    async progress(id: string): Promise<Progress | undefined> {
      return ledger.progress(`sandbox/${id}` as RecordKey);
    },
    delivered: () => application.received.map(({ record }) => record.slice("sandbox/".length)),
    close: () => application.close(),
  };
};
