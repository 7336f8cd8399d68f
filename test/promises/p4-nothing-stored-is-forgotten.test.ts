import { expect, test } from "vitest";
import { all } from "../faults/run/trace.ts";
import { refuse, send, work } from "../faults/stories/verbs.ts";
import { callback, play } from "./play.ts";

const payment = callback("payment");
const minute = 60_000;

test("what the stream lost, the sweep finds", async () => {
  const { done, counted } = await play(async (setting) => {
    await send(setting, payment);
    await setting.jobs.loseStream();
  });
  expect(done).toEqual(["payment"]);
  expect(counted("Resent")).toBeGreaterThan(0);
});

test("what the queue lost, the sweep rings for again, also when the sweep that does it dies", async () => {
  const { done } = await play(
    async (setting) => {
      await send(setting, payment);
      await work(setting);
      setting.jobs.pass(2 * minute);
      await setting.simulation.run(setting.jobs.sweep());
    },
    { faults: { "consume: doorbell #1": "lost", "sweep: SQS SendMessageBatch doorbells #1": "died before" } },
  );
  expect(done).toEqual(["payment"]);
});

test("a process that dies between the ledger and the delivery has lost neither", async () => {
  const { done, ledger } = await play(
    async (setting) => {
      await send(setting, payment);
      await work(setting);
    },
    { faults: { "consume: DynamoDB PutItem ledger entry #1": "died after" } },
  );
  expect([done, ledger]).toEqual([["payment"], ["a payment"]]);
});

test("an application that never accepts it gets the configured number of attempts, and then there is a dead letter", async () => {
  const { told } = await play(async (setting) => {
    refuse(setting, 503, payment);
    await send(setting, payment);
  });
  const dead = all(told.trace, "progress").find(({ progress }) => progress.state === "dead")?.progress;
  expect(dead).toMatchObject({ attempts: 5, cause: { kind: "given up", attempts: 5, last: { status: 503 } } });
  expect(all(told.trace, "dead letter").map(({ record }) => record)).toEqual(["sandbox/payment"]);
});

test("a dead letter is sent also when the answer to its record's last change was lost, and when the process dies there", async () => {
  for (const kind of ["answer lost", "died after"] as const) {
    const { told } = await play(
      async (setting) => {
        await send(setting, callback("odd", { nature: "unparseable" }));
        await work(setting);
      },
      { faults: { "consume: DynamoDB PutItem progress #1": kind } },
    );
    expect(all(told.trace, "dead letter")).not.toEqual([]);
  }
});

test("what waits behind a dead letter says so, and is woken when the process that settles it dies", async () => {
  const { done } = await play(
    async (setting) => {
      refuse(setting, 422, payment);
      await send(setting, payment, callback("refund"));
      await work(setting);
      setting.simulation.application.behave(() => 200);
      await setting.simulation.run(setting.jobs.replay("sandbox/payment"));
      await work(setting);
    },
    { faults: { "consume: DynamoDB TransactWriteItems delete line + progress #1": "died after" } },
  );
  expect(done).toEqual(["payment", "refund"]);
});

test("the age of the oldest unsettled record is measured every minute, also when all else fails", async () => {
  const { told } = await play(async (setting) => {
    const { simulation, jobs } = setting;
    await send(setting, payment);
    simulation.outage.hits = ({ service }) => service === "SQS";
    jobs.pass(10 * minute);
    await simulation.run(jobs.sweep());
    simulation.outage.hits = () => false;
  });
  const ages = all(told.trace, "counted").flatMap(({ metric, value }) => (metric === "OldestUnsettledSeconds" ? [value] : []));
  expect(ages[0]).toBeGreaterThanOrEqual(600);
});
