/** A file of an export, wherever it is. It is read more than once, and never held in memory. */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { errorMessage, Failure } from "../../core/failure.ts";

export interface ExportFile {
  /** For messages. */
  readonly name: string;
  /** From its beginning, each time. */
  open(): AsyncIterable<Uint8Array>;
}

/** Large enough that a pass over a file is bound by its parser. */
const chunkBytes = 262_144;

/** @throws Failure when there is no such file, or it cannot be read */
export const fileAt = async (path: string): Promise<ExportFile> => {
  const found = await stat(path).catch((error: unknown) => {
    throw new Failure(`${path} cannot be read: ${errorMessage(error)}. Nothing was changed.`, "usage");
  });
  if (!found.isFile()) throw new Failure(`${path} is no file. Nothing was changed.`, "usage");
  return { name: basename(path), open: () => createReadStream(path, { highWaterMark: chunkBytes }) };
};
