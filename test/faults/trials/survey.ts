/** What docs/faults.md shows, measured: the single faults of the happy path, and how many there are in every story. */
import type { Endpoints } from "../../support/aws/aws.ts";
import { stories } from "../stories/stories.ts";
import type { Story } from "../stories/story.ts";
import { runTrials, type StoryTrials, trialsOf } from "./exhaustive.ts";
import { type Matrix, makeMatrix } from "./matrix.ts";

export interface Survey {
  readonly matrix: Matrix;
  readonly stories: ReadonlyArray<Pick<Story, "title" | "about"> & { readonly trials: number }>;
  /** By the story's title. */
  readonly found: ReadonlyMap<string, StoryTrials>;
}

export const happyPath = stories[0] as Story;

/** Each story once without a fault, and what can go wrong in it: by its title. */
export const trialsOfAll = async (endpoints: Endpoints, told: readonly Story[]): Promise<ReadonlyMap<string, StoryTrials>> => {
  const found = new Map<string, StoryTrials>();
  for (const story of told) found.set(story.title, await trialsOf(endpoints, story));
  return found;
};

export const survey = async (endpoints: Endpoints): Promise<Survey> => {
  const found = await trialsOfAll(endpoints, stories);
  const of = found.get(happyPath.title);
  if (!of) throw new Error("the happy path is not among the stories");
  return {
    matrix: makeMatrix(await runTrials(endpoints, happyPath, of, of.trials)),
    stories: stories.map(({ title, about }) => ({ title, about, trials: found.get(title)?.trials.length ?? 0 })),
    found,
  };
};
