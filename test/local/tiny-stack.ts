/** Local stacks of the hand-made app in `fixtures/`, each in a directory of its own that goes away with the test. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Noted } from "../../local/application.ts";
import { type LocalStack, type StackOptions, startStack } from "../../local/stack.ts";
import { homeOf } from "../../operator/connect/stack-file.ts";

export const tinyApp = [process.execPath, join(import.meta.dirname, "fixtures", "app.mjs")];

/** For whoever removes it at the end of more than a test. */
export const makeDirectory = (): string => mkdtempSync(join(tmpdir(), "holdfast-local-"));

export const newDirectory = (): string => {
  const directory = makeDirectory();
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
};

/** Stopped at the end of the test, if it was not before. */
export const startTiny = async (directory: string, options: Partial<StackOptions> = {}): Promise<LocalStack> => {
  const stack = await startStack({ directory, appCommand: tinyApp, port: 0, quiet: true, ...options });
  onTestFinished(() => stack.stop());
  return stack;
};

export const post = (stack: Pick<LocalStack, "url">, body: object | string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${stack.url}/callbacks/sandbox`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });

/** Ids of what the built-in application was sent, in order. */
export const delivered = (directory: string): readonly string[] => {
  const log = join(homeOf(directory), "application.jsonl");
  if (!existsSync(log)) return [];
  return readFileSync(log, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as Noted).record);
};

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
