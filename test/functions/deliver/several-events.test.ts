/** A record with several events for a signed target: each has one attempt after another, and the record as long as it takes. */
import { expect, onTestFinished, test } from "vitest";
import { breaker } from "../../../core/lifecycle/holds/hold.ts";
import { planReplay } from "../../../core/lifecycle/replay.ts";
import { discard } from "../../../core/lifecycle/transitions/operator.ts";
import type { RecordKey } from "../../../core/record.ts";
import { createConsume } from "../../../functions/consume.ts";
import { answer } from "../../../functions/steps/consume/process-doorbell.ts";
import type { Gateway } from "../../../gateways/gateway.ts";
import { gateways } from "../../../gateways/index.ts";
import type { Delivered, Said } from "../../support/world/application.ts";
import { createWorld, secret } from "../../support/world/world.ts";

const { sandbox } = gateways;
const second = 1_000;
const { signal } = new AbortController();

/** Of a body's `items` each is an event, of the one contract. */
const setup = async ({ timeoutSeconds = 10 } = {}) => {
  const today = { items: (items: readonly number[]) => items };
  const itemised: Gateway = {
    ...sandbox,
    parse(callback) {
      const [event] = sandbox.parse(callback);
      const { items } = JSON.parse(Buffer.from(callback.body).toString()) as { items?: number[] };
      if (!event || !items) return event ? [event] : [];
      return today.items(items).map((item) => ({ ...event, id: `${event.id}#${item}` }));
    },
  };
  const world = await createWorld({}, (name) => (name === "sandbox" ? itemised : undefined));
  onTestFinished(() => world.close());
  Object.assign(world.config.targets.app ?? {}, { mode: "signed", timeoutSeconds });
  /** How long the application takes for an event, and what it answers. */
  const taking = (ms: number, said: (id: string) => Said | Promise<Said> = () => ({ status: 200 })) =>
    world.application.behave(async (delivered) => {
      world.time.now += ms;
      return said(idOf(delivered));
    });
  return {
    world,
    today,
    taking,
    async receive(id: string, items: readonly number[]): Promise<void> {
      const body = Buffer.from(JSON.stringify({ id, type: "charge.succeeded", created: world.time.now / 1000, contract: "sub_1", items }));
      await world.receive({ ...sandbox.sign(body, { secrets: [secret] }, world.time.now), source: "sandbox" });
      world.time.now += 10;
    },
    /** One invocation of a minute, by the world's clock. */
    invocation: async () => {
      await world.relay();
      const until = world.time.now + 60 * second;
      const { report } = { report: (error: unknown) => void world.reported.push(error) };
      return world.consume((event) =>
        createConsume(world.steps, world.doorbells)(event, { timeLeft: () => until - world.time.now, signal, report }),
      );
    },
    /** A turn for a record, in whatever process. */
    async turn(id: string, ring: "queue" | "line" = "queue") {
      const { epoch = 0 } = (await world.progress(id)) ?? {};
      const doorbell = { key: `sandbox/${id}`, source: "sandbox", group: "", epoch } as const;
      return answer({ ...world.steps, signal, timeLeft: () => 55 * second }, doorbell, ring);
    },
    sent: () => world.application.received.map(idOf),
    attempts: () => world.application.received.map(({ attempt }) => attempt),
  };
};

const idOf = ({ headers }: Delivered): string => String(headers["webhook-id"]).slice("sandbox/".length);
const numbers = (count: number, first = 1) => Array.from({ length: count }, (_, at) => at + first);
const ids = (id: string, items: readonly number[]) => items.map((item) => `${id}#${item}`);

test("ten items of seven seconds each take two invocations, and each is sent once", async () => {
  const { world, taking, receive, invocation, sent, attempts } = await setup();
  taking(7 * second);
  await receive("batch", numbers(10));
  await invocation();
  expect(sent()).toEqual(ids("batch", numbers(7)));
  expect(await world.progress("batch")).toMatchObject({
    state: "ready",
    attempts: 0,
    inLine: true,
    cause: { kind: "partly delivered", accepted: 7, of: 10 },
  });
  // At once, and not after a backoff.
  expect(await invocation()).toBe(1);
  expect(sent()).toEqual(ids("batch", numbers(10)));
  expect(new Set(attempts())).toEqual(new Set([1]));
  expect(await world.progress("batch")).toMatchObject({ state: "delivered", attempts: 1 });
  expect(await world.progress("batch")).not.toHaveProperty("accepted");
  expect(world.reported).toEqual([]);
});

test("its findings are looked for in the first of its turns, and not in each", async () => {
  const { world, taking, receive, invocation } = await setup();
  const { look } = world.steps;
  let looks = 0;
  world.steps.look = (...about) => {
    looks++;
    return look(...about);
  };
  taking(7 * second);
  await receive("batch", numbers(10));
  await invocation();
  await invocation();
  expect(await world.progress("batch")).toMatchObject({ state: "delivered" });
  expect(looks).toBe(1);
});

test("what cannot be answered within the invocation is not begun: a target that may take thirty seconds gets one event after another", async () => {
  const { taking, receive, invocation, sent } = await setup({ timeoutSeconds: 30 });
  taking(26 * second);
  await receive("batch", numbers(3));
  await invocation();
  expect(sent()).toEqual(ids("batch", [1]));
  await invocation();
  await invocation();
  expect(sent()).toEqual(ids("batch", [1, 2, 3]));
});

test("without time for a single answer nothing is sent, and it counts as no attempt", async () => {
  const { world, taking, receive, sent } = await setup({ timeoutSeconds: 30 });
  taking(0);
  await receive("batch", [1, 2]);
  await world.relay();
  const steps = { ...world.steps, signal, timeLeft: () => 29 * second };
  const doorbell = { key: "sandbox/batch", source: "sandbox", group: "", epoch: 0 } as const;
  expect(await answer(steps, doorbell, "queue")).toEqual({ kind: "again", delayMs: 0 });
  expect(sent()).toEqual([]);
  expect(await world.progress("batch")).toBeUndefined();
});

test("a process that dies has only what was in flight sent again, and when it lives on it sends no more", async () => {
  const { world, taking, receive, turn, sent } = await setup();
  const [arrived, mayAnswer] = [Promise.withResolvers<void>(), Promise.withResolvers<Said>()];
  let isHanging = true;
  taking(0, (id) => {
    if (id !== "batch#5" || !isHanging) return { status: 200 };
    isHanging = false;
    arrived.resolve();
    return mayAnswer.promise;
  });
  await receive("batch", numbers(8));
  const frozen = turn("batch");
  await arrived.promise;
  await turn("batch");
  expect(sent()).toEqual([...ids("batch", numbers(5)), ...ids("batch", numbers(4, 5))]);
  expect(await world.progress("batch")).toMatchObject({ state: "delivered" });
  mayAnswer.resolve({ status: 200 });
  expect(await frozen).toEqual({ kind: "done" });
  expect(sent()).toHaveLength(9);
});

test("one that is refused in the middle makes a dead letter that names it; a replay sends it and those after it", async () => {
  const { world, taking, receive, invocation, turn, sent } = await setup();
  taking(0, (id) => ({ status: id === "batch#3" ? 422 : 200 }));
  await receive("batch", numbers(5));
  await invocation();
  const dead = await world.progress("batch");
  expect(dead).toMatchObject({
    state: "dead",
    attempts: 1,
    cause: { kind: "refused", status: 422, part: { event: "batch#3", accepted: 2, of: 5 } },
  });
  expect(sent()).toEqual(ids("batch", [1, 2, 3]));

  taking(0);
  const record = await world.records.load("sandbox/batch" as RecordKey);
  const planned = record && planReplay(record, dead, { contracts: ["sub_1"], now: world.time.now });
  if (planned?.kind !== "ring") throw new Error("it is not replayed");
  await world.ledger.save(planned.progress, dead);
  await turn("batch", "queue");
  expect(sent()).toEqual(ids("batch", [1, 2, 3, 3, 4, 5]));
  expect(await world.progress("batch")).toMatchObject({ state: "delivered" });
});

test("a failure in the middle is retried there, and its attempts are counted from there", async () => {
  const { world, taking, receive, invocation, turn, sent, attempts } = await setup();
  let failures = 2;
  taking(0, (id) => ({ status: id === "batch#2" && failures-- > 0 ? 503 : 200 }));
  await receive("batch", numbers(3));
  await invocation();
  expect(await world.progress("batch")).toMatchObject({ state: "retrying", attempts: 1, cause: { part: { event: "batch#2" } } });
  await turn("batch");
  expect(await world.progress("batch")).toMatchObject({ state: "retrying", attempts: 2 });
  await turn("batch");
  expect(sent()).toEqual(ids("batch", [1, 2, 2, 2, 3]));
  expect(attempts()).toEqual([1, 1, 2, 3, 1]);
  expect(await world.progress("batch")).toMatchObject({ state: "delivered", attempts: 1 });
});

test("an application that fails now and then makes no dead letter of a long list", async () => {
  const { world, taking, receive, turn, sent } = await setup();
  const failed = new Set<string>();
  taking(0, (id) => ({ status: failed.has(id) || !failed.add(id) ? 200 : 503 }));
  await receive("batch", numbers(30));
  await world.relay();
  for (let turns = 0; turns < 31; turns++) await turn("batch");
  expect(await world.progress("batch")).toMatchObject({ state: "delivered" });
  expect(sent()).toHaveLength(60);
});

test("what comes later in its contract waits for the rest of it", async () => {
  const { world, taking, receive, invocation, sent } = await setup();
  taking(20 * second);
  await receive("batch", numbers(4));
  await receive("later", [1]);
  while ((await invocation()) > 0);
  expect(sent()).toEqual([...ids("batch", numbers(4)), "later#1"]);
  expect(await world.progress("later")).toMatchObject({ state: "delivered" });
});

test("a hold that is put on meanwhile keeps the rest, which goes on with its release", async () => {
  const { world, taking, receive, turn, sent } = await setup();
  const hold = { target: "app", by: "ann", why: "a release", since: world.time.now };
  taking(5 * second, async (id) => {
    if (id === "batch#2") await world.holds.save(hold, undefined);
    return { status: 200 };
  });
  await receive("batch", numbers(4));
  await turn("batch");
  await turn("batch");
  expect(sent()).toEqual(ids("batch", [1, 2]));
  expect(await world.progress("batch")).toMatchObject({ state: "waiting", cause: { kind: "target held", by: "ann" } });
  const known = await world.holds.current("app");
  if (known) await world.holds.save({ ...known, ratePerSecond: 10 }, known);
  world.time.now += 60 * second;
  await world.release();
  await world.settle();
  expect(sent()).toEqual(ids("batch", numbers(4)));
});

test("a record that is discarded meanwhile sends no more, and says what was accepted", async () => {
  const { world, taking, receive, turn, sent } = await setup();
  taking(0, async (id) => {
    const known = await world.progress("batch");
    if (id === "batch#3" && known?.state === "applied") await world.ledger.save(discard(known, { by: "ann", why: "a test" }, 0), known);
    return { status: 200 };
  });
  await receive("batch", numbers(5));
  await turn("batch");
  expect(sent()).toEqual(ids("batch", [1, 2, 3]));
  const discarded = await world.progress("batch");
  expect(discarded).toMatchObject({ state: "discarded" });
  expect(discarded?.accepted).toHaveLength(3 * 12);
});

test("a list that another version reads otherwise skips nothing, and repeats nothing that was accepted", async () => {
  const { today, taking, receive, turn, sent } = await setup();
  let isDown = true;
  taking(0, (id) => ({ status: isDown && id === "batch#3" ? 503 : 200 }));
  await receive("batch", [1, 2, 3, 4]);
  await turn("batch");
  isDown = false;
  today.items = (items) => [9, ...items.toReversed().filter((item) => item !== 1)];
  await turn("batch");
  expect(sent()).toEqual(ids("batch", [1, 2, 3, 9, 4, 3]));
});

test("findings are looked for again when a replay reads more than before of what was accepted in part", async () => {
  const { world, today, taking, receive, turn, sent } = await setup();
  const looked: number[] = [];
  const { look } = world.steps;
  world.steps.look = async (place, options) => {
    looked.push((await world.ledger.contract("sandbox", "sub_1"))?.entries.length ?? 0);
    return look(place, options);
  };
  taking(0, (id) => ({ status: id === "batch#3" ? 422 : 200 }));
  today.items = (items) => items.slice(0, 3);
  await receive("batch", [1, 2, 3, 4]);
  await turn("batch");
  expect(await world.progress("batch")).toMatchObject({ state: "dead", accepted: expect.anything() });
  expect(looked).toEqual([3]);
  taking(0);
  today.items = (items) => items;
  const [known, record] = await Promise.all([world.progress("batch"), world.records.load("sandbox/batch")]);
  const planned = record && planReplay(record, known, { contracts: ["sub_1"], now: world.time.now });
  if (planned?.kind !== "ring") throw new Error("it is not replayed");
  await world.ledger.save(planned.progress, known);
  await turn("batch");
  expect(sent()).toEqual(ids("batch", [1, 2, 3, 3, 4]));
  expect(looked).toEqual([3, 4]);
});

test("one that is accepted shows the circuit breaker that the application answers", async () => {
  const { world, taking, receive, turn } = await setup();
  taking(0, (id) => ({ status: id === "batch#1" ? 200 : 503 }));
  await world.holds.save({ target: "app", by: breaker, why: "down", since: world.time.now, probe: "sandbox/batch" }, undefined);
  await receive("batch", [1, 2]);
  await turn("batch");
  expect(await world.holds.current("app")).toMatchObject({ by: breaker, ratePerSecond: 20 });
  expect(await world.progress("batch")).toMatchObject({ state: "retrying", attempts: 1 });
});

test("a record that no message brings again is rung for by the sweep", async () => {
  const { world, taking, receive, sent } = await setup();
  taking(0);
  await receive("batch", numbers(3));
  let left = 2;
  const steps = { ...world.steps, signal, timeLeft: () => left-- * 5 * second };
  const doorbell = { key: "sandbox/batch", source: "sandbox", group: "", epoch: 0 } as const;
  expect(await answer(steps, doorbell, "line")).toEqual({ kind: "done" });
  expect(sent()).toEqual(ids("batch", [1]));
  await world.sweep();
  await world.settle();
  expect(sent()).toEqual(ids("batch", numbers(3)));
});
