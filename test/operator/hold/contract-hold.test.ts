import { describe, expect, onTestFinished, test } from "vitest";
import { breaker } from "../../../core/lifecycle/holds/hold.ts";
import { createAudit } from "../../../io/ledger/audit.ts";
import { createContractHolds } from "../../../io/ledger/holds/contract-hold.ts";
import { holdContract, holdTarget, resumeContract, resumeTarget } from "../../../operator/hold/hold.ts";
import { createWorld } from "../../support/world/world.ts";

const setup = async () => {
  const world = await createWorld();
  onTestFinished(() => world.close());
  const table = { client: world.client, table: world.aws.ledgerTable };
  const audit = createAudit({ ...table, random: Math.random });
  const operator = { ...world, audit, contractHolds: createContractHolds(table) };
  const pass = async (minutes: number) => {
    world.time.now += minutes * 60_000;
    await world.sweep();
    await world.release(1_500);
    await world.settle();
  };
  const entries = async () => {
    const all = [];
    for await (const { at, by, what, to, why } of audit.ofDay("2026-11-20")) all.push({ at, by, what, to, why });
    return all;
  };
  return { world, operator, pass, entries };
};

const ann = { by: "ann", why: "moving house" };
const contract = { source: "sandbox", contract: "a" };

describe("a contract's hold", () => {
  test("and its end are in the audit trail, with who, when and why, also the end of a hold that was not there", async () => {
    const { world, operator, entries } = await setup();
    const held = world.time.now;
    await holdContract(operator, contract, ann);
    world.time.now += 1_000;
    expect(await resumeContract(operator, contract, { by: "bob", why: "moved" })).toBe(true);
    world.time.now += 1_000;
    expect(await resumeContract(operator, contract, { by: "bob", why: "to be sure" })).toBe(false);
    expect(await entries()).toEqual([
      { at: held, by: "ann", what: "hold", to: "contract sandbox/a", why: "moving house" },
      { at: held + 1_000, by: "bob", what: "resume", to: "contract sandbox/a", why: "moved" },
      { at: held + 2_000, by: "bob", what: "resume", to: "contract sandbox/a", why: "to be sure" },
    ]);
  });

  test("that ends wakes nothing that waits for the hold of its target", async () => {
    const { world, operator, pass } = await setup();
    await holdTarget(operator, "app", ann);
    await world.receive(world.signed({ id: "a1", contract: "a" }));
    await world.settle();
    const waiting = await world.progress("a1");
    expect(waiting).toMatchObject({ state: "waiting" });
    await holdContract(operator, contract, ann);
    await resumeContract(operator, contract, ann);
    expect(await world.progress("a1")).toEqual(waiting);
    expect(await world.open.count("held app")).toBe(1);
    await resumeTarget(operator, "app", { ...ann, ratePerSecond: 50 });
    await pass(1);
    expect(world.delivered()).toEqual(["a1"]);
  });
});

test("an operator who takes over the circuit breaker's hold keeps the time since when the target has been held", async () => {
  const { world, operator } = await setup();
  const since = world.time.now - 3_600_000;
  await world.holds.save({ target: "app", by: breaker, why: "five in a row have failed", since }, undefined);
  expect(await holdTarget(operator, "app", ann)).toEqual({ target: "app", ...ann, since, revision: 2 });
  expect(await world.holds.current("app")).toEqual({ target: "app", ...ann, since, revision: 2 });
});
