/** Where a benchmark runs: fresh engines, and the `receive` bundle beside its configuration, all in a directory that is removed afterwards. */
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { paginateScan } from "@aws-sdk/client-dynamodb";
import { CreateQueueCommand, type CreateQueueCommandInput } from "@aws-sdk/client-sqs";
import type { Config } from "../core/config/config.ts";
import { sourceSecretName } from "../core/config/of-config.ts";
import { Failure } from "../core/failure.ts";
import { expiryAttribute, openIndex, partitionKey, sortKey, timelineIndex } from "../io/table.ts";
import { type Clients, createClients, sdkEnvironment } from "../local/engines/clients.ts";
import { startEmulators } from "../local/engines/emulators.ts";
import { ensureSecrets, serveSecrets } from "../local/secrets.ts";
import { makeTable, type TableProperties } from "../local/template/tables.ts";
import type { Endpoints } from "../operator/connect/stack-file.ts";
import { delayed } from "./delayed.ts";
import { source } from "./payload.ts";

export interface Stage {
  readonly home: string;
  readonly clients: Clients;
  /** The secret that callbacks are signed with; `receive` reads it from Secrets Manager, the others are given it. */
  readonly secret: string;
  /** The variables with which an SDK client finds the engines. */
  readonly environment: Readonly<Record<string, string>>;
  readonly config: Config;
  makeRecordsTable(name: string): Promise<void>;
  makeLedgerTable(name: string): Promise<void>;
  makeIdempotencyTable(name: string): Promise<void>;
  /** @returns the queue's URL. */
  makeQueue(name: string): Promise<string>;
  makeFifoQueue(name: string): Promise<string>;
  countItems(table: string): Promise<number>;
  close(): Promise<void>;
}

const config: Config = {
  name: "bench",
  targets: { app: { kind: "http", url: "https://app.example.com/webhooks", mode: "pass-through" } },
  sources: { [source]: { gateway: "stripe", target: "app" } },
};

const builtReceive = join(import.meta.dirname, "..", "dist", "bundles", "receive");

/** Always engines of our own, never those of AWS_ENDPOINT_URL_*: tables are compared within one run only. */
/** @param networkMs how long a round trip between a contestant and an engine takes, beside what the machine takes */
export const openStage = async (networkMs = 0): Promise<Stage> => {
  if (!existsSync(join(builtReceive, "index.mjs"))) throw new Failure("receive is not bundled yet: run npm run build first.");
  const home = mkdtempSync(join(tmpdir(), "holdfast-bench-"));
  const emulators = await startEmulators(home, {});
  const secret = ensureSecrets(home, config)[sourceSecretName(config, source)]?.secrets[0] ?? "";
  const secretsManager = await serveSecrets(home);
  const endpoints: Endpoints = { ...emulators.endpoints, secretsManager: secretsManager.url };
  const clients = createClients(endpoints);
  const [dynamodb, sqs] = await Promise.all([delayed(endpoints.dynamodb, networkMs), delayed(endpoints.sqs, networkMs)]);
  const queueNamed = async (queue: CreateQueueCommandInput): Promise<string> => {
    const { QueueUrl } = await clients.sqs.send(new CreateQueueCommand(queue));
    return `${sqs.url}${new URL(QueueUrl ?? "").pathname}`;
  };
  return {
    home,
    clients,
    secret,
    environment: { ...sdkEnvironment({ ...endpoints, dynamodb: dynamodb.url, sqs: sqs.url }, home), AWS_LAMBDA_FUNCTION_NAME: "bench" },
    config,
    makeLedgerTable: async (name) => void (await makeTable(clients.dynamodb, name, ledgerTable)),
    makeRecordsTable: async (name) => void (await makeTable(clients.dynamodb, name, recordsTable)),
    makeIdempotencyTable: async (name) => void (await makeTable(clients.dynamodb, name, idempotencyTable)),
    makeQueue: (name) => queueNamed({ QueueName: name }),
    makeFifoQueue: (name) => queueNamed({ QueueName: `${name}.fifo`, Attributes: { FifoQueue: "true" } }),
    async countItems(table) {
      let count = 0;
      for await (const page of paginateScan({ client: clients.dynamodb }, { TableName: table, Select: "COUNT" })) count += page.Count ?? 0;
      return count;
    },
    async close() {
      clients.destroy();
      for (const network of [dynamodb, sqs]) network.close();
      await Promise.all([secretsManager.close(), emulators.stop()]);
      rmSync(home, { recursive: true, force: true });
    },
  };
};

/** `receive` as it is deployed: the built bundle with `config.json` beside it. @returns the path of the bundle. */
export const stageReceive = (directory: string): string => {
  cpSync(builtReceive, directory, { recursive: true });
  writeFileSync(join(directory, "config.json"), JSON.stringify(config));
  return join(directory, "index.mjs");
};

/** As lib/stores/sealed-table.ts deploys both tables. */
const sealedTable = (index: { readonly name: string; readonly partition: string; readonly sort: string }): TableProperties => ({
  AttributeDefinitions: [
    { AttributeName: partitionKey, AttributeType: "S" },
    { AttributeName: sortKey, AttributeType: "S" },
    { AttributeName: index.partition, AttributeType: "S" },
    { AttributeName: index.sort, AttributeType: "N" },
  ],
  KeySchema: [
    { AttributeName: partitionKey, KeyType: "HASH" },
    { AttributeName: sortKey, KeyType: "RANGE" },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: index.name,
      KeySchema: [
        { AttributeName: index.partition, KeyType: "HASH" },
        { AttributeName: index.sort, KeyType: "RANGE" },
      ],
      Projection: { ProjectionType: "KEYS_ONLY" },
    },
  ],
});

const ledgerTable = sealedTable(openIndex);

/** The records table as lib/stores/records.ts deploys it. */
const recordsTable: TableProperties = {
  ...sealedTable(timelineIndex),
  StreamSpecification: { StreamViewType: "NEW_IMAGE" },
  TimeToLiveSpecification: { AttributeName: expiryAttribute },
};

/** What Powertools' documentation asks for. */
const idempotencyTable: TableProperties = {
  AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
  KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
  TimeToLiveSpecification: { AttributeName: "expiration" },
};
