/** A day's renewals, of which the callback says only how many: as many pages of the gateway's API as there are, in as many turns as it takes. */
import { expect, test } from "vitest";
import { planReplay } from "../../../core/lifecycle/replay.ts";
import type { RecordKey } from "../../../core/record.ts";
import { createConsume } from "../../../functions/consume.ts";
import { createReadBackPages } from "../../../io/read-back/pages.ts";
import { createAskingWorld, credential } from "../../support/read-back/asking-world.ts";
import { type Api, fincodeApi } from "../../support/read-back/fake-api.ts";
import { batch, renewal, renewals } from "../../support/read-back/fincode-batch.ts";

const second = 1_000;
const { signal } = new AbortController();

/** An API that takes so long for each page, and an invocation of a minute, both by the world's clock. */
const setUp = async (answerMs: number, mode: "pass-through" | "signed", api: Api) => {
  const at = { api, answerMs };
  const { world, asked, receive } = await createAskingWorld(
    "fincode",
    (one, { time }) => {
      time.now += at.answerMs;
      return at.api(one);
    },
    { mode },
  );
  Object.assign(world.config.targets.app ?? {}, { timeoutSeconds: 10 });
  const keys: RecordKey[] = [];
  return {
    world,
    at,
    /** Of each page that was asked for, its number. */
    pages: () => asked.map(({ query }) => Number(query.get("page"))),
    kept: async () =>
      (await createReadBackPages({ client: world.client, table: world.aws.ledgerTable }).read(await key(), await since())).size,
    async receive(total: number) {
      expect((await receive(batch(total))).status).toBe(200);
      keys.push(...world.puts.flatMap(({ pk }) => (pk?.S ? [pk.S as RecordKey] : [])));
      await world.relay();
    },
    async invocation() {
      const until = world.time.now + 60 * second;
      const report = (error: unknown) => void world.reported.push(error);
      return world.consume((event) =>
        createConsume(world.steps, world.doorbells)(event, { timeLeft: () => until - world.time.now, signal, report }),
      );
    },
    key,
    progress,
    contract: (number: number) => world.ledger.contract("mine", `su_${number}`),
  };

  async function key(): Promise<RecordKey> {
    return keys[0] ?? "mine/none";
  }
  async function progress() {
    return world.ledger.progress(await key());
  }
  async function since() {
    return (await progress())?.readSoFar ?? { since: 0, pages: 0 };
  }
};

test("is read page by page over several invocations, each page once, and the ledger learns all of it together", async () => {
  const { world, pages, receive, invocation, progress, contract } = await setUp(
    4 * second,
    "pass-through",
    fincodeApi(credential, renewals(40)),
  );
  await receive(40);
  await invocation();
  expect(await progress()).toMatchObject({ state: "ready", attempts: 0, applied: false, cause: { kind: "partly read back" } });
  expect(await contract(1)).toBeUndefined();
  const first = pages().length;
  expect(first).toBeGreaterThan(5);
  expect(world.application.received).toEqual([]);

  while ((await invocation()) > 0);
  expect(pages()).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
  expect(await progress()).toMatchObject({ state: "delivered", attempts: 1 });
  for (const number of [1, 20, 40]) expect((await contract(number))?.charges).toMatchObject([{ state: "succeeded" }]);
  expect(world.application.received).toHaveLength(1);
  expect(world.reported).toEqual([]);
});

test("goes on behind the page at which the API failed", async () => {
  const good = fincodeApi(credential, renewals(10));
  const { at, pages, receive, invocation, progress } = await setUp(0, "pass-through", (asked) =>
    asked.query.get("page") === "3" ? { status: 503 } : good(asked),
  );
  await receive(10);
  await invocation();
  expect(await progress()).toMatchObject({ state: "retrying", attempts: 1, readSoFar: { pages: 2 } });
  at.api = good;
  await expect.poll(invocation, { timeout: 10_000 }).toBe(1);
  expect(pages()).toEqual([1, 2, 3, 3, 4, 5]);
  expect(await progress()).toMatchObject({ state: "delivered" });
});

test("an API that never answers in time is an attempt, and not read on for ever", async () => {
  const { receive, invocation, progress } = await setUp(0, "pass-through", () => ({ status: 503 }));
  await receive(10);
  await invocation();
  expect(await progress()).toMatchObject({ state: "retrying", attempts: 1, cause: { kind: "read-back unavailable" } });
  expect(await progress()).not.toHaveProperty("readSoFar");
});

test("is sent to a signed target as it was read, however often the list changes, and is not read again", async () => {
  const list = renewals(6);
  const api: Api = (asked) => fincodeApi(credential, list)(asked);
  const { world, pages, receive, invocation, kept, key, progress } = await setUp(0, "signed", api);
  world.application.behave(() => {
    world.time.now += 9 * second;
    return { status: 200 };
  });
  await receive(6);
  await invocation();
  expect(await progress()).toMatchObject({ state: "ready", cause: { kind: "partly delivered", of: 13 } });
  expect(await kept()).toBe(3);
  list.unshift(renewal(7));
  while ((await invocation()) > 0);
  expect(pages()).toEqual([1, 2, 3]);
  const ids = world.application.received.map(({ headers }) => headers["webhook-id"]);
  expect(new Set(ids).size).toBe(13);
  expect(ids).toHaveLength(13);
  expect(await progress()).toMatchObject({ state: "delivered" });
  // Nothing is left of what was kept for it.
  expect(
    (await createReadBackPages({ client: world.client, table: world.aws.ledgerTable }).read(await key(), { since: 0, pages: 0 })).size,
  ).toBe(0);
  expect(await kept()).toBe(0);
});

test("is read again for a replay", async () => {
  const good = fincodeApi(credential, renewals(4));
  const { world, pages, receive, invocation, key, progress } = await setUp(0, "signed", good);
  world.application.behave(() => ({ status: 422 }));
  await receive(4);
  await invocation();
  const dead = await progress();
  expect(dead).toMatchObject({ state: "dead", readSoFar: { pages: 2 } });
  world.application.behave(() => ({ status: 200 }));
  const record = await world.records.load(await key());
  const planned = record && planReplay(record, dead, { contracts: [], now: world.time.now });
  if (planned?.kind !== "ring") throw new Error("it is not replayed");
  world.time.now += second;
  await world.ledger.save(planned.progress, dead);
  world.time.now += 120 * second;
  await world.sweep();
  while ((await invocation()) > 0);
  expect(pages()).toEqual([1, 2, 1, 2]);
  expect(await progress()).toMatchObject({ state: "delivered" });
});

test("of more subscriptions than fit one transaction is in the ledger of each, and out of all their lines in the end", async () => {
  const { world, pages, receive, invocation, progress, contract } = await setUp(
    second,
    "pass-through",
    fincodeApi(credential, renewals(150), 50),
  );
  await receive(150);
  while ((await invocation()) > 0);
  expect(pages()).toEqual([1, 2, 3]);
  expect(await progress()).toMatchObject({ state: "delivered" });
  for (const number of [1, 75, 150]) {
    expect((await contract(number))?.charges).toHaveLength(1);
    expect(await world.ledger.firstInLine({ source: "mine", contract: `su_${number}` })).toBeUndefined();
  }
  expect(world.application.received).toHaveLength(1);
});
