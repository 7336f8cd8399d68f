import { expect, test } from "vitest";
import { all } from "../faults/run/trace.ts";
import { mend, refuse, send, work } from "../faults/stories/verbs.ts";
import { callback, type Played, play } from "./play.ts";

const [payment, refund] = [callback("payment"), callback("refund")];
const key = "sandbox/payment";
const ids = ({ told }: Played) =>
  new Set(all(told.trace, "delivered").map(({ record, idempotencyKey }) => `${record} as ${idempotencyKey}`));

test("everything replayed, and replayed again, carries the same ids to the application and changes nothing in the ledger", async () => {
  const played = await play(
    async (setting) => {
      await send(setting, payment, refund, callback("both", { contracts: ["a", "b"] }));
      await work(setting);
    },
    { isThorough: true },
  );
  expect(played.done.toSorted()).toEqual(["both", "both", "both", "payment", "payment", "payment", "refund", "refund", "refund"]);
  expect(ids(played).size).toBe(3);
  expect(played.ledger).toEqual(["a both", "a payment", "a refund", "b both#2"]);
});

test("two operators who replay the same dead letter at once cause one delivery, or the same one twice", async () => {
  const played = await play(async (setting) => {
    const { simulation, jobs } = setting;
    refuse(setting, 422, payment);
    await send(setting, payment);
    await work(setting);
    mend(setting);
    await simulation.run(jobs.replay(key), jobs.replay(key));
    await work(setting);
  });
  expect(ids(played).size).toBe(1);
  expect(played.ledger).toEqual(["a payment"]);
});

test.each([
  ["operator: DynamoDB PutItem progress #1", "died after"],
  ["operator: DynamoDB PutItem progress #1", "answer lost"],
  ["operator: SQS SendMessageBatch doorbells #1", "died before"],
  ["operator: SQS SendMessageBatch doorbells #1", "service down"],
] as const)("a replay that ends at %s (%s) can be run again, and what it had marked is rung for", async (at, kind) => {
  const { done, ledger } = await play(
    async (setting) => {
      const { simulation, jobs } = setting;
      refuse(setting, 422, payment);
      await send(setting, payment, refund);
      await work(setting);
      mend(setting);
      await simulation.run(jobs.replay(key));
      await simulation.run(jobs.replay(key));
    },
    { faults: { [at]: kind } },
  );
  expect(done).toEqual(["payment", "refund"]);
  expect(ledger).toEqual(["a payment", "a refund"]);
});

test("a replay within SQS's five minutes of deduplication still rings", async () => {
  const { done } = await play(async (setting) => {
    const { simulation, jobs } = setting;
    await send(setting, payment);
    await work(setting);
    await simulation.run(jobs.replay(key));
    await work(setting);
    await simulation.run(jobs.replay(key));
    await work(setting);
  });
  expect(done).toEqual(["payment", "payment", "payment"]);
});

test("of a record whose first ring is still in the queue causes one delivery, before the next of its contract", async () => {
  const { done } = await play(async (setting) => {
    const { simulation, jobs } = setting;
    await send(setting, payment, refund);
    await simulation.run(jobs.replay(key));
    await work(setting);
  });
  expect(done).toEqual(["payment", "refund"]);
});
