import { setImmediate } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { lookAgain } from "../../../functions/steps/sweep/look-again.ts";
import { createSuspects } from "../../../functions/steps/sweep/parsing/suspects.ts";
import { createSeen } from "../../../functions/steps/sweep/seen.ts";
import { createWorld } from "../../support/world/world.ts";

test("what is large comes last, one at a time", async () => {
  const world = await createWorld();
  onTestFinished(() => world.close());
  const { sweepDependencies } = world;
  const due = Array.from({ length: 6 }, (_, at) => ({ source: "sandbox", line: `sub_${at}` }));
  const looks: string[] = [];
  let [looking, most] = [0, 0];
  await lookAgain({
    ...sweepDependencies,
    findings: { ...sweepDependencies.findings, dueLooks: async () => due },
    async look(place, { within } = {}) {
      if ("line" in place) looks.push(`${place.line} ${within}`);
      if (within === "large look") most = Math.max(most, ++looking);
      await setImmediate();
      if (within === "large look") looking--;
      return within === "turn" && "line" in place && ["sub_1", "sub_3"].includes(place.line) ? "too large" : [];
    },
    hasTime: () => true,
    seen: createSeen(),
    suspects: createSuspects(sweepDependencies.runs),
    report: () => {},
    noteSpilled: () => {},
  });
  expect(looks.slice(6)).toEqual(["sub_1 large look", "sub_3 large look"]);
  expect(most).toBe(1);
});

test("what is too large for any look is reported, and looked at again a day later", async () => {
  const world = await createWorld();
  onTestFinished(() => world.close());
  const { steps, time, reported } = world;
  const place = { source: "sandbox", line: "sub_1" };
  await steps.findings.lookAgain(place, time.now, time.now);
  world.sweepDependencies.look = async () => "too large";
  await world.sweep();
  await world.sweep();
  expect(reported.map(String)).toEqual([expect.stringContaining("there is room for")]);
  expect(await steps.findings.dueLooks(time.now, 10)).toEqual([]);
  expect(await steps.findings.dueLooks(time.now + 86_400_000, 10)).toEqual([place]);
});

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
