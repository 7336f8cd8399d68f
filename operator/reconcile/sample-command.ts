/** `holdfast reconcile --sample FILE`: which export a file is, what would be read of it, and what only an operator can say; else a mapping to complete. Changes nothing. */
import { errorMessage, Failure } from "../../core/failure.ts";
import type { ExportKind } from "../../core/mapping/layout.ts";
import { propose } from "../../core/reconcile/layout/propose.ts";
import { type ExportSettings, exportSettings } from "../../core/reconcile/reading/export-settings.ts";
import { fileJson } from "../../core/reconcile/report/compared-json.ts";
import { createCurrencies } from "../../core/reconcile/sides/movements.ts";
import { createTexts } from "../../core/reconcile/sides/texts.ts";
import { createTheirSide } from "../../core/reconcile/sides/their-side.ts";
import { fileAt } from "../../io/exports/file.ts";
import { headsOf } from "../../io/exports/heads.ts";
import { type OpenedExport, openExport, readExport } from "../../io/exports/read-export.ts";
import { surveyFile } from "../../io/exports/survey.ts";
import { type Exit, exit } from "../terminal/exit.ts";
import { printJson, type Terminal } from "../terminal/terminal.ts";
import { flagsOf, type ReadOptions } from "./flags.ts";
import { fileText } from "./text/file-text.ts";

export const reconcileSample = async (
  terminal: Terminal,
  path: string,
  options: ReadOptions,
  kinds: readonly ExportKind[],
): Promise<Exit> => {
  const file = await fileAt(path);
  const settings = { ...exportSettings(kinds, {}, flagsOf(options)), isSample: true };
  let opened: OpenedExport;
  try {
    opened = await openExport(file, settings);
  } catch (error) {
    // A mapping that was named is meant: another one is no help.
    if (!(error instanceof Failure) || options.mapping || options.kind !== undefined) throw error;
    return proposeMapping(terminal, path, settings, error);
  }
  return readWhole(terminal, opened, settings);
};

const readWhole = async (terminal: Terminal, opened: OpenedExport, { stated }: ExportSettings): Promise<Exit> => {
  const { layout, head } = opened.found;
  const known = { kind: layout.name, title: layout.title, charset: head.charset, separator: head.separator };
  const seen = createTheirSide({ texts: createTexts(), currencies: createCurrencies() });
  const report = await readExport(opened, stated, (line) => (line.kind === "money" ? seen.add(line) : undefined)).catch(
    (error: unknown) => {
      if (!(error instanceof Failure)) throw error;
      return error;
    },
  );
  if (report instanceof Failure) {
    if (terminal.json) await printJson(terminal, { ...known, problem: report.message });
    else await terminal.print(`It is ${layout.title} (${layout.name}).\n`);
    terminal.say(report.message);
    return report.kind === "usage" ? exit.usage : exit.failed;
  }
  if (terminal.json) await printJson(terminal, { ...known, file: fileJson(report) });
  else await terminal.print(`It is ${layout.title} (${layout.name}).\n${fileText(report)}`);
  return report.brokenLines > 0 || report.leftOut.some(({ why }) => why.kind === "unknown") ? exit.person : exit.ok;
};

/** The mapping is the data; what has to be stated is for the person who completes it. */
const proposeMapping = async (terminal: Terminal, path: string, { stated }: ExportSettings, why: Failure): Promise<Exit> => {
  const file = await fileAt(path);
  const survey = await surveyFile(file);
  if (survey.foreign) throw why;
  const heads = await headsOf(file, survey, stated);
  const name =
    file.name
      .toLowerCase()
      .replace(/\.[^.]*$/, "")
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "") || "export";
  const proposal = propose(heads, name);
  if (!proposal) throw why;
  const { mapping, toTell, toCheck } = proposal;
  if (terminal.json) await printJson(terminal, { kind: null, why: errorMessage(why), mapping, toTell, toCheck });
  else await printJson(terminal, mapping);
  for (const line of [
    errorMessage(why),
    "This is a mapping to begin with. Complete it, and read the file with --mapping FILE.",
    ...toTell.map((text) => `To be stated: ${text}`),
    ...toCheck.map((text) => `To be checked: ${text}`),
  ])
    terminal.say(line);
  return exit.person;
};
