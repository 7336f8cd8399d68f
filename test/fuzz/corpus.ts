/** The cases that are kept: nasty ones by hand, and every input that has ever made the fuzzer fail. `corpus/<target>/<name>.json`. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { type Case, caseFromText, caseName, caseToText } from "./case.ts";

export const corpusDirectory = join(import.meta.dirname, "corpus");

export interface KeptCase {
  readonly name: string;
  readonly input: Case;
}

/** Those of one target, and those for every target of its kind (`any-gateway`, `any-reader`). */
export const keptCases = (...folders: readonly string[]): readonly KeptCase[] =>
  folders.flatMap((folder) =>
    filesIn(join(corpusDirectory, folder)).map((file) => ({ name: relative(corpusDirectory, file), input: readCase(file) })),
  );

export const readCase = (file: string): Case => caseFromText(readFileSync(file, "utf8"));

/** @returns the file. */
export const keepCase = (directory: string, target: string, input: Case): string => {
  mkdirSync(join(directory, target), { recursive: true });
  const file = join(directory, target, `${caseName(input)}.json`);
  writeFileSync(file, caseToText(input));
  return file;
};

const filesIn = (directory: string): readonly string[] => {
  try {
    return readdirSync(directory)
      .filter((name) => name.endsWith(".json"))
      .sort()
      .map((name) => join(directory, name));
  } catch {
    return [];
  }
};
