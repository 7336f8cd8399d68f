/**
 * What an export of the table says of itself: when it was made, of which table, and its files with their checksums.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html
 */
import { createHash } from "node:crypto";
import { basename } from "node:path";
import type { Millis } from "../../core/callback.ts";
import { Failure } from "../../core/failure.ts";
import { at, parseJson, textAt } from "../../core/formats/json.ts";
import { type Folder, readSmall } from "./folder.ts";

export interface Manifest {
  /** The moment at which the table was as the export has it. */
  readonly exportedAt: Millis;
  /** Of the table. */
  readonly table: string;
  readonly items: number;
  /** Of the data files, compressed, where the export says so. */
  readonly billedBytes: number | undefined;
  readonly files: readonly DataFile[];
}

export interface DataFile {
  /** Within the folder. */
  readonly path: string;
  readonly items: number;
  /** MD5 of the compressed bytes, base64. */
  readonly md5: string;
}

const again = "Name the folder that has manifest-summary.json (AWSDynamoDB/ID/), and wait until the export is complete.";

export const readManifest = async (folder: Folder): Promise<Manifest> => {
  const summary = await readChecked(folder, "manifest-summary");
  const files = await readChecked(folder, "manifest-files");
  const said = parseJson(summary);
  const refuse = (what: string, remedy: string): never => {
    throw new Failure(`${folder.name}/manifest-summary.json: ${what}. ${remedy} Nothing was changed.`);
  };
  const format = textAt(said, "outputFormat");
  if (format !== "DYNAMODB_JSON") refuse(`the export's format is ${format ?? "not said"}`, "Export the table as DynamoDB JSON.");
  const type = textAt(said, "exportType") ?? "FULL_EXPORT";
  if (type !== "FULL_EXPORT") refuse(`it is ${type}, and has not all of the table`, "Make a full export.");
  const exportedAt = Date.parse(textAt(said, "exportTime") ?? "");
  if (Number.isNaN(exportedAt)) refuse("it does not say of which moment it is (exportTime)", "Export the table again.");
  const items = at(said, "itemCount");
  const listed = filesOf(folder, files);
  const counted = listed.reduce((sum, one) => sum + one.items, 0);
  if (items !== counted) refuse(`it counts ${items} items, and manifest-files.json ${counted}`, "Export the table again.");
  const billed = at(said, "billedSizeBytes");
  return {
    exportedAt,
    table: (textAt(said, "tableArn") ?? "").replace(/^.*:table\//, ""),
    items: counted,
    billedBytes: typeof billed === "number" ? billed : undefined,
    files: listed,
  };
};

/** With the checksum beside it. */
const readChecked = async (folder: Folder, name: string): Promise<Buffer> => {
  const bytes = await readSmall(folder, `${name}.json`, again);
  const expected = (await readSmall(folder, `${name}.md5`, again)).toString().trim();
  const md5 = createHash("md5").update(bytes).digest("base64");
  if (md5 !== expected)
    throw new Failure(
      `${folder.name}/${name}.json: its checksum is ${md5}, and ${name}.md5 says ${expected}: it was changed or cut. Copy the export again. Nothing was changed.`,
    );
  return bytes;
};

const filesOf = (folder: Folder, bytes: Buffer): readonly DataFile[] =>
  bytes
    .toString()
    .split("\n")
    .flatMap((text, index): DataFile[] => {
      if (text.trim() === "") return [];
      const said = parseJson(Buffer.from(text));
      const [key, md5, items] = [textAt(said, "dataFileS3Key"), textAt(said, "md5Checksum"), at(said, "itemCount")];
      if (key === undefined || md5 === undefined || typeof items !== "number")
        throw new Failure(
          `${folder.name}/manifest-files.json, line ${index + 1}: a file without key, checksum or number of items. Copy the export again. Nothing was changed.`,
        );
      return [{ path: `data/${basename(key)}`, md5, items }];
    });
