import { expect, inject, test } from "vitest";
import { breakages } from "../mutants/mutants.ts";
import { exploredText } from "../report.ts";
import { explore } from "./explore.ts";

const minutes = 60_000;

test("twenty-five random stories break no invariant", { timeout: 5 * minutes }, async () => {
  const explored = await explore({ endpoints: inject("endpoints"), seed: 20_261_120, runs: 25 });
  expect(exploredText(explored, undefined)).toBe("25 random stories: no invariant was broken.");
});

test("a failure names the command that shows it again, which it does", { timeout: 2 * minutes }, async () => {
  const name = "removing the sweep";
  const broken = { endpoints: inject("endpoints"), seed: 1, mutant: breakages[name].mutant };
  const found = await explore({ ...broken, runs: 20 });
  if (found.kind === "passed") throw new Error("a product without a sweep broke nothing");
  expect(exploredText(found, name)).toContain(`Again: npm run faults -- --seed 1 --path ${found.path} --mutant "${name}"`);
  const again = await explore({ ...broken, runs: 1, path: found.path });
  expect(again).toEqual({ ...found, runs: 1 });
});
