/** One cold start: a process that has done nothing yet loads a bundle and lets it answer once. */
import { execFile } from "node:child_process";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

export interface FirstAnswer {
  readonly importMs: number;
  readonly answerMs: number;
}

export interface Subject {
  readonly entry: string;
  /** A JSON file: what the handler is called with. */
  readonly input: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Plain JavaScript without a file of its own: a TypeScript one would have Node load its type stripper first. */
const program = `
  import { readFileSync } from "node:fs";
  const [entry, file] = process.argv.slice(1);
  const input = JSON.parse(readFileSync(file, "utf8"));
  const started = performance.now();
  const { handler } = await import(entry);
  const loaded = performance.now();
  const { statusCode } = await handler(input, { getRemainingTimeInMillis: () => 10_000 });
  const answered = performance.now();
  if (statusCode !== 200) throw new Error("answered with " + statusCode);
  process.stderr.write(JSON.stringify({ importMs: loaded - started, answerMs: answered - loaded }), () => process.exit());
`;

/** @throws when the bundle cannot be loaded, or does not acknowledge. */
export const probe = async ({ entry, input, environment }: Subject): Promise<FirstAnswer> => {
  const args = ["--input-type=module", "--eval", program, "--", pathToFileURL(entry).href, input];
  const { stderr } = await promisify(execFile)(process.execPath, args, { env: { ...environment } });
  return JSON.parse(stderr);
};
