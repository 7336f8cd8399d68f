/** Rows as JSON, one a line, in compressed files of this machine: for an engine that reads them elsewhere. In constant memory. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

export interface RowFiles {
  add(row: unknown): void;
  /** All files, with at least one. */
  close(): readonly string[];
}

/** Before compression: a few such files are read side by side, and many small ones slowly. */
const fileCharacters = 33_554_432;

/** @param folder an empty one @param name of the files, before their numbers */
export const createRowFiles = (folder: string, name: string): RowFiles => {
  const files: string[] = [];
  let [parts, size] = [[] as string[], 0];
  const flush = (): void => {
    const file = join(folder, `${name}-${String(files.length).padStart(5, "0")}.json.gz`);
    writeFileSync(file, gzipSync(parts.join(""), { level: 1 }));
    files.push(file);
    [parts, size] = [[], 0];
  };
  return {
    add(row) {
      const text = `${JSON.stringify(row)}\n`;
      parts.push(text);
      size += text.length;
      if (size >= fileCharacters) flush();
    },
    close() {
      if (size > 0 || files.length === 0) flush();
      return files;
    },
  };
};
