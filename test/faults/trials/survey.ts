/** What docs/faults.md shows, measured: the single faults of the happy path, and how many there are in every story. */
import type { Endpoints } from "../../support/aws/aws.ts";
import { stories } from "../stories/stories.ts";
import type { Story } from "../stories/story.ts";
import { runTrials, type StoryTrials, trialsOf } from "./exhaustive.ts";
import { type Matrix, makeMatrix } from "./matrix.ts";

export interface Survey {
  readonly matrix: Matrix;
  readonly stories: ReadonlyArray<Pick<Story, "title" | "about"> & { readonly trials: number }>;
}

export const happyPath = stories[0] as Story;

/** By the story's title. */
export type TrialsOfAll = ReadonlyMap<string, StoryTrials>;

/** Each story once without a fault, and what can go wrong in it. */
export const trialsOfAll = async (endpoints: Endpoints, told: readonly Story[]): Promise<TrialsOfAll> => {
  const found = new Map<string, StoryTrials>();
  for (const story of told) found.set(story.title, await trialsOf(endpoints, story));
  return found;
};

export const trialsIn = (found: TrialsOfAll, { title }: Pick<Story, "title">): StoryTrials => {
  const of = found.get(title);
  if (!of) throw new Error(`"${title}" is not among the stories`);
  return of;
};

export const countedIn = (found: TrialsOfAll): Survey["stories"] =>
  stories.map(({ title, about }) => ({ title, about, trials: trialsIn(found, { title }).trials.length }));

export const survey = async (endpoints: Endpoints): Promise<Survey> => {
  const found = await trialsOfAll(endpoints, stories);
  const of = trialsIn(found, happyPath);
  return { matrix: makeMatrix(await runTrials(endpoints, happyPath, of, of.trials)), stories: countedIn(found) };
};
