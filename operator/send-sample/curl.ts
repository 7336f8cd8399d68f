/** A callback as a command to type. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RawCallback } from "../../core/callback.ts";
import { shellWord } from "../../core/formats/shell-word.ts";

/**
 * A body that a shell cannot carry (bytes outside UTF-8, control characters) goes into a file.
 * @param home the folder of the local stack's data, where that file is put.
 * @param separator between the parts: a space, or a line continuation for people.
 */
export const asCurl = (raw: RawCallback, { home, separator = " " }: { readonly home: string; readonly separator?: string }): string => {
  const headers = Object.entries(raw.headers).map(([name, value]) => `-H ${shellWord(`${name}: ${value}`)}`);
  if (raw.method === "GET") return ["curl -i", ...headers, shellWord(raw.url)].join(separator);
  const text = Buffer.from(raw.body).toString("utf8");
  const isPlain = Buffer.from(text, "utf8").equals(raw.body) && !/[^\P{Cc}\n\t]/u.test(text) && !text.startsWith("@");
  const data = isPlain ? shellWord(text) : shellWord(`@${bodyFile(home, raw)}`);
  return [`curl -i -X ${raw.method} ${shellWord(raw.url)}`, ...headers, `--data-binary ${data}`].join(separator);
};

const bodyFile = (home: string, raw: RawCallback): string => {
  const directory = join(home, "samples");
  mkdirSync(directory, { recursive: true });
  const file = join(directory, `${raw.source}.body`);
  writeFileSync(file, raw.body);
  return file;
};
