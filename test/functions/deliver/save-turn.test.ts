/** The result of a first delivery, of which nothing was written before: an operator's command or the sweep may have been at the record meanwhile. */
import { expect, onTestFinished, test } from "vitest";
import { untouched } from "../../../core/lifecycle/progress.ts";
import { place } from "../../../core/lifecycle/transitions/operator.ts";
import { deliver } from "../../../core/lifecycle/transitions/settling.ts";
import { ring } from "../../../core/lifecycle/transitions/sweep.ts";
import { apply } from "../../../core/lifecycle/transitions/turn.ts";
import { saveTurn } from "../../../functions/steps/consume/save-turn.ts";
import { callbackRecord } from "../../support/samples.ts";
import { createWorld } from "../../support/world/world.ts";

const contracts = ["sub_1"];

const setup = async () => {
  const world = await createWorld();
  onTestFinished(() => world.close());
  const { now } = world.time;
  const untried = untouched(callbackRecord("evt_1", world.signed({ id: "evt_1", contract: "sub_1" }), now), now);
  const settle = () => saveTurn(world, apply(untried, now), (from) => deliver(from, "200", now));
  return { world, now, untried, settle };
};

test("is saved on top of a place in line, which goes with it", async () => {
  const { world, now, untried, settle } = await setup();
  await world.ledger.save(place(untried, { contracts }, now), undefined);
  expect(await settle()).toMatchObject({ kind: "saved", progress: { state: "delivered", contracts, inLine: false } });
  expect(await world.ledger.firstInLine({ source: "sandbox", contract: "sub_1" })).toBeUndefined();
});

test("is left to the turn for which the sweep has rung again: its epoch must not be taken back", async () => {
  const { world, now, untried, settle } = await setup();
  const placed = await world.ledger.save(place(untried, { contracts }, now), undefined);
  if (placed.kind === "overtaken") throw new Error("nobody else is here");
  await world.ledger.save(ring(placed.progress, { contracts }, now), placed.progress);
  expect(await settle()).toEqual({ kind: "overtaken" });
  expect(await world.progress("evt_1")).toMatchObject({ state: "stored", epoch: 1, inLine: true });
});
