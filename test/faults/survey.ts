/** What docs/faults.md shows, measured: the single faults of the happy path, and how many there are in every story. */
import type { Endpoints } from "../support/aws.ts";
import { runTrials, trialsOf } from "./exhaustive.ts";
import { type Matrix, makeMatrix } from "./matrix.ts";
import { type Story, stories } from "./stories.ts";

export interface Survey {
  readonly matrix: Matrix;
  readonly stories: ReadonlyArray<Pick<Story, "title" | "about"> & { readonly trials: number }>;
}

export const happyPath = stories[0] as Story;

export const survey = async (endpoints: Endpoints): Promise<Survey> => {
  const matrix = makeMatrix(await runTrials(endpoints, happyPath));
  const counted: Survey["stories"][number][] = [];
  for (const story of stories) {
    const { title, about } = story;
    counted.push({ title, about, trials: (await trialsOf(endpoints, story)).trials.length });
  }
  return { matrix, stories: counted };
};
