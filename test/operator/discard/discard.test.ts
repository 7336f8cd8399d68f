import { expect, onTestFinished, test } from "vitest";
import { can } from "../../../core/lifecycle/events.ts";
import { planReplay } from "../../../core/lifecycle/replay.ts";
import { ring } from "../../../core/lifecycle/transitions/sweep.ts";
import { createAudit } from "../../../io/ledger/audit.ts";
import { createContractHolds } from "../../../io/ledger/holds/contract-hold.ts";
import { discardRecord } from "../../../operator/discard/discard.ts";
import { holdTarget } from "../../../operator/hold/hold.ts";
import { createWorld } from "../../support/world/world.ts";

const ann = { by: "ann", why: "moving house" };

const setup = async () => {
  const world = await createWorld();
  onTestFinished(() => world.close());
  const table = { client: world.client, table: world.aws.ledgerTable };
  const audit = createAudit({ ...table, random: Math.random });
  const audited = async () => {
    const all = [];
    for await (const { at, by, what, to, why } of audit.ofDay("2026-11-20")) if (what === "discard") all.push({ at, by, to, why });
    return all;
  };
  const arrive = async (id: string) => {
    await world.receive(world.signed({ id, contract: "a" }));
    await world.settle();
  };
  return { world, operator: { ...world, audit, contractHolds: createContractHolds(table) }, arrive, audited };
};

test("a discarded record is in the audit trail, with who, when and why, and has the time of its discard", async () => {
  const { world, operator, arrive, audited } = await setup();
  await holdTarget(operator, "app", ann);
  await arrive("a1");
  world.time.now += 60_000;
  expect(await discardRecord(operator, "sandbox/a1", ann)).toMatchObject({ kind: "discarded" });
  expect(await audited()).toEqual([{ at: world.time.now, to: "sandbox/a1", ...ann }]);
  expect(await world.progress("a1")).toMatchObject({ state: "discarded", at: world.time.now });
});

test("a dead letter that could not be applied to the ledger can be discarded too", async () => {
  const { world, operator, audited } = await setup();
  await world.receive(world.signed({ id: "a1", contract: "a", created: 1e300 }));
  await world.settle();
  expect(await world.progress("a1")).toMatchObject({ state: "dead", applied: false });
  expect(await discardRecord(operator, "sandbox/a1", ann)).toMatchObject({ kind: "discarded" });
  expect(await audited()).toHaveLength(1);
});

test("nothing is noted about what was not discarded", async () => {
  const { operator, arrive, audited } = await setup();
  await arrive("a1");
  expect(await discardRecord(operator, "sandbox/a1", ann)).toEqual({ kind: "settled before", state: "delivered" });
  expect(await discardRecord(operator, "sandbox/none", ann)).toEqual({ kind: "not found" });
  expect(await audited()).toEqual([]);
});

/** A replay whose attempt is in flight while somebody discards the record, which the sweep may have rung for again. */
const discardInFlight = async (status: number, { isRungAgain = false } = {}) => {
  const { world, operator, arrive } = await setup();
  await arrive("a1");
  const [read, known] = await Promise.all([world.records.read("sandbox/a1"), world.progress("a1")]);
  if (read.kind !== "record") throw new Error("it is not there");
  const planned = planReplay(read.record, known, { contracts: ["a"], now: world.time.now });
  if (planned.kind !== "ring") throw new Error("it cannot be replayed");
  await world.ledger.save(planned.progress, known);
  let discarded: unknown;
  world.application.behave(async () => {
    const inFlight = await world.progress("a1");
    if (isRungAgain && inFlight && can("ring", inFlight))
      await world.ledger.save(ring(inFlight, { contracts: ["a"] }, world.time.now), inFlight);
    discarded = await discardRecord(operator, "sandbox/a1", ann);
    return { status };
  });
  world.time.now += 120_000;
  await world.sweep();
  await world.settle();
  return { discarded, progress: await world.progress("a1") };
};

test("what an application takes while it is being discarded is shown as delivered, and the command says so beforehand", async () => {
  const { discarded, progress } = await discardInFlight(200);
  expect(discarded).toMatchObject({ kind: "discarded", mayBeInFlight: true });
  expect(progress).toMatchObject({ state: "delivered", attempts: 1, answer: "200; an attempt was in flight when it was discarded" });
});

test("so is what it takes after the sweep has taken the attempt for lost and rung again", async () => {
  const { progress } = await discardInFlight(200, { isRungAgain: true });
  expect(progress).toMatchObject({ state: "delivered", epoch: 3, answer: "200; an attempt was in flight when it was discarded" });
});

test("what an application refuses while it is being discarded stays discarded", async () => {
  const { progress } = await discardInFlight(503);
  expect(progress).toMatchObject({ state: "discarded", cause: { kind: "discarded by", ...ann } });
});
