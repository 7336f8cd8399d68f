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

export const survey = async (endpoints: Endpoints): Promise<Survey> => {
  const found = new Map<string, StoryTrials>();
  for (const story of stories) found.set(story.title, await trialsOf(endpoints, story));
  const of = found.get(happyPath.title);
  return {
    matrix: makeMatrix(await runTrials(endpoints, happyPath, of ? { of } : {})),
    stories: stories.map(({ title, about }) => ({ title, about, trials: found.get(title)?.trials.length ?? 0 })),
    found,
  };
};
