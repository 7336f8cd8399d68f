/** The real app, living through weeks. `npm run build` has made the bundles. */
import { rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { resourceNames } from "../../../core/config/resource-names.ts";
import { resumed } from "../../../core/lifecycle/holds/release-pace.ts";
import { patient } from "../../../io/clients.ts";
import { createHolds } from "../../../io/ledger/holds/holds.ts";
import { createBodies } from "../../../io/records/bodies.ts";
import { createRecords } from "../../../io/records/records.ts";
import { type Clients, createClients } from "../../../local/engines/clients.ts";
import { type LocalStack, startStack } from "../../../local/stack.ts";
import { readSecrets } from "../../../operator/connect/local-secrets.ts";
import { homeOf } from "../../../operator/connect/stack-file.ts";
import { simulateCommand } from "../../../operator/simulate/simulate-command.ts";
import { sampleCallback } from "../../../simulator/sample.ts";
import { makeDirectory } from "../tiny-stack.ts";

const [second, minute, hour, day] = [1_000, 60_000, 3_600_000, 86_400_000];
const start = Date.UTC(2016, 10, 1);

interface Attempt {
  readonly at: number;
  readonly record: string;
  readonly receivedAt: string;
}

let stack: LocalStack;
let clients: Clients;
let directory: string;
let attempts: Attempt[] = [];
let status = 200;

const application = createServer((request, response) => {
  request.resume();
  const header = (name: string) => String(request.headers[`holdfast-${name}`]);
  attempts.push({ at: stack.now(), record: header("record"), receivedAt: header("received-at") });
  response.statusCode = status;
  response.end();
});

beforeAll(async () => {
  await new Promise<void>((done) => application.listen(0, "127.0.0.1", done));
  const url = `http://127.0.0.1:${(application.address() as AddressInfo).port}/`;
  directory = makeDirectory();
  const retry = { attempts: 4, baseSeconds: 4 * 3_600, capSeconds: 8 * 3_600 };
  stack = await startStack({ directory, port: 0, quiet: true, target: { url }, clock: start, overrides: { retry, retentionDays: 20 } });
  clients = createClients(stack.endpoints);
}, 180_000);

afterAll(async () => {
  clients?.destroy();
  await stack?.stop();
  application.close();
  rmSync(directory, { recursive: true, force: true });
}, 60_000);

/** Signed by the stack's clock, and different each time. */
const send = async (source = "sandbox", apart = 0): Promise<string> => {
  const secrets = readSecrets(homeOf(directory)) ?? {};
  const sample = sampleCallback({ config: stack.config, secrets, source, url: stack.url, now: stack.now() + apart });
  if (sample.kind === "none") throw new Error(sample.reason);
  const { url, headers, body } = sample.raw;
  const answer = await fetch(url, { method: "POST", headers, body: Buffer.from(body) });
  expect(answer.status).toBe(200);
  return `${source}/`;
};

const holds = () => createHolds({ client: clients.dynamodb, table: resourceNames(stack.config.name).ledgerTable, clock: stack.now });

test("a callback is received, verified and delivered at the stack's time, ten years ago", async () => {
  await send("stripe");
  await vi.waitFor(() => expect(attempts).toHaveLength(1), { timeout: 30_000 });
  expect(attempts[0]?.receivedAt).toMatch(/^2016-11-01T00:/);
});

test("the simulator signs by the stack's clock: what is sent is genuine to its verification", async () => {
  const quiet = { json: true, print: async () => {}, say: () => {} };
  expect(await simulateCommand("stripe", { directory, seed: "a", rate: 50 }, quiet)).toBe(true);
  // All of it is delivered before the application fails in what follows.
  await stack.advance(minute);
});

test("attempts that are hours apart are made in an advance, each at its time, and one that succeeds is the last", {
  timeout: 180_000,
}, async () => {
  [attempts, status] = [[], 503];
  await send();
  await vi.waitFor(() => expect(attempts).toHaveLength(1), { timeout: 30_000 });
  const first = attempts[0]?.at ?? 0;
  while (attempts.length < 3) await stack.advance(hour);
  status = 200;
  await stack.advance(day);
  expect(attempts).toHaveLength(4);
  const waits = attempts.map(({ at }) => at - first);
  expect(waits).toEqual(waits.toSorted((one, other) => one - other));
  expect(waits[2]).toBeLessThan(13 * hour);
  expect(new Set(attempts.map(({ receivedAt }) => receivedAt)).size).toBe(1);
});

test("a hold lasts as long as it has to, and its release keeps the order and the rate", { timeout: 180_000 }, async () => {
  [attempts, status] = [[], 200];
  const held = { target: "app", by: "ann", why: "moving house", since: stack.now() };
  expect(await holds().save(held, undefined)).toBe(true);
  await stack.advance(5 * second);
  for (let count = 0; count < 12; count++) await send("sandbox", count);
  await stack.advance(3 * day);
  expect(attempts).toEqual([]);
  const known = await holds().current("app");
  expect(await holds().save(resumed({ ...held, revision: 1 }, 0.2, stack.now()), known)).toBe(true);
  await stack.advance(10 * minute);
  expect(attempts).toHaveLength(12);
  const received = attempts.map(({ receivedAt }) => receivedAt);
  expect(received).toEqual(received.toSorted());
  // One in five seconds; a run of the release may begin with what it owes for fifteen.
  expect((attempts.at(-1)?.at ?? 0) - (attempts[0]?.at ?? 0)).toBeGreaterThan(35 * second);
  expect(await holds().current("app")).toBeUndefined();
});

test("three weeks go by, and what its retention time is over for is gone", { timeout: 300_000 }, async () => {
  const { recordsTable } = resourceNames(stack.config.name);
  const records = createRecords({ client: clients.dynamodb, table: recordsTable, bodies: createBodies({ bucket: "", limits: patient }) });
  const key = attempts[0]?.record as `${string}/${string}`;
  await stack.advance(15 * day);
  expect((await records.read(key)).kind).toBe("record");
  await stack.advance(6 * day);
  expect((await records.read(key)).kind).toBe("none");
});

test("the page says what time it is, and refuses what no clock can do", async () => {
  const url = `${stack.url}/_local/clock`;
  const ask = async (body: object, type = "application/json") => {
    const answer = await fetch(url, { method: "POST", headers: { "content-type": type }, body: JSON.stringify(body) });
    return [answer.status, ((await answer.json()) as { message?: string }).message];
  };
  const now = (await (await fetch(url)).json()) as { now: string };
  expect(Math.abs(Date.parse(now.now) - stack.now())).toBeLessThan(10 * second);
  expect(await ask({ to: "2016-01-01T00:00:00Z" })).toEqual([400, expect.stringContaining("never goes back to 2016-01-01T00:00:00.000Z.")]);
  expect(await ask({ by: -minute })).toEqual([400, expect.stringContaining("never goes back")]);
  expect(await ask({ to: "2046-01-01T00:00:00Z" })).toEqual([400, expect.stringContaining("more than ten years away")]);
  expect(await ask({ by: "31d" })).toEqual([400, expect.stringContaining("Send {")]);
  expect(await ask({ by: minute }, "text/plain")).toEqual([415, "Send application/json."]);
  const advancing = stack.advance(hour);
  expect(await ask({ by: minute })).toEqual([409, expect.stringContaining("wait until it is there")]);
  await advancing;
});
