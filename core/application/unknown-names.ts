/** Names and words that nobody knows, in a message of the application: each is a mistake, and the sentence says what may be meant. */
import { nearest } from "../problems/nearest.ts";

/** One sentence for each field that nobody knows. @param path of the value, before each of its names */
export const unknownFields = (value: Readonly<Record<string, unknown>>, known: readonly string[], path: string): readonly string[] =>
  Object.keys(value)
    .filter((name) => !known.includes(name))
    .map((name) => `${path}${name}: ${unknownWord(name, known)}`);

export const unknownWord = (word: unknown, known: readonly string[]): string => {
  const meant = typeof word === "string" ? nearest(word, known) : undefined;
  return `there is nothing of that name${meant === undefined ? "." : `; did you mean "${meant}"?`} Known: ${known.join(", ")}`;
};

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
