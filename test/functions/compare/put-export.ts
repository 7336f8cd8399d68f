/** A stack with the function that compares exports, and a bucket that says what is put there, as S3 does. */
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { SQSEvent } from "aws-lambda";
import { onTestFinished } from "vitest";
import type { Config, SourceConfig } from "../../../core/config/config.ts";
import { createCompare } from "../../../functions/compare.ts";
import type { CompareDependencies } from "../../../functions/steps/compare/dependencies.ts";
import { findGateway } from "../../../gateways/index.ts";
import { exportKinds } from "../../../gateways/registry/export-kinds.ts";
import { bounded } from "../../../io/ending-calls.ts";
import { createExportBucket } from "../../../io/exports/bucket.ts";
import { createReconciliations } from "../../../io/ledger/runs/reconciliations.ts";
import { createScan } from "../../../io/ledger/scan/scan.ts";
import { createWorld, noon, type Sent } from "../../support/world/world.ts";

const mapping = {
  name: "shop",
  title: "the shop's list",
  about: "money",
  payment: ["payment"],
  at: [{ columns: ["at"], formats: ["iso"] }],
  amount: { column: ["amount"], sign: "unsigned", unit: "major" },
  currency: "JPY",
} as const;

export interface Row {
  readonly payment: string;
  readonly amount?: number;
  readonly at?: number;
}

export const csv = (rows: readonly Row[]): string =>
  ["payment,at,amount", ...rows.map(({ payment, amount = 1_980, at = noon }) => `${payment},${new Date(at).toISOString()},${amount}`)].join(
    "\n",
  );

export const createExchange = async (exports: SourceConfig["exports"] = { mappings: [mapping] }, changes: Partial<Config> = {}) => {
  const world = await createWorld({
    sources: { sandbox: { gateway: "sandbox", target: "app", exports } },
    ...changes,
  });
  onTestFinished(() => world.close());
  const { aws, client, config, clock, ledger, open, holds, records, record, bodies, audit } = world;
  const table = { client, table: aws.ledgerTable };
  const s3 = new S3Client({ forcePathStyle: true });
  const bucket = createExportBucket({ bucket: aws.bucket, limits: bounded });
  const dependencies: CompareDependencies = {
    ...{ config, clock, ledger, open, holds, records, record, bodies, audit, random: () => 0.5 },
    findings: world.steps.findings,
    scan: createScan(table),
    reconciliations: createReconciliations({ ...table, random: Math.random }),
    gateways: async () => findGateway,
    exports: bucket,
    kinds: exportKinds,
    alarmTopic: world.sweepDependencies.alarmTopic,
  };
  const reported: unknown[] = [];
  const state = { timeLeft: 900_000 };
  const compare = (event: SQSEvent) =>
    createCompare(dependencies)(event, { report: (error) => void reported.push(error), timeLeft: () => state.timeLeft });

  /** What S3 says of an object, in a queue's message. */
  const said = async (key: string, etag?: string): Promise<string> => {
    const object = await bucket.look(key);
    const s3Object = { key: encodeURIComponent(key).replaceAll("%20", "+"), size: object?.bytes ?? 0, eTag: etag ?? object?.etag ?? "" };
    return JSON.stringify({ Records: [{ eventName: "ObjectCreated:Put", s3: { bucket: { name: aws.bucket }, object: s3Object } }] });
  };
  const hear = (...bodies: readonly string[]) =>
    compare({ Records: bodies.map((body, at) => ({ messageId: `m-${at}`, body })) } as unknown as SQSEvent);
  const put = async (key: string, content: string | Uint8Array, Metadata: Record<string, string> = {}): Promise<void> => {
    await s3.send(
      new PutObjectCommand({ Bucket: aws.bucket, Key: key, Body: typeof content === "string" ? Buffer.from(content) : content, Metadata }),
    );
  };

  return {
    world,
    dependencies,
    reported,
    state,
    s3,
    put,
    said,
    hear,
    /** Puts it, and hears of it. */
    async arrive(key: string, content: string | Uint8Array, metadata: Record<string, string> = {}) {
      await put(key, content, metadata);
      return hear(await said(key));
    },
    async send(...events: readonly Sent[]): Promise<void> {
      for (const event of events) await world.receive(world.signed({ amount: 1_980, currency: "jpy", created: noon / 1_000, ...event }));
      await world.settle();
    },
    reports: async (): Promise<readonly string[]> => {
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: aws.bucket, Prefix: "reports/" }));
      return Contents.flatMap(({ Key }) => Key ?? []).sort();
    },
    async report(end: string): Promise<string> {
      const key = (await this.reports()).find((one) => one.endsWith(end));
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: aws.bucket, Key: key }));
      return (await Body?.transformToString()) ?? "";
    },
    runs: () => Array.fromAsync(dependencies.reconciliations.all("sandbox")),
    openFindings: async (): Promise<readonly string[]> => {
      const ids: string[] = [];
      for await (const { finding } of world.steps.findings.all("open")) ids.push(finding.id);
      return ids.sort();
    },
  };
};
