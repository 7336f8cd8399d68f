import { expect, test } from "vitest";
import { send, work } from "../faults/stories/verbs.ts";
import { callback, play } from "./play.ts";

const payment = callback("payment");
const hour = 3_600_000;

test("two of the same at the same moment are both acknowledged, and are one record with one effect", async () => {
  const { words, done, ledger, counted, told } = await play(async ({ simulation, jobs }) => {
    await simulation.run(jobs.receive(payment), jobs.receive(payment));
  });
  expect(words("payment")).toEqual(["yes", "yes"]);
  expect(counted("Relayed") + counted("Duplicates")).toBe(2);
  expect(told.stores.records.map(({ key }) => key)).toEqual(["sandbox/payment"]);
  expect([done, ledger]).toEqual([["payment"], ["a payment"]]);
});

test("a redelivery a day after it was delivered is acknowledged, and changes nothing", async () => {
  const { words, done, counted, told } = await play(async (setting) => {
    await send(setting, payment);
    await work(setting);
    setting.jobs.pass(25 * hour);
    await send(setting, payment);
    await work(setting);
  });
  expect(words("payment")).toEqual(["yes", "yes"]);
  expect(counted("Duplicates")).toBe(1);
  expect(told.stores.progress.get("sandbox/payment")?.attempts).toBe(1);
  expect(done).toEqual(["payment"]);
});

test("the gateway that never got our acknowledgement finds its callback recorded already", async () => {
  const { words, done } = await play((setting) => send(setting, payment), {
    faults: { "receive: DynamoDB PutItem record #1": "died after" },
  });
  expect(words("payment")).toEqual(["none", "yes"]);
  expect(done).toEqual(["payment"]);
});

test("one that was spilled and then redelivered is recorded once, whichever of the two comes first", async () => {
  const { words, done, ledger } = await play(async (setting) => {
    const { simulation, jobs } = setting;
    simulation.outage.hits = ({ service }) => service === "DynamoDB";
    await send(setting, payment);
    simulation.outage.hits = () => false;
    await simulation.run(jobs.sweep(), jobs.receive(payment));
  });
  expect(words("payment")).toEqual(["yes", "yes"]);
  expect([done, ledger]).toEqual([["payment"], ["a payment"]]);
});

test("the same id with other bytes is acknowledged, kept beside the first, counted, and not delivered", async () => {
  const { words, done, counted, told } = await play(async (setting) => {
    await send(setting, payment, callback("payment", { variant: 1 }));
    await work(setting);
  });
  expect(words("payment'")).toEqual(["yes"]);
  expect(counted("Conflicts")).toBe(1);
  expect(told.stores.records.map(({ sort }) => sort.replace(/#.*/, "")).sort()).toEqual(["conflict", "record"]);
  expect(done).toEqual(["payment"]);
});
