/** Every story, told once without a fault for all that is asked here: what can go wrong in it, whether it survives that, and what it needs to be allowed. */
import { readFileSync } from "node:fs";
import { describe, expect, inject, test } from "vitest";
import { lazy } from "../../../core/lazy.ts";
import { cellsIn, faultsPage } from "../../../generate/faults-page.ts";
import { pageFile } from "../../../generate/index.ts";
import { createRandom, shuffled } from "../../../simulator/random.ts";
import { allowedTo } from "../../lib/allowed.ts";
import { resourcesOf, synthesize } from "../../lib/synthesize.ts";
import { brokenText, trialName } from "../report.ts";
import { config, isAllowed, isDoneByAws, needsAt, nothingWorks, notInStories, type Role, roles, withoutStories } from "../rights.ts";
import { runTrials } from "../trials/exhaustive.ts";
import { isSaidIn, shownMatrix } from "../trials/matrix.ts";
import { nameOf, sampled } from "../trials/sample.ts";
import { countedIn, happyPath, trialsIn, trialsOfAll } from "../trials/survey.ts";
import { findStory, stories } from "./stories.ts";
import { tellOnce } from "./tell.ts";

/** Rejects when one of them breaks an invariant, also when everything is replayed in the end. */
const found = lazy(() => trialsOfAll(inject("endpoints"), stories));
const timeout = 5 * 60_000;

/** For the time that a test may take: `npm run faults -- --matrix` runs all of them. */
const drawn = lazy(async () => {
  const of = trialsIn(await found(), happyPath);
  const chosen = sampled(new Map([[happyPath.title, of]]), 1, createRandom(happyPath.title)).get(happyPath.title) ?? [];
  return runTrials(inject("endpoints"), happyPath, of, chosen);
});

const isBroken = ({ violations }: { readonly violations: readonly unknown[] }): boolean => violations.length > 0;

test("no story breaks an invariant while nothing goes wrong, also when everything is replayed twice", { timeout }, async () => {
  expect([...(await found()).keys()]).toEqual(stories.map(({ title }) => title));
});

describe("the happy path", () => {
  test("survives every fault at a call of every name", { timeout }, async () => {
    const results = await drawn();
    expect(brokenText(happyPath.title, results.filter(isBroken))).toBe("");
    expect(results.length).toBeGreaterThan(100);
  });

  test("is in docs/faults.md with all that can go wrong in it, and with what healed it", { timeout }, async () => {
    const page = readFileSync(pageFile("faults"), "utf8");
    const shown = cellsIn(page);
    const matrix = shownMatrix(trialsIn(await found(), happyPath).trials, shown);
    expect(faultsPage({ matrix, stories: countedIn(await found()) })).toBe(page);
    const unsaid = (await drawn()).filter(({ point, kind, ways }) => !isSaidIn(shown(nameOf(point.id), kind), ways));
    expect(unsaid.map((result) => `${trialName(happyPath.title, result)}: ${result.ways.join(", ")}`)).toEqual([]);
  });
});

/** A long story has more of them, and each takes longer. `npm run faults -- --matrix --all` runs all, or a sample. */
test.each(stories.slice(1))('"$title" survives a single fault', { timeout }, async (story) => {
  const of = trialsIn(await found(), story);
  const results = await runTrials(inject("endpoints"), story, of, shuffled(createRandom(story.title), of.trials).slice(0, 1));
  expect(brokenText(story.title, results.filter(isBroken))).toBe("");
  expect(results).toHaveLength(1);
});

/** The policies against the calls, and the reverse: a new call needs a new right, and then a story. */
describe("what the functions do in the stories, with everything down and nothing down", () => {
  const { template } = synthesize(config);
  const needs = lazy(async () => {
    // What is refused in every store in turn is the same in all of them.
    const refused = [
      { tell: happyPath.tell, plan: nothingWorks("receive", 3) },
      { tell: findStory("An event of a partner's bus").tell, plan: nothingWorks("listen", 3) },
    ];
    const points = [...(await found()).values()].flatMap((of) => of.points);
    for (const one of refused) points.push(...(await tellOnce({ endpoints: inject("endpoints"), ...one })).points);
    return needsAt(points);
  });

  test.each(Object.entries(roles))("%s is allowed what it does", { timeout }, async (of, role) => {
    const allowed = allowedTo(template, role);
    const asked = [...((await needs()).get(of as Role) ?? [])];
    expect(asked.length, `${of} did nothing`).toBeGreaterThan(0);
    expect(asked.filter((need) => !isAllowed(allowed, need))).toEqual([]);
  });

  test.each(Object.entries(roles))("%s does all that it is allowed, or it is said why not", { timeout }, async (of, role) => {
    const asked = [...((await needs()).get(of as Role) ?? [])];
    const never = allowedTo(template, role).filter((one) => !isDoneByAws(one) && !asked.some((need) => isAllowed([one], need)));
    expect(never).toEqual(Object.keys(notInStories[of as Role] ?? {}));
  });

  test("are those of all functions", () => {
    const deployed = resourcesOf(template, "AWS::Lambda::Function").flatMap(({ Properties }) => String(Properties.FunctionName ?? ""));
    const known = [...Object.keys(roles), ...Object.keys(withoutStories)];
    expect(deployed.map((name) => name.replace(/^shop-/, "")).toSorted()).toEqual(known.toSorted());
  });
});
