import { expect, inject, test } from "vitest";
import { heldBy, type Progress } from "../../../core/lifecycle/progress.ts";
import { all, type Trace } from "../run/trace.ts";
import { makeCallback } from "../sent/callbacks.ts";
import { tellOnce } from "./tell.ts";
import { type Setting, send, work } from "./verbs.ts";

const secondMs = 1_000;

/** One second of everybody: what has arrived is worked off, and the release lets go what that second owes. */
const oneSecond = async (setting: Setting): Promise<void> => {
  const { simulation, jobs } = setting;
  const until = simulation.time.now + secondMs;
  await work(setting);
  await simulation.run(jobs.release(secondMs));
  jobs.pass(Math.max(0, until - simulation.time.now));
};

const heldAt = (trace: Trace, at: number): readonly Progress[] => {
  const known = new Map(all(trace, "progress").flatMap((one) => (one.at <= at ? [[one.progress.key, one.progress]] : [])));
  return [...known.values()].filter((progress) => heldBy(progress) !== undefined);
};

test("after an outage under a steady load the target is released to as fast as it can take it, within the outage's own time", {
  timeout: 120_000,
}, async () => {
  const [arrivals, perSecond] = [36, 4];
  const outage = { from: 5, to: 20 };
  let began = 0;
  const { violations, trace, stores } = await tellOnce({
    endpoints: inject("endpoints"),
    async tell(setting) {
      const { simulation, jobs } = setting;
      began = simulation.time.now;
      const asked = new Map<number, number>();
      simulation.application.behave(() => {
        const second = Math.floor((simulation.time.now - began) / secondMs);
        asked.set(second, (asked.get(second) ?? 0) + 1);
        const isDown = second >= outage.from && second < outage.to;
        return isDown || (asked.get(second) ?? 0) > perSecond ? 503 : 200;
      });
      for (let n = 0; n < arrivals; n++) {
        await jobs.send(makeCallback({ id: `c${n}`, contracts: [`contract-${n % 10}`] }));
        await oneSecond(setting);
      }
    },
  });
  expect(violations).toEqual([]);
  const at = (second: number) => began + second * secondMs;
  expect(heldAt(trace, at(outage.to - 1)).length).toBeGreaterThan(5);
  expect(heldAt(trace, at(outage.to + (outage.to - outage.from)))).toEqual([]);
  expect(all(trace, "dead letter")).toEqual([]);
  expect([...stores.progress.values()].map(({ state }) => state)).toEqual(Array.from({ length: arrivals }, () => "delivered"));
});

test("an operator's rate is kept within a tenth, whether or not it is a round one", { timeout: 120_000 }, async () => {
  const [perSecond, seconds] = [2.5, 8];
  const { violations, trace } = await tellOnce({
    endpoints: inject("endpoints"),
    async tell(setting) {
      const { simulation, jobs } = setting;
      await simulation.run(jobs.hold());
      for (let n = 0; n < 26; n++) await send(setting, makeCallback({ id: `c${n}`, contracts: [`c${n}`] }));
      await work(setting);
      await simulation.run(jobs.resume(perSecond));
      for (let second = 0; second < seconds; second++) await oneSecond(setting);
    },
  });
  expect(violations).toEqual([]);
  const released = all(trace, "progress").flatMap(({ of, at, progress }) => (of === "release" && progress.state === "ready" ? [at] : []));
  const within = released.filter((at) => at < (released[0] ?? 0) + seconds * secondMs).length;
  expect(within / (perSecond * seconds)).toBeGreaterThanOrEqual(0.9);
  expect(within / (perSecond * seconds)).toBeLessThanOrEqual(1.1);
});
