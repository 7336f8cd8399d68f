import { setImmediate } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { lookAgain } from "../../../functions/steps/sweep/look-again.ts";
import { createSuspects } from "../../../functions/steps/sweep/parsing/suspects.ts";
import { createSeen } from "../../../functions/steps/sweep/seen.ts";
import { createWorld } from "../../support/world/world.ts";

test("what is due is looked at a few at a time, so that a run without time for all does a part of it", async () => {
  const world = await createWorld();
  onTestFinished(() => world.close());
  const { sweepDependencies } = world;
  const due = Array.from({ length: 80 }, (_, at) => ({ source: "sandbox", line: `sub_${at}` }));
  let [looking, most, looked] = [0, 0, 0];
  await lookAgain({
    ...sweepDependencies,
    findings: { ...sweepDependencies.findings, dueLooks: async () => due },
    async look() {
      most = Math.max(most, ++looking);
      await setImmediate();
      looking--;
      looked++;
      return [];
    },
    hasTime: () => looked < 15,
    seen: createSeen(),
    suspects: createSuspects(sweepDependencies.runs),
    report: () => {},
    noteSpilled: () => {},
  });
  expect(most).toBe(10);
  expect(looked).toBe(20);
});
