import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { CfnOutput, RemovalPolicy, Stack } from "aws-cdk-lib";
import type { IGrantable } from "aws-cdk-lib/aws-iam";
import { type IKey, Key } from "aws-cdk-lib/aws-kms";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import { validConfig } from "../core/config/check/check-config.ts";
import type { Config } from "../core/config/config.ts";
import { withDefaults } from "../core/config/defaults.ts";
import { resourceNames } from "../core/config/resource-names.ts";
import { configWithMappings } from "../core/config/with-mappings.ts";
import { knownGateways } from "../gateways/config-checks.ts";
import { loadCustomGateways } from "../gateways/registry/custom-gateways.ts";
import { exportKinds } from "../gateways/registry/export-kinds.ts";
import { Alarms } from "./alarms.ts";
import { allow } from "./allow.ts";
import { Comparer } from "./functions/comparer.ts";
import { Consumer } from "./functions/consumer.ts";
import { busesOf, Listener } from "./functions/listener.ts";
import { Receiver } from "./functions/receiver.ts";
import { Recoverer } from "./functions/recoverer.ts";
import { Relay } from "./functions/relay.ts";
import { Releaser } from "./functions/releaser.ts";
import { Sweeper } from "./functions/sweeper.ts";
import type { ConsumerNetwork } from "./network.ts";
import { Arrivals } from "./queues/arrivals.ts";
import { Spill } from "./queues/spill.ts";
import { Reconciliation, type ReconciliationProps } from "./reconciliation.ts";
import { Bodies } from "./stores/bodies.ts";
import { Ledger } from "./stores/ledger.ts";
import { Records } from "./stores/records.ts";
import { Secrets } from "./stores/secrets.ts";

export interface HoldfastProps extends Config {
  /** SNS topic for alarms. @default a new topic, with `alarms.email` subscribed */
  readonly alarmTopic?: ITopic;
  /** SNS topic for the alarms that cannot wait until the morning, those of severity `page`. @default where all alarms go */
  readonly pageTopic?: ITopic;
  /** What both tables are encrypted with. IAM policies must be able to grant its use. @default a new key, rotated yearly */
  readonly encryptionKey?: IKey;
  /** What `holdfast reconcile --engine athena` needs. docs/exports.md @default none: one machine compares some ten million lines */
  readonly reconciliation?: ReconciliationProps;
  /** A network for `consume`, whose targets are in it. @default none: it reaches what is on the internet */
  readonly network?: ConsumerNetwork;
}

/**
 * Everything between payment gateways and one or more applications. What holds data stays when the stack is deleted: both
 * tables, the key, the bucket, the spill and dead-letter queues, and the secrets.
 *
 * Throws when the configuration cannot work, with all of its problems in one message.
 */
export class Holdfast extends Construct {
  readonly records: Records;
  readonly ledger: Ledger;
  readonly bodies: Bodies;
  readonly spill: Spill;
  readonly secrets: Secrets;
  readonly receiver: Receiver;
  readonly relay: Relay;
  readonly consumer: Consumer;
  readonly recoverer: Recoverer;
  /** Where a source is on a partner's event bus. */
  readonly listener?: Listener;
  readonly sweeper: Sweeper;
  readonly releaser: Releaser;
  readonly arrivals: Arrivals;
  readonly comparer: Comparer;
  readonly alarms: Alarms;
  /** Where exports are compared by Athena. */
  readonly reconciliation?: Reconciliation;

  constructor(scope: Construct, id: string, { alarmTopic, pageTopic, encryptionKey, network, reconciliation, ...given }: HoldfastProps) {
    super(scope, id);
    loadCustomGateways(given, process.cwd());
    const named = configWithMappings(given, (path) => readFileSync(resolve(process.cwd(), path)));
    const config = validConfig(
      named,
      knownGateways(),
      exportKinds.map(({ name }) => name),
    );
    // The functions get the file as it was written, and fill it in themselves: a later version may know better.
    const { throttle, retentionDays, capacity } = withDefaults(config);
    const names = resourceNames(config.name);
    const { account, region } = Stack.of(this);

    const sealed = { encryptionKey: encryptionKey ?? this.makeKey(config.name) };
    this.records = new Records(this, "Records", { ...sealed, tableName: names.recordsTable, capacity: capacity.records });
    this.ledger = new Ledger(this, "Ledger", { ...sealed, tableName: names.ledgerTable, capacity: capacity.ledger });
    this.bodies = new Bodies(this, "Bodies", { bucketName: names.bucket(account, region), retentionDays });
    this.spill = new Spill(this, "Spill", { queueName: names.spill });
    this.secrets = new Secrets(this, "Secrets", config);
    const { records, ledger, bodies, spill, secrets } = this;
    const stores = { config, capacity, records, ledger, bodies, spill, secrets };

    this.alarms = new Alarms(this, "Alarms", { config, topic: alarmTopic, pageTopic });

    this.receiver = new Receiver(this, "Receiver", { ...stores, throttle });
    this.consumer = new Consumer(this, "Consumer", { ...stores, network });
    const { receiver, consumer } = this;
    const { doorbells, deadLetters } = consumer;
    this.relay = new Relay(this, "Relay", { ...stores, doorbells });
    this.recoverer = new Recoverer(this, "Recoverer", stores);
    this.sweeper = new Sweeper(this, "Sweeper", { ...stores, doorbells, deadLetters, alarmTopic: this.alarms.topic });
    this.releaser = new Releaser(this, "Releaser", { config, ledger, doorbells });
    if (busesOf(config).length > 0) this.listener = new Listener(this, "Listener", stores);
    this.arrivals = new Arrivals(this, "Arrivals", {
      queueName: names.arrivals,
      failedQueueName: names.arrivalsFailed,
      bucketName: names.bucket(account, region),
    });
    const { arrivals } = this;
    this.comparer = new Comparer(this, "Comparer", { ...stores, arrivals, alarmTopic: this.alarms.topic });
    const { relay, recoverer, listener, sweeper, releaser, comparer } = this;
    // What writes the timeline over more shards than before comes after what looks for records there, and what gives records hashed keys after
    // what knows those of before.
    for (const writer of [receiver, recoverer, ...(listener ? [listener] : [])])
      writer.node.addDependency(sweeper.function, consumer.function);
    this.alarms.watch({
      config,
      records,
      ledger,
      receiver,
      spill,
      relay,
      consumer,
      recoverer,
      listener,
      sweeper,
      releaser,
      comparer,
      arrivals,
    });

    if (reconciliation?.athena)
      this.reconciliation = new Reconciliation(this, "Reconciliation", {
        ...(reconciliation.bytesPerQuery !== undefined && { bytesPerQuery: reconciliation.bytesPerQuery }),
        bucketName: names.reconciliationBucket(account, region),
        ...{ workgroup: names.workgroup, databases: names.runDatabases, ledger },
      });

    this.say("CallbacksUrl", receiver.callbacksUrl, "Where gateways post to, with a source's name for {source}");
    this.say("AlarmTopic", this.alarms.topic.topicArn, "SNS topic for alarms");
    this.say("RecordsTable", records.table.tableName, "Every callback, as it came");
    this.say("LedgerTable", ledger.table.tableName, "Every record's progress and every contract's ledger");
  }

  /** Read access to everything: lists, records with their bytes, contracts, queue lengths. Changes nothing. */
  grantRead(grantee: IGrantable): void {
    this.records.grant(grantee, "dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query");
    this.records.grantIndexQuery(grantee);
    // A comparison with exports reads all of it.
    this.ledger.grant(grantee, "dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:Scan");
    this.ledger.grantIndexQuery(grantee);
    this.bodies.grant(grantee, "bodies", "s3:GetObject");
    this.bodies.grantList(grantee, "bodies");
    this.bodies.grant(grantee, "reports", "s3:GetObject");
    this.bodies.grantList(grantee, "reports");
    const queues = [this.consumer.doorbells, this.consumer.deadLetters, this.spill.queue].map(({ queueArn }) => queueArn);
    allow(grantee, ["sqs:GetQueueUrl", "sqs:GetQueueAttributes"], queues);
  }

  /** Read access, and replaying records through the normal path. Not even this changes or deletes what a gateway sent. */
  grantOperate(grantee: IGrantable): void {
    this.grantRead(grantee);
    this.ledger.grant(grantee, "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:ConditionCheckItem");
    allow(grantee, ["sqs:SendMessage"], [this.consumer.doorbells.queueArn]);
    allow(grantee, ["sqs:ReceiveMessage", "sqs:ChangeMessageVisibility", "sqs:DeleteMessage"], [this.consumer.deadLetters.queueArn]);
  }

  /** Putting exports under `exports/`, which has them compared, and nothing else: for whatever fetches them from a gateway. */
  grantExports(grantee: IGrantable): void {
    this.bodies.grant(grantee, "exports", "s3:PutObject");
  }

  /**
   * Operating, releasing callbacks from quarantine, and entering what is found in exports. Releasing verifies them again with the gateway's secret, so whoever
   * may do this can read the secrets, and could forge a callback: grant it to fewer people than `grantOperate`.
   */
  grantRelease(grantee: IGrantable): void {
    this.grantOperate(grantee);
    this.records.grant(grantee, "dynamodb:PutItem");
    this.bodies.grant(grantee, "bodies", "s3:PutObject");
    this.secrets.grantReadOfSources(grantee);
  }

  /**
   * Reading, and erasing a person's data for good (`holdfast erase`): records lose their bytes and headers, the ledger its names. The only grant
   * that changes or deletes what a gateway sent; it neither replays nor releases. Only a restore of the tables brings back what it took, for 35 days:
   * grant it to those who may decide that a customer is erased, and to nobody who has no need to.
   */
  grantErase(grantee: IGrantable): void {
    this.grantRead(grantee);
    this.records.grant(grantee, "dynamodb:UpdateItem");
    this.ledger.grant(grantee, "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:ConditionCheckItem");
    this.bodies.grant(grantee, "bodies", "s3:DeleteObject");
  }

  /**
   * Beside `grantOperate`: exporting the ledger table, and comparing by Athena. What is exported is all of the ledger, so whoever may do this can read all of it.
   */
  grantReconcile(grantee: IGrantable): void {
    if (!this.reconciliation) throw new Error("grantReconcile: deploy with `reconciliation: { athena: true }` first.");
    this.reconciliation.grant(grantee);
  }

  private makeKey(name: string): Key {
    return new Key(this, "Key", {
      alias: name,
      description: `Seals the tables of ${name}`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  private say(id: string, value: string, description: string): void {
    new CfnOutput(this, id, { value, description });
  }
}
