/** Mutants that no test can or should notice, each with its reason. `npm run mutants` says when an entry is of no use any more. */
export interface Accepted {
  readonly path: string;
  /** The line before the change, without its indentation. */
  readonly code: string;
  readonly mutation: string;
  readonly reason: string;
}

export const accepted: readonly Accepted[] = [];
