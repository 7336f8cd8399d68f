/** The things `npm run faults` can do. Each says what it found, and whether anything was broken. */
import { startProgressBar } from "../../operator/terminal/progress-bar.ts";
import { createRandom } from "../../simulator/random.ts";
import type { Endpoints } from "../support/aws/aws.ts";
import { type Caught, createCatcher } from "./mutants/catch.ts";
import { type Breakage, type BreakageName, breakages } from "./mutants/mutants.ts";
import { brokenText, caughtText, exploredText, legend, matrixText, trialName } from "./report.ts";
import { describeTrace } from "./stories/describe-trace.ts";
import { findStory } from "./stories/stories.ts";
import type { Story } from "./stories/story.ts";
import { tellOnce } from "./stories/tell.ts";
import { type Result, runTrials, type StoryTrials, type Trial, trialsOf } from "./trials/exhaustive.ts";
import { explore } from "./trials/explore.ts";
import { makeMatrix } from "./trials/matrix.ts";
import { sampled } from "./trials/sample.ts";
import { trialsOfAll } from "./trials/survey.ts";

export interface Said {
  readonly text: string;
  /** The same for `--json`. */
  readonly found: object;
  readonly isBroken: boolean;
}

export interface Watch {
  readonly endpoints: Endpoints;
  readonly isWatched: boolean;
}

export interface Chosen {
  readonly of: StoryTrials;
  readonly trials: readonly Trial[];
}

/** @param chosen of the story's single faults; without it all of them */
export const tellMatrix = async ({ endpoints, isWatched }: Watch, story: Story, inFull: boolean, chosen?: Chosen): Promise<Said> => {
  const of = chosen?.of ?? (await trialsOf(endpoints, story));
  const trials = chosen?.trials ?? of.trials;
  const bar = await startProgressBar(story.title, trials.length, isWatched);
  let done = 0;
  const results = await runTrials(endpoints, story, of, trials, () => bar.update(++done)).finally(() => bar.stop());
  const matrix = makeMatrix(results);
  const count = chosen ? `${trials.length} of ${of.trials.length}` : `${trials.length}`;
  const inShort = `${story.title}: ${count} single faults, ${matrix.trials - matrix.broken.length} survived.`;
  const full = [matrixText(story.title, matrix), "", legend()].join("\n");
  return {
    text: [inFull ? full : inShort, brokenText(story.title, matrix.broken)].filter(Boolean).join("\n"),
    found: { story: story.title, trials: matrix.trials, results: results.map(plainly) },
    isBroken: matrix.broken.length > 0,
  };
};

export interface SampleOptions {
  readonly stories: readonly Story[];
  /** Of each fault at calls of one name, no more than so many. */
  readonly each: number;
  readonly seed: number;
}

/** Story by story, those of its single faults that were drawn; a story of which none was is not told. */
export async function* tellSample(watch: Watch, { stories, each, seed }: SampleOptions): AsyncGenerator<Said> {
  const found = await trialsOfAll(watch.endpoints, stories);
  const drawn = sampled(found, each, createRandom(String(seed)));
  for (const story of stories) {
    const [of, trials = []] = [found.get(story.title), drawn.get(story.title)];
    if (of && trials.length > 0) yield await tellMatrix(watch, story, false, { of, trials });
  }
}

const plainly = ({ point, kind, ways, violations }: Result) => ({ at: point.id, fault: kind, ways, violations });

export interface Search {
  readonly seed: number;
  readonly runs: number;
  readonly path?: string;
  readonly minutes?: number;
  readonly mutant?: BreakageName;
}

export const search = async ({ endpoints, isWatched }: Watch, { seed, runs, path, minutes, mutant }: Search): Promise<Said> => {
  const began = performance.now();
  const seconds = minutes === undefined ? undefined : minutes * 60;
  const bar = await startProgressBar(seconds ? "Seconds" : "Random stories", seconds ?? runs, isWatched && path === undefined);
  let done = 0;
  const explored = await explore({
    endpoints,
    seed,
    runs,
    ...(path !== undefined && { path }),
    ...(seconds !== undefined && { milliseconds: seconds * 1000 }),
    ...(mutant !== undefined && { mutant: breakages[mutant].mutant }),
    onStory: () => bar.update(seconds ? Math.round((performance.now() - began) / 1000) : ++done),
  }).finally(() => bar.stop());
  return { text: exploredText(explored, mutant), found: { seed, ...explored }, isBroken: explored.kind === "failed" };
};

export const tellTrial = async ({ endpoints }: Watch, named: string, mutant: BreakageName | undefined): Promise<Said> => {
  const [title = "", at = "", kind = ""] = named.split("|").map((part) => part.trim());
  const story = findStory(title);
  const { trials } = await trialsOf(endpoints, story);
  const trial = trials.find((one) => one.point.id === at && one.kind === kind);
  if (!trial)
    throw new Error(`"${title}" has no trial "${at} | ${kind}". Its first is "${trials.map((one) => trialName(title, one))[0]}".`);
  const told = await tellOnce({
    endpoints,
    tell: story.tell,
    plan: ({ id }) => (id === at ? trial.kind : undefined),
    ...(mutant !== undefined && { mutant: breakages[mutant].mutant }),
  });
  const broken = told.violations.map(({ invariant, what }) => `BROKEN ${invariant}: ${what}`);
  return {
    text: [describeTrace(told.trace), "", ...(broken.length > 0 ? broken : ["No invariant was broken."])].join("\n"),
    found: { story: title, at, fault: kind, violations: told.violations },
    isBroken: broken.length > 0,
  };
};

export const catchAll = async ({ endpoints, isWatched }: Watch): Promise<Said> => {
  const bar = await startProgressBar("Mutants", Object.keys(breakages).length, isWatched);
  const caughtBy = createCatcher(endpoints);
  const caught = new Map<BreakageName, Caught>();
  for (const [name, breakage] of Object.entries<Breakage>(breakages)) {
    caught.set(name as BreakageName, await caughtBy(breakage));
    bar.update(caught.size);
  }
  bar.stop();
  const missed = [...caught.values()].filter(({ isCaught }) => !isCaught);
  return {
    text: `${caughtText(caught)}\n${caught.size} mutants, ${caught.size - missed.length} caught.`,
    found: { mutants: Object.fromEntries(caught) },
    isBroken: missed.length > 0,
  };
};
