/**
 * An export, file by file: what it is, whether it can be read, and then line by line into a sink. A file that cannot be read is refused as a whole, before
 * or after its lines were read: what a sink was given of it must not be used unless this returns its report.
 */
import { Failure } from "../../core/failure.ts";
import { columnKey, type Layout } from "../../core/mapping/layout.ts";
import { columnsRead } from "../../core/mapping/layout-columns.ts";
import type { ExportLine } from "../../core/reconcile/export-line.ts";
import { createTally, type FileReport } from "../../core/reconcile/file-report.ts";
import { type Found, recognise } from "../../core/reconcile/layout/recognise.ts";
import { cardWatch } from "../../core/reconcile/reading/card-watch.ts";
import { columnProblems, columnsOf, withoutSkipped } from "../../core/reconcile/reading/cells/columns.ts";
import { problemText } from "../../core/reconcile/reading/cells/problem.ts";
import { deciderFor, needsLook } from "../../core/reconcile/reading/decide.ts";
import type { ExportSettings } from "../../core/reconcile/reading/export-settings.ts";
import { lineReader } from "../../core/reconcile/reading/line-reader.ts";
import { factText, type Stated } from "../../core/reconcile/reading/rules/stated.ts";
import type { Decided } from "../../core/reconcile/reading/setting.ts";
import { inUtf8 } from "./decoded.ts";
import type { ExportFile } from "./file.ts";
import { headsOf, notRecognised } from "./heads.ts";
import { eachRecord, type RecordForm } from "./records.ts";
import { type FileSurvey, surveyFile } from "./survey.ts";

/** A file that is known, and nothing of it read yet. */
export interface OpenedExport {
  readonly file: ExportFile;
  readonly survey: FileSurvey;
  readonly found: Found;
}

export const openExport = async (file: ExportFile, settings: ExportSettings): Promise<OpenedExport> => {
  const { kinds, stated } = settings;
  const survey = await surveyFile(file);
  if (survey.foreign) throw refused(file, undefined, `it is ${survey.foreign.what}, and no CSV`, survey.foreign.remedy);
  const heads = await headsOf(file, survey, stated);
  const rows = heads.flatMap((head) => head.rows);
  if (rows.every((cells) => cells.every((cell) => cell.trim() === "")))
    throw rows.some((cells) => cells.length === 0)
      ? refused(file, 1, "its first lines cannot be read: their quotes do not match, or the file was cut off there", "Fetch it again")
      : refused(file, undefined, "the file is empty", "Fetch it again");
  const recognised = recognise(heads, kinds);
  if (recognised.kind !== "found") throw notRecognised(file, recognised, heads, survey, settings);
  const found = { ...recognised, header: withoutSkipped(recognised.header, stated.skip) };
  const problems = columnProblems(found.layout, columnsOf(found.header));
  if (problems.length > 0)
    throw refused(
      file,
      found.row + 1,
      `it looks like ${found.layout.title}, but ${problems.join("; ")}`,
      "Fetch it again with these columns, or write a mapping",
    );
  return { file, survey, found };
};

/** @param sink called for each line that was read, in the order of the file; says that one was there before, where it is to be counted once */
export const readExport = async (
  opened: OpenedExport,
  stated: Stated,
  sink: (line: ExportLine) => unknown,
  progress: (line: number) => void = () => {},
): Promise<FileReport> => {
  const { file, survey, found } = opened;
  const { layout, header, row, head } = found;
  const decided = await decide(opened, stated);
  const read = lineReader(layout, header, stated, decided);
  const [tally, cards] = [createTally(), cardWatch(layout, header, stated.skip ?? [])];
  const isDamaged = survey.hasControls || head.charset !== "utf-8" || !survey.isUtf8;
  const isCutLine = (line: number, columns: number): boolean => !survey.endsWithLineEnd && line === survey.lines && columns < header.length;
  let seen = 0;
  await eachRecord(inUtf8(file.open(), head.charset), formOf(opened), {
    record(cells, line, spans) {
      if (seen++ <= row) return;
      cards.see(cells, line);
      const reading = read(cells, line, spans || isDamaged);
      if (reading.kind === "money" || reading.kind === "contract") {
        const isRepeated = sink(reading) === "repeated";
        tally.see(isRepeated ? { kind: "left out", number: reading.number, why: { kind: "repeated" } } : reading);
      } else tally.see(reading.kind === "broken" && isCutLine(line, cells.length) ? { ...reading, problem: { kind: "cut off" } } : reading);
      if ((line & 0xffff) === 0) progress(line);
    },
    broken(number, problem) {
      seen++;
      const isCut = !survey.endsWithLineEnd && number === survey.lines;
      tally.see({ kind: "broken", number, problem: isCut ? { kind: "cut off" } : problem });
    },
  });
  const [card] = cards.found();
  if (card)
    throw refused(
      file,
      card.line,
      `the column "${card.column}" has full card numbers`,
      header.includes(card.column)
        ? `Fetch it without them, or leave the column unread with --skip-column "${card.column}"`
        : "Fetch it without them",
    );
  const added = tally.tally();
  const report = {
    ...{ name: file.name, sha256: survey.sha256, layout: layout.name, charset: head.charset },
    ...added,
    ...(!survey.endsWithLineEnd && !added.isCut && isRead(layout, header.at(-1)) && { openEnd: header.at(-1) as string }),
  };
  const [first] = report.broken;
  if (report.lines === 0 && first)
    throw refused(
      file,
      first.number,
      `none of its lines can be read; of the first, ${problemText(first.problem)}`,
      "Fetch it again, or give the flag",
    );
  return report;
};

const isRead = (layout: Layout, column = ""): boolean => columnsRead(layout).some((name) => columnKey(name) === columnKey(column));

/** What its lines show all together, and what was given. */
const decide = async (opened: OpenedExport, stated: Stated): Promise<Decided> => {
  const { file, found } = opened;
  const { layout, header, row, head } = found;
  const decider = deciderFor(layout, columnsOf(header), stated);
  if (needsLook(layout, columnsOf(header), stated)) {
    let seen = 0;
    await eachRecord(inUtf8(file.open(), head.charset), formOf(opened), {
      record(cells) {
        if (seen++ > row) decider.see(cells);
      },
      broken: () => void seen++,
    });
  }
  const { decided, missing } = decider.decide();
  if (missing.length > 0)
    throw new Failure(
      `${file.name} (${layout.title}) cannot be read yet. ${missing.map(factText).join(" ")} Nothing was changed.`,
      "usage",
    );
  return decided;
};

const formOf = ({ found, survey }: OpenedExport): RecordForm => ({
  separator: found.head.separator,
  ...(found.layout.quote !== undefined && { quote: found.layout.quote }),
  // A line end of a charset whose characters are longer is one of these again, once it is decoded.
  lineEnds: found.head.charset.startsWith("utf-16") ? ["\r\n", "\n", "\r"] : survey.lineEnds,
});

/** A file as a whole is refused with what, where and the remedy. */
export const refused = (file: ExportFile, line: number | undefined, what: string, remedy: string): Failure =>
  new Failure(`${file.name}${line === undefined || line < 1 ? "" : `, line ${line}`}: ${what}. ${remedy}. Nothing was changed.`);
