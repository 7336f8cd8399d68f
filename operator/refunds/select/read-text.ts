/** A text file as people's programs write them: UTF-8, or what a Japanese spreadsheet saves. */
import { readFile } from "node:fs/promises";
import { errorMessage, Failure } from "../../../core/failure.ts";

/** Lists that people keep, and no records. */
const mostBytes = 64_000_000;

/** What is not UTF-8 can only be the other: a byte sequence of Japanese in Shift_JIS is not valid UTF-8. Throws a Failure when it is neither. */
export const readTextFile = async (file: string): Promise<string> => {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new Failure(`${file} cannot be read: ${errorMessage(error)}.`);
  });
  if (bytes.length > mostBytes) throw new Failure(`${file} has ${bytes.length} bytes, where ${mostBytes} are read: split it.`);
  for (const charset of ["utf-8", "shift_jis"])
    try {
      return new TextDecoder(charset, { fatal: true }).decode(bytes);
    } catch {}
  throw new Failure(`${file} is neither UTF-8 nor Shift_JIS: save it as UTF-8.`);
};
