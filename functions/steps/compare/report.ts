/** What a comparison found, beside the export: a page, a table for spreadsheets and JSON. The JSON comes last: where it is, all is done. */
import type { Change, ChangeKind } from "../../../core/findings/lifecycle/merge.ts";
import { csvLine } from "../../../core/formats/csv.ts";
import type { Compared } from "../../../core/reconcile/compared.ts";
import { reportPage } from "../../../core/reconcile/page/report-page.ts";
import { comparedJson } from "../../../core/reconcile/report/compared-json.ts";
import { csvColumns, csvRow } from "../../../core/reconcile/report/difference-csv.ts";
import type { ReconciliationRun } from "../../../core/reconcile/run.ts";
import { holdfastCommand } from "./command-text.ts";
import type { CompareDependencies } from "./dependencies.ts";

/** Two years of months and more help no trend. */
const mostEarlier = 36;

export const putReport = async (
  { exports, reconciliations, config, clock }: CompareDependencies,
  place: string,
  { comparison, files }: Compared,
  run: ReconciliationRun,
): Promise<void> => {
  const earlier: ReconciliationRun[] = [];
  for await (const one of reconciliations.all(comparison.source))
    if (one.id !== run.id && one.at <= run.at && earlier.push(one) === mostEarlier) break;
  const page = reportPage({
    comparison,
    files: files.map(({ report }) => report),
    earlier: earlier.reverse(),
    madeAt: clock(),
    ...{ zone: config.zone, deployment: config.name, command: holdfastCommand },
  });
  await exports.putReport(`${place}.html`, page, "text/html; charset=utf-8");
  const rows = [csvLine(csvColumns), ...comparison.differences.map((difference) => csvLine(csvRow(difference)))];
  await exports.putReport(`${place}.csv`, rows.join(""), "text/csv; charset=utf-8");
};

export const putJson = (
  { exports }: Pick<CompareDependencies, "exports">,
  place: string,
  compared: Compared,
  { run, changes }: { readonly run: ReconciliationRun; readonly changes: readonly Change[] },
): Promise<void> => {
  const ids = (...kinds: readonly ChangeKind[]) => changes.filter(({ kind }) => kinds.includes(kind)).map(({ after }) => after.finding.id);
  const findings = { raised: ids("raised", "reopened"), updated: ids("updated"), closed: ids("closed") };
  const json = { run: run.id, ...comparedJson(compared), findings };
  return exports.putReport(`${place}.json`, `${JSON.stringify(json, null, 2)}\n`, "application/json");
};
