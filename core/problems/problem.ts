/** What is wrong with a configuration, so that its author can fix it. */
export interface Problem {
  /** Where: `sources.stripe-jp.gateway`. */
  readonly path: string;
  /** The value there now; undefined when something is missing, or when several values together are the problem. */
  readonly value: unknown;
  /** What is wrong with it, and what to do. */
  readonly message: string;
}

/** For people: one line per problem. */
export const describeProblems = (problems: readonly Problem[]): string =>
  [
    `The configuration has ${problems.length === 1 ? "a problem" : `${problems.length} problems`}:`,
    ...problems.map(({ path, value, message }) => `  ${path || "config"}${value === undefined ? "" : ` = ${shown(value)}`}: ${message}`),
  ].join("\n");

const mostShown = 200;

/** A configuration is a program's value: it can be circular, hold what JSON cannot express, or be of any length. */
const shown = (value: unknown): string => {
  let text: string;
  try {
    text = JSON.stringify(value) ?? `a ${typeof value}`;
  } catch {
    text = typeof value === "bigint" ? `${value}n` : "a value that cannot be shown";
  }
  return text.length > mostShown ? `${text.slice(0, mostShown)}...` : text;
};
