/** The first lines of a file, under each charset and separator that it may have; and what to say when none of them is known. */
import { Failure } from "../../core/failure.ts";
import { counted } from "../../core/formats/counted.ts";
import { printableLine } from "../../core/formats/printable.ts";
import type { Head, Recognised } from "../../core/reconcile/layout/recognise.ts";
import type { ExportSettings } from "../../core/reconcile/reading/export-settings.ts";
import type { Stated } from "../../core/reconcile/reading/rules/stated.ts";
import { decoderFor, inUtf8 } from "./decoded.ts";
import type { ExportFile } from "./file.ts";
import { eachRecord } from "./records.ts";
import type { FileSurvey } from "./survey.ts";

/** A header is among the first lines; some files have a title or a date above it. */
const headLines = 20;
const headBytes = 131_072;

const separators = [",", ";", "\t", "|"];

/** Of a file that is not UTF-8, in the order of likelihood. The header decides: only one of them makes words of it. */
const charsetsFor = ({ marked, isUtf8 }: FileSurvey, stated: Stated): readonly string[] => {
  if (stated.charset !== undefined) return [decoderFor(stated.charset).encoding];
  if (marked) return [marked];
  return isUtf8 ? ["utf-8"] : ["shift_jis", "euc-jp", "windows-1252", "utf-8"];
};

export const headsOf = async (file: ExportFile, survey: FileSurvey, stated: Stated): Promise<readonly Head[]> => {
  const bytes = await beginningOf(file);
  const heads: Head[] = [];
  for (const charset of charsetsFor(survey, stated))
    for (const separator of stated.separator === undefined ? separators : [stated.separator])
      heads.push({ charset, separator, rows: await rowsOf(bytes, charset, separator, survey) });
  return heads;
};

const beginningOf = async (file: ExportFile): Promise<Buffer> => {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of file.open()) {
    parts.push(part);
    size += part.byteLength;
    if (size >= headBytes) break;
  }
  return Buffer.concat(parts).subarray(0, headBytes);
};

const rowsOf = async (bytes: Buffer, charset: string, separator: string, survey: FileSurvey): Promise<readonly (readonly string[])[]> => {
  const rows: (readonly string[])[] = [];
  const piece = async function* () {
    yield bytes;
  };
  const lineEnds = charset.startsWith("utf-16") || survey.lineEnds.length === 0 ? ["\r\n", "\n", "\r"] : survey.lineEnds;
  await eachRecord(
    inUtf8(piece(), charset),
    { separator, lineEnds },
    {
      record: (cells) => void (rows.length < headLines && rows.push(cells)),
      // Counted, so that a header has its place.
      broken: () => void (rows.length < headLines && rows.push([])),
    },
  );
  return rows;
};

const mostNamed = 12;
const listed = (names: readonly string[]): string =>
  `${names
    .slice(0, mostNamed)
    .map((name) => `"${name}"`)
    .join(", ")}${names.length > mostNamed ? ` and ${names.length - mostNamed} more` : ""}`;

/** Which columns it has may be said: they are no secret. What is under them may not. */
export const notRecognised = (
  file: ExportFile,
  found: Exclude<Recognised, { readonly kind: "found" }>,
  heads: readonly Head[],
  survey: FileSurvey,
  { kinds, isSample = false }: Pick<ExportSettings, "kinds" | "isSample">,
): Failure => {
  const failure = (what: string, remedy: string) => new Failure(`${file.name}: ${what} ${remedy} Nothing was changed.`);
  if (found.kind === "several")
    return new Failure(
      `${file.name}: it could be ${found.layouts.map(({ title, name }) => `${title} (--kind ${name})`).join(" or ")}: say which. Nothing was changed.`,
      "usage",
    );
  const charset =
    survey.isUtf8 || survey.marked
      ? ""
      : " It is not UTF-8: if its charset is none of shift_jis, euc-jp and windows-1252, say it with --charset.";
  const isMapped = !kinds.some((kind) => "gateway" in kind);
  if (found.nearest) {
    const { layout, lacks, header } = found.nearest;
    if (isMapped)
      return failure(
        `${layout.title} reads ${listed(lacks)}, which it does not have. It has ${listed(header.map((name) => printableLine(name.trim())))}.`,
        "Write its columns into the mapping, or fetch it with all of them.",
      );
    return failure(
      `it is most like ${layout.title}, but has no column ${listed(lacks)}.`,
      `Fetch it with all columns${isSample ? "" : `, or see what it has with \`holdfast reconcile --sample ${file.name}\`, which proposes a mapping for it`}.`,
    );
  }
  if (isMapped)
    return failure(
      `none of its first lines has the columns of ${listed(kinds.map(({ title, name }) => title ?? name)).replaceAll('"', "")}. Its first line is of ${counted(heads[0]?.rows[0]?.length ?? 0, "column")}.${charset}`,
      'If it has no header, write "header": "none" and "columns", with their names in their order, into the mapping; else name another mapping.',
    );
  const columns = counted(Math.max(...heads.map(({ rows }) => rows[0]?.length ?? 0)), "column");
  return failure(
    `it is none of the kinds of export that are known: none of them has a header like its first line, of ${columns}.${charset}`,
    isSample
      ? "Fetch it with its header line; if it has none, write a mapping for it."
      : `See what it has with \`holdfast reconcile --sample ${file.name}\`, which proposes a mapping for it.`,
  );
};
