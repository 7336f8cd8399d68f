import { describe, expect, onTestFinished, test } from "vitest";
import { createAudit } from "../../../io/ledger/audit.ts";
import { createContractHolds } from "../../../io/ledger/holds/contract-hold.ts";
import { discardRecord } from "../../../operator/discard/discard.ts";
import { holdContract, holdTarget, resumeContract, resumeTarget } from "../../../operator/hold/hold.ts";
import { hold, resume } from "../../../operator/hold/hold-command.ts";
import { show } from "../../../operator/show/show-command.ts";
import { exit } from "../../../operator/terminal/exit.ts";
import { createWorld } from "../../support/world/world.ts";
import { catchOutput, connectionTo } from "../command-line.ts";

const setup = async () => {
  const world = await createWorld();
  onTestFinished(() => world.close());
  const table = { client: world.client, table: world.aws.ledgerTable };
  const audit = createAudit({ ...table, random: Math.random });
  const operator = { ...world, audit, contractHolds: createContractHolds(table) };
  const send = async (...ids: string[]) => {
    for (const id of ids) {
      await world.receive(world.signed({ id, contract: id.slice(0, 1) }));
      world.time.now += 10;
    }
    await world.settle();
  };
  const pass = async (minutes: number) => {
    world.time.now += minutes * 60_000;
    await world.sweep();
    await world.release(1_500);
    await world.settle();
  };
  const entries = async () => {
    const all = [];
    for await (const { by, what, to, why } of audit.ofDay("2026-11-20")) all.push([by, what, to, why]);
    return all;
  };
  return { world, operator, send, pass, entries };
};

const ann = { by: "ann", why: "moving house" };

describe("a person", () => {
  test("holds a target and resumes it, and the audit trail says so", async () => {
    const { world, operator, send, pass, entries } = await setup();
    await holdTarget(operator, "app", ann);
    await send("a1", "a2", "b1");
    expect(world.delivered()).toEqual([]);
    expect(await resumeTarget(operator, "app", { ...ann, ratePerSecond: 50 })).toEqual({ kind: "resuming", ratePerSecond: 50 });
    await pass(1);
    expect(world.delivered().filter((id) => id.startsWith("a"))).toEqual(["a1", "a2"]);
    expect(world.delivered()).toHaveLength(3);
    expect(await entries()).toEqual([
      ["ann", "hold", "target app", "moving house"],
      ["ann", "resume", "target app", "moving house"],
    ]);
  });

  test("sees a record that waited for hours as ready, since it was let go and because of that, not as failing", async () => {
    const { world, operator, send } = await setup();
    await holdContract(operator, { source: "sandbox", contract: "a" }, ann);
    await send("a1");
    world.time.now += 5 * 3_600_000;
    await resumeContract(operator, { source: "sandbox", contract: "a" }, ann);
    expect(await world.progress("a1")).toMatchObject({ state: "ready", at: world.time.now, cause: { kind: "woken" }, attempts: 0 });
    const caught = catchOutput();
    await show(connectionTo(world), caught.terminal, "a1");
    expect(caught.text()).toMatch(/state +ready since .*\(now\)|state +ready since .*\(0 s ago\)/);
    expect(caught.text()).toMatch(/why +its turn has come/);
    expect(caught.text()).not.toContain("failing since");
  });

  test("is told when a target that is to be resumed is not held", async () => {
    const { operator } = await setup();
    expect(await resumeTarget(operator, "app", { ...ann, ratePerSecond: 1 })).toEqual({ kind: "not held" });
  });

  test("holds one contract while the others flow, and resumes it in stored order", async () => {
    const { world, operator, send, pass } = await setup();
    await holdContract(operator, { source: "sandbox", contract: "a" }, ann);
    await send("a1", "b1", "a2");
    expect(world.delivered()).toEqual(["b1"]);
    expect(await world.progress("a1")).toMatchObject({
      state: "waiting",
      cause: { kind: "contract held", contract: "a", why: "moving house (ann)" },
    });
    expect(await resumeContract(operator, { source: "sandbox", contract: "a" }, ann)).toBe(true);
    await pass(1);
    expect(world.delivered()).toEqual(["b1", "a1", "a2"]);
  });

  test("does not discard what is not in the ledger yet: money moved", async () => {
    const { world, operator } = await setup();
    await world.receive(world.signed({ id: "a1", contract: "a", charge: "ch_1", amount: 100, currency: "jpy" }));
    world.time.now += 65_000;
    await world.sweep();
    await world.release(1_500);
    expect(await discardRecord(operator, "sandbox/a1", ann)).toEqual({ kind: "busy" });
    await world.settle();
    expect((await world.ledger.contract("sandbox", "a"))?.charges).toHaveLength(1);
  });

  test("discards a dead letter with a reason, and those behind it are released in stored order", async () => {
    const { world, operator, send, pass } = await setup();
    world.application.behave(({ record }) => ({ status: record.endsWith("a1") ? 422 : 200 }));
    await send("a1", "a2", "a3");
    expect(await discardRecord(operator, "sandbox/a1", ann)).toEqual({ kind: "discarded", followersWait: true, mayBeInFlight: false });
    await pass(1);
    expect(world.delivered()).toEqual(["a1", "a2", "a3"]);
    expect(await world.progress("a1")).toMatchObject({
      state: "discarded",
      cause: { kind: "discarded by", by: "ann", why: "moving house" },
    });
    expect(await world.open.count("dead")).toBe(0);
    expect(await discardRecord(operator, "sandbox/a1", ann)).toEqual({ kind: "settled before", state: "discarded" });
  });
});

describe("holding by name", () => {
  test("of what is neither a target nor a contract is a usage error that says what may be meant", async () => {
    const { world } = await setup();
    const [target = ""] = Object.keys(world.config.targets);
    await expect(hold(connectionTo(world), catchOutput().terminal, `${target}x`, ann)).rejects.toMatchObject({
      kind: "usage",
      message: expect.stringContaining(`There is no target ${target}x (did you mean ${target}?), and as a contract:`),
    });
  });

  test("finds what is held under names that the configuration has no more, and nothing else", async () => {
    const { world, operator, send } = await setup();
    await holdContract(operator, { source: "sandbox", contract: "a" }, ann);
    await holdTarget(operator, "app", ann);
    await send("a1");
    const connection = connectionTo(world);
    const renamed = { ...connection, config: { ...connection.config, sources: {}, targets: {} } };
    for (const name of ["app", "sandbox/a"])
      expect(await resume(renamed, catchOutput().terminal, name, { ...ann, ratePerSecond: 20 })).toBe(exit.ok);
    for (const name of ["app2", "sandbox2/a"])
      await expect(hold(renamed, catchOutput().terminal, name, ann)).rejects.toMatchObject({ kind: "usage" });
  });

  test("does not report an unreadable table as a wrong name", async () => {
    const { world } = await setup();
    const away = { ...connectionTo(world), line: () => Promise.reject(new Error("away")) };
    await expect(hold(away, catchOutput().terminal, "nobody", ann)).rejects.toThrow(/^away$/);
  });
});
