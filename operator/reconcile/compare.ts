/** What a gateway exported against what is recorded: files and ledger are read, and nothing is changed. */
import type { Millis } from "../../core/callback.ts";
import { Failure } from "../../core/failure.ts";
import { type Comparison, comparisonOf } from "../../core/reconcile/compare/comparison.ts";
import { openIdsOf } from "../../core/reconcile/compare/differences.ts";
import { matchSides } from "../../core/reconcile/compare/match.ts";
import { createCurrencies, type Shared } from "../../core/reconcile/compare/movements.ts";
import { createOurSide, type Period } from "../../core/reconcile/compare/our-side.ts";
import { createTexts } from "../../core/reconcile/compare/texts.ts";
import type { ExportKind } from "../../core/reconcile/layout/layout.ts";
import { fileAt } from "../../io/exports/file.ts";
import { startProgressBar } from "../cli/progress-bar.ts";
import type { Terminal } from "../cli/terminal.ts";
import type { Connection } from "../connect/connect.ts";
import { type ReadExports, type ReadFile, readExports } from "./read-exports.ts";
import { readOurSide } from "./read-our-side.ts";
import { readTraces, readWaiting } from "./read-traces.ts";
import { exportSettings, type ReadOptions } from "./settings.ts";

export interface CompareOrder extends ReadOptions {
  readonly source: string;
  readonly files: readonly string[];
  /** What happened then or later is not compared. Absent: what happened after the last line. */
  readonly asOf?: Millis | undefined;
  /** Nothing before it is expected in the export. Absent: the first line's time. */
  readonly from?: Millis | undefined;
  readonly csv: boolean;
}

/** A comparison with what it was made from. */
export interface Compared {
  readonly comparison: Comparison;
  readonly files: readonly ReadFile[];
  /** There are more unsettled or unproven callbacks than were looked at. */
  readonly isCut: boolean;
}

export const compareWith = async (
  connection: Connection,
  terminal: Terminal,
  order: CompareOrder,
  kinds: readonly ExportKind[],
): Promise<Compared> => {
  const { config, ledger, scan } = connection;
  const { source } = order;
  const settings = exportSettings(order, kinds);
  const shared: Shared = { texts: createTexts(), currencies: createCurrencies() };
  const findGateway = await connection.gateways();
  const exports = await readExports(await Promise.all(order.files.map(fileAt)), shared, {
    source,
    gateway: config.sources[source]?.gateway ?? "",
    isGateway: (name) => findGateway(name) !== undefined,
    settings,
    ...(order.asOf !== undefined && { asOf: order.asOf }),
    watch: (name, lines) => startProgressBar(`Reading ${name}`, lines, terminal.interactive && !terminal.json),
  });
  const period = periodOf(order, exports);
  const waiting = await readWaiting(connection, source);
  const ours = createOurSide(shared, period, exports.theirs.names());
  if (terminal.interactive) terminal.say("Reading the ledger: every item of its table, once.");
  await readOurSide(ledger, scan, { source, shared, ours, view: { asOf: period.asOf, isWaiting: (record) => waiting.has(record) } });
  const sides = { shared, ours, theirs: exports.theirs };
  const matching = matchSides(sides);
  const { traces, isCut } = await readTraces(connection, source, openIdsOf(sides, matching));
  return { comparison: comparisonOf(sides, matching, { source, period, covers: exports.covers, traces }), files: exports.files, isCut };
};

/** What the exports cover: from their first line, or what was told, up to their own moment. */
const periodOf = ({ asOf, from }: CompareOrder, { theirs, files }: ReadExports): Period => {
  const [first, last] = [theirs.first(), theirs.last()];
  const until = asOf ?? (last === undefined ? undefined : last + 1);
  const begin = from ?? first;
  if (until === undefined || begin === undefined) {
    const names = files.map(({ report }) => report.name).join(", ");
    throw new Failure(
      `${names}: no line says when it is from. Say which time it covers with --from and --as-of. Nothing was changed.`,
      "usage",
    );
  }
  if (begin > until) throw new Failure("--from is after --as-of, or after the last line: nothing would be compared.", "usage");
  return { from: begin, asOf: until };
};
