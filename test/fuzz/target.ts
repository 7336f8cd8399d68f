/** What is fuzzed: something that reads bytes from outside, the inputs to begin with, and what must hold for each. */
import type { Case } from "./case.ts";

export interface Target {
  readonly name: string;
  /** Folders of the corpus that are its own, the first of them for what it fails on. */
  readonly folders: readonly [string, ...string[]];
  /** Ordinary inputs, from which others are made. */
  readonly seeds: readonly Case[];
  /** Throws when something does not hold that must. */
  readonly check: (input: Case) => void;
}
