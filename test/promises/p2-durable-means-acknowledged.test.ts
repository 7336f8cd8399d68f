import { describe, expect, test } from "vitest";
import { pass, send, work } from "../faults/stories/verbs.ts";
import { callback, play } from "./play.ts";

describe("once the record is written, the callback is acknowledged", () => {
  test("though the ledger, the queue, the bucket and the application are away", async () => {
    const { words, done } = await play(async (setting) => {
      const { outage, application } = setting.simulation;
      outage.hits = ({ subject, service }) => subject !== "record" && service !== "Secrets Manager";
      application.behave(() => 503);
      await send(setting, callback("payment"));
      outage.hits = () => false;
      application.behave(() => 200);
    });
    expect(words("payment")).toEqual(["yes"]);
    expect(done).toEqual(["payment"]);
  });

  test("though no parser understands it: it becomes a dead letter, not a rejection", async () => {
    const { words, counted } = await play(async (setting) => {
      await send(setting, callback("odd", { nature: "unparseable" }));
      await work(setting);
    });
    expect(words("odd")).toEqual(["yes"]);
    expect(counted("DeadLettered")).toBeGreaterThan(0);
  });

  test("though an operator holds the target", async () => {
    const { words, done } = await play(async (setting) => {
      const { simulation, jobs } = setting;
      await simulation.run(jobs.hold());
      await send(setting, callback("payment"));
      await work(setting);
      await simulation.run(jobs.resume());
      await pass(setting, 60_000);
    });
    expect(words("payment")).toEqual(["yes"]);
    expect(done).toEqual(["payment"]);
  });

  test("though another callback of its contract is a dead letter", async () => {
    const { words } = await play(async (setting) => {
      setting.simulation.application.behave(() => 422);
      await send(setting, callback("payment"));
      await work(setting);
      await send(setting, callback("refund"));
      await work(setting);
    });
    expect([...words("payment"), ...words("refund")]).toEqual(["yes", "yes"]);
  });
});

test("a secret that cannot be read is our problem, not the gateway's: acknowledged, and verified later", async () => {
  const { words, done, counted } = await play((setting) => send(setting, callback("payment")), {
    faults: {
      "receive: Secrets Manager GetSecretValue secret #1": "throttled",
      "receive: Secrets Manager GetSecretValue secret #2": "throttled",
    },
  });
  expect(words("payment")).toEqual(["yes"]);
  expect(counted("StoredUnverified")).toBe(1);
  expect(done).toEqual(["payment"]);
});
