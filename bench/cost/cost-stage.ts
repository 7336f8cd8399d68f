/** The real bundles, each in a process of its own, on engines behind recording proxies. */
import { cpSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { CreateQueueCommand } from "@aws-sdk/client-sqs";
import type { Config } from "../../core/config/config.ts";
import { source } from "../payload.ts";
import { openStage } from "../stage.ts";
import { type FunctionName, functionNames } from "./deployment.ts";
import { type RunningFunction, startFunction } from "./function-process.ts";
import { type RecordedCall, type Recording, record } from "./recording.ts";

const bundles = join(import.meta.dirname, "..", "..", "dist", "bundles");

export type Service = "DynamoDB" | "SQS" | "S3";

export interface CostStage {
  readonly home: string;
  readonly secret: string;
  readonly config: Config;
  readonly functions: Readonly<Record<FunctionName, RunningFunction>>;
  readonly tables: { readonly records: string; readonly ledger: string };
  take(): Readonly<Record<Service, readonly RecordedCall[]>>;
  close(): Promise<void>;
}

export const openCostStage = async (): Promise<CostStage> => {
  const stage = await openStage();
  const { home, clients } = stage;
  const tables = { records: "cost-records", ledger: "cost-ledger" };
  await Promise.all([stage.makeRecordsTable(tables.records), stage.makeLedgerTable(tables.ledger)]);
  await clients.s3.send(new CreateBucketCommand({ Bucket: "cost-bodies" }));
  const application = createServer((request, response) => request.resume().on("end", () => response.end("ok")));
  await new Promise<void>((ready) => application.listen(0, "127.0.0.1", ready));
  const address = application.address();
  if (address === null || typeof address === "string") throw new Error("the application has no port");
  const config: Config = {
    ...stage.config,
    targets: {
      app: { kind: "http", url: `http://127.0.0.1:${address.port}/`, mode: "pass-through", allowAddresses: ["127.0.0.0/8"] },
    },
    sources: { [source]: { gateway: "stripe", target: "app" } },
  };
  const { AWS_ENDPOINT_URL_DYNAMODB = "", AWS_ENDPOINT_URL_SQS = "", AWS_ENDPOINT_URL_S3 = "" } = stage.environment;
  const recordings: Readonly<Record<Service, Recording>> = {
    DynamoDB: await record(AWS_ENDPOINT_URL_DYNAMODB),
    SQS: await record(AWS_ENDPOINT_URL_SQS),
    S3: await record(AWS_ENDPOINT_URL_S3),
  };
  const queue = async (name: string): Promise<string> => {
    const Attributes = name.endsWith(".fifo") ? { FifoQueue: "true" } : {};
    const { QueueUrl } = await clients.sqs.send(new CreateQueueCommand({ QueueName: name, Attributes }));
    return `${recordings.SQS.url}${new URL(QueueUrl ?? "").pathname}`;
  };
  const environment = {
    ...stage.environment,
    AWS_ENDPOINT_URL_DYNAMODB: recordings.DynamoDB.url,
    AWS_ENDPOINT_URL_SQS: recordings.SQS.url,
    AWS_ENDPOINT_URL_S3: recordings.S3.url,
    RECORDS_TABLE: tables.records,
    LEDGER_TABLE: tables.ledger,
    BUCKET: "cost-bodies",
    QUEUE_URL: await queue("cost-doorbells.fifo"),
    DEAD_LETTER_QUEUE_URL: await queue("cost-dead-letters.fifo"),
    SPILL_QUEUE_URL: await queue("cost-spill"),
    // Nothing here is found, so no digest is sent.
    ALARM_TOPIC_ARN: "arn:aws:sns:us-east-1:000000000000:never-used",
  };
  const start = (name: FunctionName): Promise<RunningFunction> => {
    const directory = join(home, name);
    cpSync(join(bundles, name), directory, { recursive: true });
    writeFileSync(join(directory, "config.json"), JSON.stringify(config));
    return startFunction(join(directory, "index.mjs"), environment);
  };
  const [receive, relay, consume, sweep] = [await start("receive"), await start("relay"), await start("consume"), await start("sweep")];
  const functions = { receive, relay, consume, sweep };
  return {
    ...{ home, secret: stage.secret, config, functions, tables },
    take: () => ({ DynamoDB: recordings.DynamoDB.take(), SQS: recordings.SQS.take(), S3: recordings.S3.take() }),
    async close() {
      await Promise.all(functionNames.map((name) => functions[name].stop()));
      for (const recording of Object.values(recordings)) recording.close();
      application.closeAllConnections();
      application.close();
      await stage.close();
    },
  };
};
