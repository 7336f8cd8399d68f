/** A mutant that no test can or should notice, with its reason. */
export interface Accepted {
  readonly path: string;
  /** A part of the line before the change, by which it is known. */
  readonly code: string;
  readonly mutation: string;
  readonly reason: string;
}

export const accept = (path: string, code: string, mutations: readonly string[], reason: string): readonly Accepted[] =>
  mutations.map((mutation) => ({ path, code, mutation, reason }));

export const forTheCompiler = "A default that TypeScript wants and that is never used.";
export const endsAnyway = "A function that ends without a return returns the same.";
export const aSecond = "A second is the unit.";
export const inNeither = "A name that the table does not have, either way.";
