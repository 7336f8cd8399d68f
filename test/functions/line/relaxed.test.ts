import { describe, expect, onTestFinished, test } from "vitest";
import { createContractHolds } from "../../../io/ledger/holds/contract-hold.ts";
import { replay } from "../../../operator/replay/replay-command.ts";
import { catchOutput, connectionTo } from "../../operator/command-line.ts";
import { startApplication } from "../../support/world/application.ts";
import { createWorld } from "../../support/world/world.ts";

const relaxed = async () => {
  const application = await startApplication();
  onTestFinished(() => application.close());
  const world = await createWorld({
    targets: { app: { kind: "http", url: application.url, mode: "pass-through", order: "relaxed", allowAddresses: ["127.0.0.0/8"] } },
  });
  onTestFinished(() => world.close());
  const send = async (...ids: readonly string[]) => {
    for (const id of ids) {
      await world.receive(world.signed({ id, contract: "a", charge: `ch_${id}`, amount: 100, currency: "jpy" }));
      world.time.now += 10;
    }
    await world.settle();
  };
  return { world, application, send };
};

describe("a target whose order is relaxed", () => {
  test("gets what comes after a dead letter of the same contract at once, and the dead letter when it is replayed", async () => {
    const { world, application, send } = await relaxed();
    application.behave(({ record }) => ({ status: record.endsWith("a1") ? 422 : 200 }));
    await send("a1", "a2", "a3");
    const heard = () => application.received.map(({ record }) => record);
    expect(await world.progress("a1")).toMatchObject({ state: "dead", inLine: false });
    expect(await world.progress("a2")).toMatchObject({ state: "delivered" });
    expect(heard().toSorted()).toEqual(["sandbox/a1", "sandbox/a2", "sandbox/a3"]);
    expect((await world.ledger.contract("sandbox", "a"))?.charges).toHaveLength(3);
    application.behave(() => ({ status: 200 }));
    const options = { selection: { keys: ["a1"] }, yes: true, watchSeconds: 5, reason: { by: "ann" }, pause: () => world.settle() };
    expect(await replay(connectionTo(world), catchOutput().terminal, options)).toBe(0);
    expect(await world.progress("a1")).toMatchObject({ state: "delivered" });
    expect(await world.open.count("due")).toBe(0);
  });

  test("does not wait for a delivery that is retried later", async () => {
    const { world, application, send } = await relaxed();
    application.behave(({ record }) => ({ status: record.endsWith("a1") ? 503 : 200 }));
    await send("a1", "a2");
    expect(await world.progress("a1")).toMatchObject({ state: "retrying", inLine: false });
    expect(await world.progress("a2")).toMatchObject({ state: "delivered" });
  });

  test("waits for a hold on the contract nevertheless, and checks again on its own", async () => {
    const { world, application, send } = await relaxed();
    const holds = createContractHolds({ client: world.client, table: world.aws.ledgerTable });
    await holds.hold({ source: "sandbox", contract: "a" }, "the member has complained (ann)");
    await send("a1", "a2");
    expect(application.received).toEqual([]);
    expect(await world.progress("a2")).toMatchObject({
      state: "scheduled",
      attempts: 0,
      cause: { kind: "contract held", contract: "a", why: "the member has complained (ann)" },
    });
    await holds.lift({ source: "sandbox", contract: "a" });
    world.time.now += 6 * 60_000;
    await world.sweep();
    await world.settle();
    expect(application.received.map(({ record }) => record).toSorted()).toEqual(["sandbox/a1", "sandbox/a2"]);
  });
});
