/** The example configuration with one more source, in alphabetical order, and nothing else in the file touched. */
import { Failure } from "../../core/failure.ts";

/** Before the next by name and its comment. @throws Failure when the file has no sources */
export const withSource = (text: string, key: string): string => {
  const lines = text.split("\n");
  const first = lines.indexOf("  sources: {");
  const end = lines.indexOf("  },", first);
  if (first < 0 || end < 0) throw new Failure("The example configuration has no sources, so there is no place for another one.");
  const next = lines.findIndex((line, index) => index > first && index < end && (/^ {4}"?([\w-]+)"?: \{/.exec(line)?.[1] ?? "") > key);
  let place = next < 0 ? end : next;
  while (/^ {4}\/\//.test(lines[place - 1] ?? "")) place--;
  return insert(lines, place, `    ${/^\w+$/.test(key) ? key : `"${key}"`}: { gateway: "${key}", target },`);
};

const insert = (lines: readonly string[], index: number, line: string): string =>
  [...lines.slice(0, index), line, ...lines.slice(index)].join("\n");
