/** The place in line of what was spilled while the table could not be written: the spill queue hands it out in no order. */
import { expect, onTestFinished, test } from "vitest";
import { recoverItem } from "../../../functions/steps/recover/recover-item.ts";
import { prepareItem } from "../../../io/records/record.ts";
import { holdTarget, resumeTarget } from "../../../operator/hold/hold.ts";
import { connectionTo } from "../../operator/command-line.ts";
import { callbackRecord } from "../../support/samples.ts";
import { createWorld } from "../../support/world/world.ts";

test("what waits is in line as it came, in whatever order it was recovered, and before what came after the outage", async () => {
  const world = await createWorld();
  onTestFinished(() => world.close());
  const operator = connectionTo(world);
  const ann = { by: "ann", why: "a new release" };
  await holdTarget(operator, "app", ann);
  const spilled = [];
  for (const id of ["started", "paid", "cancelled"]) {
    const record = callbackRecord(id, world.signed({ id, contract: "sub_1" }), world.time.now);
    spilled.push(await prepareItem(record, world.bodies, world.config));
    world.time.now += 60_000;
  }
  await world.receive(world.signed({ id: "resumed", contract: "sub_1" }));
  for (const item of spilled.toReversed()) {
    world.time.now += 1_000;
    await recoverItem({ ...world, count: () => {} }, item);
  }
  await world.settle();
  expect(await world.open.count("held app")).toBe(4);
  await resumeTarget(operator, "app", { ...ann, ratePerSecond: 20 });
  await world.release(5_000, () => world.settle());
  await world.settle();
  expect(world.delivered()).toEqual(["started", "paid", "cancelled", "resumed"]);
});
