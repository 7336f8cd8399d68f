/** The items of one data file, checked on the way: a file that is missing, cut or changed is refused, and so is a line that is no item. */
import { createHash } from "node:crypto";
import { createGunzip } from "node:zlib";
import { errorMessage, Failure } from "../../core/failure.ts";
import type { ReadItem } from "../ledger/scan/line-of-items.ts";
import type { Folder } from "./folder.ts";
import type { DataFile } from "./manifest.ts";

/** @param isWanted looks at a line's text before it is read as JSON: most of a table is of other sources, or no entry */
export async function* itemsOf(folder: Folder, file: DataFile, isWanted: (line: string) => boolean): AsyncGenerator<ReadItem> {
  const hash = createHash("md5");
  const where = `${folder.name}/${file.path}`;
  const refuse = (what: string, line?: number): Failure =>
    new Failure(
      `${where}${line === undefined ? "" : `, line ${line}`}: ${what}. Copy this file again, or export the table again. Nothing was changed.`,
    );
  let [lines, rest] = [0, ""];
  try {
    for await (const text of unzipped(folder.open(file.path), (bytes) => hash.update(bytes))) {
      const parts = (rest + text).split("\n");
      rest = parts.pop() ?? "";
      for (const part of parts) {
        if (part === "") continue;
        lines++;
        if (isWanted(part)) yield itemIn(part, (what) => refuse(what, lines));
      }
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    const { code } = error as { readonly code?: string };
    throw refuse(
      code === "Z_BUF_ERROR" || code === "Z_DATA_ERROR"
        ? `it is cut or damaged behind line ${lines} (${errorMessage(error)})`
        : `it cannot be read: ${errorMessage(error)}`,
    );
  }
  if (rest !== "") {
    lines++;
    if (isWanted(rest)) yield itemIn(rest, (what) => refuse(what, lines));
  }
  const md5 = hash.digest("base64");
  if (md5 !== file.md5) throw refuse(`its checksum is ${md5}, and the manifest says ${file.md5}`);
  if (lines !== file.items) throw refuse(`it has ${lines} items, and the manifest says ${file.items}`);
}

/** As text: characters that two pieces share are whole again. */
async function* unzipped(bytes: AsyncIterable<Uint8Array>, see: (piece: Uint8Array) => void): AsyncGenerator<string> {
  const [gunzip, decoder] = [createGunzip({ chunkSize: 262_144 }), new TextDecoder()];
  const fed = feed(bytes, gunzip, see);
  for await (const piece of gunzip) yield decoder.decode(piece as Uint8Array, { stream: true });
  yield decoder.decode();
  await fed;
}

const feed = async (
  bytes: AsyncIterable<Uint8Array>,
  gunzip: ReturnType<typeof createGunzip>,
  see: (piece: Uint8Array) => void,
): Promise<void> => {
  try {
    for await (const piece of bytes) {
      see(piece);
      if (!gunzip.write(piece)) await new Promise((resolve) => gunzip.once("drain", resolve));
    }
    gunzip.end();
  } catch (error) {
    gunzip.destroy(error as Error);
  }
};

const itemIn = (line: string, refuse: (what: string) => Failure): ReadItem => {
  try {
    const { Item } = JSON.parse(line) as { readonly Item?: ReadItem };
    if (Item?.pk?.S !== undefined) return Item;
  } catch {
    throw refuse("it is no JSON");
  }
  throw refuse("it is no item of the ledger table");
};
