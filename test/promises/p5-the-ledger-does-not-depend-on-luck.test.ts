import { expect, test } from "vitest";
import type { Callback } from "../faults/sent/callbacks.ts";
import { send, work } from "../faults/stories/verbs.ts";
import { callback, play } from "./play.ts";

const events = [
  callback("paid"),
  callback("refunded"),
  callback("both", { contracts: ["a", "b"] }),
  callback("other", { contracts: ["b"] }),
];
const ledger = ["a both", "a paid", "a refunded", "b both#2", "b other"];

const inThatOrder = (order: readonly Callback[]) =>
  play(async (setting) => {
    await send(setting, ...order);
    await work(setting);
  });

test("the same events in another order, and some of them twice, make the same ledger", async () => {
  const [paid, refunded, both, other] = events as [Callback, Callback, Callback, Callback];
  for (const order of [events, [other, both, refunded, paid], [refunded, paid, both, refunded, other, both, paid]])
    expect((await inThatOrder(order)).ledger).toEqual(ledger);
});

const everywhere = ["answer lost", "timed out", "died before", "died after", "service down"] as const;
const entryAlone = "consume: DynamoDB PutItem ledger entry #1";
const withProgress = "consume: DynamoDB TransactWriteItems ledger entry + progress #1";

test.each([
  ...everywhere.flatMap((kind) => [[kind, entryAlone] as const, [kind, withProgress] as const]),
  ["write conflict", withProgress],
] as const)("a write to the ledger that meets %s takes effect once (%s)", async (kind, at) => {
  const { ledger: told } = await play(
    async (setting) => {
      await send(setting, ...events);
      await work(setting);
    },
    { faults: { [at]: kind } },
  );
  expect(told).toEqual(ledger);
});

test("two processes that answer for the same record at once apply it once", async () => {
  const { ledger: told } = await play(async (setting) => {
    const { simulation, jobs } = setting;
    await send(setting, callback("paid"));
    await jobs.loseStream();
    jobs.pass(120_000);
    await simulation.run(jobs.sweep());
    const [one, other] = [jobs.consume({ slot: 0 }), jobs.sweep()];
    if (!one) throw new Error("the sweep has not rung");
    await simulation.run(one, other, jobs.replay("sandbox/paid"));
  });
  expect(told).toEqual(["a paid"]);
});

test("the ledger knows who was charged even while everything is on hold", async () => {
  const { told } = await play(async (setting) => {
    const { simulation, jobs } = setting;
    await simulation.run(jobs.hold());
    await send(setting, ...events);
    await work(setting);
  });
  expect(told.stores.told.map(({ contract, event }) => `${contract} ${event}`)).toEqual(ledger);
  expect([...told.stores.progress.values()].map(({ state }) => state)).toEqual(["waiting", "waiting", "waiting", "waiting"]);
});
