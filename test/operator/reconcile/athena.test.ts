/** `--engine athena`, as the SDK sends it to a server that speaks Athena's protocol: the same comparison as on this machine. */
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { expect, onTestFinished, test } from "vitest";
import { resourceNames } from "../../../core/config/resource-names.ts";
import { exportKinds } from "../../../gateways/registry/export-kinds.ts";
import { reconcile } from "../../../operator/reconcile/compare-command.ts";
import { startAthena } from "../../support/reconcile/athena-server.ts";
import { itemsOfTable, writeTableExport } from "../../support/reconcile/table-export.ts";
import { noon } from "../../support/world/world.ts";
import { catchOutput, connectionTo } from "../command-line.ts";
import { createShop, exported, folder, mapping } from "./shop.ts";

const rows = [
  { payment: "p-1" },
  { payment: "p-2", amount: 2_500 },
  { payment: "p-never" },
  { payment: "p-4" },
  { payment: "p-4" },
  { payment: "p-5", type: "refund", refund: "r-5", amount: 500 },
  { payment: "p-5" },
  { payment: 'p-"6, quoted' },
];

const deployed = async () => {
  const shop = await createShop();
  await shop.send(
    { id: "e1", charge: "p-1", contract: "c-1" },
    { id: "e2", charge: "p-2", contract: "c-2" },
    { id: "e4", charge: "p-4", contract: "c-4" },
    { id: "e5", charge: "p-5" },
    { id: "e6", type: "charge.refunded", charge: "p-5", refund: "r-5", amount: 500 },
    { id: "e7", charge: "p-here", contract: "c-7" },
    { id: "e8", charge: 'p-"6, quoted', contract: "c-8" },
  );
  await shop.world.settle();
  const { aws, config } = shop.world;
  const names = resourceNames(config.name);
  const place = mkdtempSync(join(folder, "table-"));
  writeTableExport(place, await itemsOfTable(aws.ledgerTable), { table: names.ledgerTable, at: noon + 3_600_000 });
  const s3 = new S3Client({ forcePathStyle: true });
  for (const name of readdirSync(place, { recursive: true, withFileTypes: true })) {
    if (!name.isFile()) continue;
    const path = join(name.parentPath, name.name);
    await s3.send(
      new PutObjectCommand({ Bucket: aws.bucket, Key: `exports/AWSDynamoDB/1${path.slice(place.length)}`, Body: readFileSync(path) }),
    );
  }
  const athena = await startAthena({ bucket: aws.bucket, workgroup: names.workgroup });
  onTestFinished(() => athena.close());
  process.env.AWS_ENDPOINT_URL_ATHENA = athena.endpoint;
  return { ...shop, athena, ourSide: `s3://${aws.bucket}/exports/AWSDynamoDB/1/` };
};

test("finds what this machine finds over the same export, and says what it costs before and after", { timeout: 120_000 }, async () => {
  const { run, athena, ourSide } = await deployed();
  const here = await run(rows, { ourSide });
  const there = await run(rows, { ourSide, engine: "athena" });
  const { files: _, ...compared } = there.value() as unknown as Record<string, unknown>;
  const { files: __, ...expected } = here.value() as unknown as Record<string, unknown>;
  expect(compared).toEqual(expected);
  expect(here.value().differences.length).toBeGreaterThan(3);
  expect(there.said.join("\n")).toMatch(
    /scans the table's export once, at most .* about 0\.00 USD at us-east-1's list price\. A query that would scan more than 93\.13 GiB is refused/,
  );
  expect(there.said.join("\n")).toMatch(/Athena scanned 0\.0\d GiB/);
  expect(athena.requests.filter((one) => one.includes("create external table"))).toHaveLength(3);
  expect([...athena.databases]).toEqual([]);
});

test("commits a run as ever, and a run by the other engine is the same one", { timeout: 120_000 }, async () => {
  const { run, ourSide } = await deployed();
  const first = await run(rows, { ourSide, engine: "athena", yes: true });
  expect(first.said.join("\n")).toContain("Committed as run");
  expect((await run(rows, { ourSide, yes: true })).said.join("\n")).toContain("The same files were committed by kei");
});

test("a query that fails stops the command with Athena's words and what to do, and leaves no database", { timeout: 120_000 }, async () => {
  const { run, athena, ourSide } = await deployed();
  athena.fail("create table entries", "Query exhausted: bytes scanned limit was exceeded");
  await expect(run(rows, { ourSide, engine: "athena" })).rejects.toThrow(
    /Athena's query q-\d+ failed: .*bytes scanned limit.* Raise `reconciliation\.bytesPerQuery`.*Nothing was changed\./,
  );
  expect([...athena.databases]).toEqual([]);
});

test("an interruption stops the query that runs", { timeout: 120_000 }, async () => {
  const { world, athena, ourSide } = await deployed();
  athena.fail("create table entries", "never");
  const caught = catchOutput({ json: true });
  const order = {
    source: "sandbox",
    files: [exported(rows)],
    mapping: [mapping],
    asOf: noon + 1,
    ourSide,
    engine: "athena",
    by: "kei",
  } as const;
  const running = reconcile(
    connectionTo(world),
    caught.terminal,
    { ...order, csv: false, recover: false, deliver: false, yes: true },
    exportKinds,
  );
  const outcome = expect(running).rejects.toThrow(/Interrupted: Athena's query q-\d+ was stopped/);
  await expect.poll(() => athena.requests.some((one) => one.includes("create table entries")), { timeout: 60_000 }).toBe(true);
  caught.interrupt();
  await outcome;
  expect(athena.requests.some((one) => one.startsWith("StopQueryExecution create table entries"))).toBe(true);
  expect([...athena.databases]).toEqual([]);
});

test("it needs a deployed workgroup, an export of the table in S3, and exports about money", { timeout: 120_000 }, async () => {
  const { run, world, ourSide, athena } = await deployed();
  await expect(run(rows, { engine: "athena" })).rejects.toThrow("name it with --our-side s3://BUCKET/AWSDynamoDB/ID/");
  await expect(run(rows, { ourSide, engine: "athena", application: "members.csv" })).rejects.toThrow("--application");
  await athena.close();
  const other = await startAthena({ bucket: world.aws.bucket, workgroup: "another" });
  onTestFinished(() => other.close());
  process.env.AWS_ENDPOINT_URL_ATHENA = other.endpoint;
  await expect(run(rows, { ourSide, engine: "athena" })).rejects.toThrow(
    /no workgroup .* deploy with `reconciliation: \{ athena: true \}`/,
  );
});
