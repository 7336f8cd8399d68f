/** What is wrong with a configuration, told so that the person who wrote it can mend it. */
export interface Problem {
  /** Where: `sources.stripe-jp.gateway`. */
  readonly path: string;
  /** What stands there now; undefined when something is missing, or when several values together are the problem. */
  readonly value: unknown;
  /** What is wrong with it, and what to do. */
  readonly message: string;
}

/** For people: one line per problem. */
export const describeProblems = (problems: readonly Problem[]): string =>
  [
    `The configuration has ${problems.length === 1 ? "a problem" : `${problems.length} problems`}:`,
    ...problems.map(
      ({ path, value, message }) => `  ${path || "config"}${value === undefined ? "" : ` = ${JSON.stringify(value)}`}: ${message}`,
    ),
  ].join("\n");
