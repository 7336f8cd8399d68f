import fc from "fast-check";
import { expect, inject, test } from "vitest";
import { breakages } from "../mutants/mutants.ts";
import type { Mutant } from "../run/mutant.ts";
import { tellOnce } from "../stories/tell.ts";
import { commands, type Possible, type Product } from "./operator-commands.ts";
import { empty } from "./operator-model.ts";

const minutes = 60_000;

/** What people do, done to the product; throws where the two part. */
const modelHolds = (mutant?: Mutant) =>
  fc.asyncProperty(commands, async (some) => {
    let [order, turn]: [readonly number[], number] = [[], 0];
    const { violations } = await tellOnce({
      endpoints: inject("endpoints"),
      ...(mutant && { mutant }),
      choose: (count) => (order[turn++ % Math.max(1, order.length)] ?? 0) % count,
      async tell(setting) {
        const refused = new Set<string>();
        setting.simulation.application.behave((record) => (refused.has(record) ? 422 : 200));
        const interleave: Product["interleave"] = (next) => {
          [order, turn] = [next, 0];
        };
        const model: Possible = { models: [empty] };
        await fc.asyncModelRun(() => ({ model, real: { setting, refused, interleave } }), some);
      },
    });
    expect(violations).toEqual([]);
  });

test("operators hold, resume, release, replay and discard while callbacks arrive, and the result is what the model allows", {
  timeout: 5 * minutes,
}, async () => {
  await fc.assert(modelHolds(), { seed: 20_261_120, numRuns: 30 });
});

test.each(["delivering past a dead letter", "not waking those that wait"] as const)(
  "the model knows better than a product that is broken by %s",
  async (name) => {
    expect(await fc.check(modelHolds(breakages[name].mutant), { seed: 1, numRuns: 20, endOnFailure: true })).toMatchObject({
      failed: true,
    });
  },
);
