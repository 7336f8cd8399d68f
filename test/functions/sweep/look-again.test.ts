import { setImmediate } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { lookAgain } from "../../../functions/steps/sweep/look-again.ts";
import { createSuspects } from "../../../functions/steps/sweep/parsing/suspects.ts";
import { createSeen } from "../../../functions/steps/sweep/seen.ts";
import { createWorld } from "../../support/world/world.ts";

const setup = async () => {
  const world = await createWorld();
  onTestFinished(() => world.close());
  const { sweepDependencies, time } = world;
  const { findings } = sweepDependencies;
  const looks: string[] = [];
  let [looking, most] = [0, 0];
  return {
    findings,
    waitForSide: world.steps.findings.waitForSide,
    time,
    /** In their order, those of this run. */
    run: async ({ isLarge, hasTime = () => true }: { readonly isLarge: (line: string) => boolean; readonly hasTime?: () => boolean }) => {
      looks.length = 0;
      await lookAgain({
        ...sweepDependencies,
        async look(place, { within } = {}) {
          const { line } = place as { readonly line: string };
          looks.push(`${line} ${within}`);
          if (within === "large look") most = Math.max(most, ++looking);
          await setImmediate();
          if (within === "large look") looking--;
          return within === "turn" && isLarge(line) ? "too large" : [];
        },
        hasTime,
        seen: createSeen(),
        suspects: createSuspects(sweepDependencies.runs),
        report: () => {},
        noteSpilled: () => {},
      });
      return [...looks];
    },
    mostLargeTogether: () => most,
  };
};
const named = (name: string, count: number) => Array.from({ length: count }, (_, at) => ({ source: "sandbox", line: `${name}_${at}` }));

test("what is large is looked at alone, one after every ten others and the rest at the end", async () => {
  const { findings, time, run, mostLargeTogether } = await setup();
  for (const place of named("small", 20)) await findings.lookAgain(place, time.now, time.now);
  for (const place of named("large", 4)) await findings.lookAgain(place, time.now, time.now, "large look");
  const looks = await run({ isLarge: (line) => line.startsWith("large") });
  const [ten, one] = [Array.from({ length: 10 }, () => "turn"), "large look"];
  expect(looks.map((look) => look.slice(look.indexOf(" ") + 1))).toEqual([...ten, one, ...ten, one, one, one]);
  expect(new Set(looks).size).toBe(24);
  expect(mostLargeTogether()).toBe(1);
});

test("what a turn has no room for is tried with that room once, also when the run has no time for more", async () => {
  const { findings, time, run } = await setup();
  const [place] = named("large", 1) as [{ source: string; line: string }];
  await findings.lookAgain(place, time.now, time.now);
  expect(await run({ isLarge: () => true, hasTime: () => false })).toEqual(["large_0 turn"]);
  expect(await run({ isLarge: () => true })).toEqual(["large_0 large look"]);
});

test("a small look is not hidden by large ones that have waited for longer, however many they are", async () => {
  const { findings, time, run } = await setup();
  for (const place of named("large", 150)) await findings.lookAgain(place, time.now - 1, time.now - 1);
  await findings.lookAgain({ source: "sandbox", line: "small" }, time.now, time.now);
  expect(await run({ isLarge: (line) => line.startsWith("large") })).toContain("small turn");
});

test("what is large and waited for the application's side waits with what is large from then on", async () => {
  const { findings, waitForSide, time, run } = await setup();
  const [place] = named("large", 1) as [{ source: string; line: string }];
  await waitForSide(place, "sandbox");
  await findings.lookAgain(place, time.now, time.now);
  await run({ isLarge: () => true, hasTime: () => false });
  expect(await findings.sidelessLooks("sandbox", 10)).toEqual([]);
  expect(await findings.dueLargeLooks(time.now, 10)).toEqual([place]);
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
  expect(await steps.findings.dueLargeLooks(time.now, 10)).toEqual([]);
  expect(await steps.findings.dueLargeLooks(time.now + 86_400_000, 10)).toEqual([place]);
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
