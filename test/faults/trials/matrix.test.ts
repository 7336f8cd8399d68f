import { readFileSync } from "node:fs";
import { describe, expect, inject, test } from "vitest";
import { lazy } from "../../../core/lazy.ts";
import { faultsPage } from "../../../generate/faults-page.ts";
import { pageFile } from "../../../generate/index.ts";
import { brokenText } from "../report.ts";
import { stories } from "../stories/stories.ts";
import { runTrials, spread } from "./exhaustive.ts";
import { happyPath, survey } from "./survey.ts";

const surveyed = lazy(() => survey(inject("endpoints")));
const minutes = 60_000;

describe("the happy path", () => {
  test("survives every single fault", { timeout: 5 * minutes }, async () => {
    const { matrix } = await surveyed();
    expect(brokenText(happyPath.title, matrix.broken)).toBe("");
    expect(matrix.trials).toBeGreaterThan(200);
  });

  test("is in docs/faults.md as `npm run generate -- faults` writes it now", { timeout: 5 * minutes }, async () => {
    expect(readFileSync(pageFile("faults"), "utf8")).toBe(faultsPage(await surveyed()));
  });
});

/** For the time that a test may take: a long story has more trials, and each of them takes longer. `npm run faults -- --matrix --all` runs all, or a sample. */
const atMost = 2;

test.each(stories.slice(1))('"$title" survives single faults', { timeout: 5 * minutes }, async (story) => {
  const of = (await surveyed()).found.get(story.title);
  if (!of) throw new Error(`the survey has not told "${story.title}"`);
  const results = await runTrials(inject("endpoints"), story, of, spread(of.trials, atMost));
  expect(brokenText(story.title, results.filter(isBroken))).toBe("");
});

const isBroken = ({ violations }: { readonly violations: readonly unknown[] }): boolean => violations.length > 0;
