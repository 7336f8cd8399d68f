/**
 * A failed attempt leaves its contract's group in the queue: the ledger learns of what follows within seconds, whatever becomes of the
 * delivery, and what follows waits behind it in line.
 */
import { expect, onTestFinished, test } from "vitest";
import { createConsume } from "../../../functions/consume.ts";
import type { StepDependencies } from "../../../functions/steps/consume/dependencies.ts";
import { recoverItem } from "../../../functions/steps/recover/recover-item.ts";
import { prepareItem } from "../../../io/records/record.ts";
import { callbackRecord } from "../../support/samples.ts";
import { createWorld } from "../../support/world/world.ts";

/** The queue counts seconds by the machine's clock, so what is snoozed is visible again at once, and the delay is written down. */
const setup = async (changes: Partial<Pick<StepDependencies, "doorbells">> = {}) => {
  const world = await createWorld();
  onTestFinished(() => world.close());
  const snoozed: number[] = [];
  const queue = {
    async snooze(handle: string, delayMs: number) {
      snoozed.push(delayMs);
      await world.doorbells.snooze(handle, 0);
    },
  };
  const report = (error: unknown) => void world.reported.push(error);
  const invocation = { timeLeft: () => 60_000, signal: new AbortController().signal, report };
  const handler = createConsume({ ...world.steps, ...changes }, queue);
  return {
    world,
    snoozed,
    turn: () => world.consume((event) => handler(event, invocation)),
    async send(...ids: readonly string[]) {
      for (const id of ids) {
        await world.receive(world.signed({ id, contract: "a", charge: `ch_${id}`, amount: 100, currency: "jpy" }));
        world.time.now += 10;
      }
      await world.relay();
    },
    charges: async () => (await world.ledger.contract("sandbox", "a"))?.charges.length,
  };
};

test("what follows a failed attempt is in the ledger at once, and is delivered in order when that attempt succeeds", async () => {
  const { world, snoozed, turn, send, charges } = await setup();
  world.application.behave(() => ({ status: 503 }));
  await send("first", "second");
  await turn();
  await send("third");
  await turn();
  await turn();
  expect(await charges()).toBe(3);
  expect(await world.progress("first")).toMatchObject({ state: "retrying", attempts: 1, epoch: 1 });
  expect(await world.progress("third")).toMatchObject({ state: "waiting", cause: { kind: "behind", key: "sandbox/first" } });
  // The next attempt is rung for at once, and hidden until it is due.
  const [delayMs = 0] = snoozed;
  expect(delayMs).toBeGreaterThan(500);
  expect(world.delivered()).toEqual(["first"]);

  world.application.behave(() => ({ status: 200 }));
  world.time.now += delayMs;
  world.application.received.length = 0;
  await world.settle();
  expect(world.delivered()).toEqual(["first", "second", "third"]);
});

test("what was spilled before it is not sent beside its next attempt, which waits behind that", async () => {
  const { world, snoozed, turn, send } = await setup();
  const early = callbackRecord("early", world.signed({ id: "early", contract: "a" }), world.time.now);
  const spilled = await prepareItem(early, world.bodies, world.config);
  world.time.now += 60_000;
  world.application.behave(() => ({ status: 503 }));
  await send("late");
  await turn();
  await turn();
  await recoverItem({ ...world, count: () => {} }, spilled);
  await world.relay();
  let [together, most] = [0, 0];
  world.application.behave(async () => {
    most = Math.max(most, ++together);
    world.time.now += snoozed[0] ?? 0;
    await turn();
    together--;
    return { status: 200 };
  });
  await turn();
  world.time.now += 60_000;
  await world.sweep();
  for (let turns = 0; turns < 10; turns++) await turn();
  expect(most).toBe(1);
  expect(new Set(world.delivered())).toEqual(new Set(["early", "late"]));
  expect(await world.progress("early")).toMatchObject({ state: "delivered" });
  expect(await world.progress("late")).toMatchObject({ state: "delivered" });
});

test("from its second attempt on the same doorbell comes again, after as long as the attempt says", async () => {
  const { world, snoozed, turn, send } = await setup();
  world.application.behave(() => ({ status: 503 }));
  await send("first");
  await turn();
  await turn();
  world.time.now += snoozed[0] ?? 0;
  for (let attempt = 2; attempt <= 4; attempt++) {
    await turn();
    expect(await world.progress("first")).toMatchObject({ state: "retrying", attempts: attempt, epoch: 1 });
  }
  expect(snoozed).toHaveLength(4);
});

test.each([
  ["the queue does not answer", () => Promise.reject(new Error("ECONNREFUSED"))],
  ["the queue does not take it", async (bells: readonly never[]) => bells],
])("a ring that is lost, because %s, is rung again by the sweep", async (_, ring) => {
  const { world, turn, send } = await setup({ doorbells: { ring } });
  world.application.behave(() => ({ status: 503 }));
  await send("first", "second");
  for (let turns = 0; turns < 3; turns++) await turn();
  expect(await world.progress("first")).toMatchObject({ state: "retrying", attempts: 1, epoch: 1 });
  world.application.behave(() => ({ status: 200 }));
  world.application.received.length = 0;
  world.time.now += 6 * 60_000;
  await world.sweep();
  await world.settle();
  expect(world.delivered()).toEqual(["first", "second"]);
});
