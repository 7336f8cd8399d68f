/** `holdfast reconcile --source S --export FILE...`: what a gateway exported against what is recorded. A plan; with --yes the run is kept. */
import { writeFile } from "node:fs/promises";
import type { Millis } from "../../core/callback.ts";
import { errorMessage, Failure } from "../../core/failure.ts";
import { counted } from "../../core/formats/counted.ts";
import { isoTime } from "../../core/formats/iso-time.ts";
import type { ExportKind } from "../../core/mapping/layout.ts";
import type { Compared } from "../../core/reconcile/compared.ts";
import { reportPage } from "../../core/reconcile/page/report-page.ts";
import { readOtherwise } from "../../core/reconcile/read-otherwise.ts";
import { exportSettings } from "../../core/reconcile/reading/export-settings.ts";
import type { ReconciliationRun } from "../../core/reconcile/run.ts";
import { fileAt } from "../../io/exports/file.ts";
import { commitRun } from "../../reconcile/commit.ts";
import { compareWith } from "../../reconcile/compare.ts";
import { planFindings } from "../../reconcile/findings.ts";
import { enterFound, planRecovery, refundedSoFar } from "../../reconcile/recover.ts";
import type { Connection } from "../connect/connect.ts";
import { type Exit, exit } from "../terminal/exit.ts";
import { startProgressBar } from "../terminal/progress-bar.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { readApplicationFile } from "./application-file.ts";
import { openAthena } from "./athena-engine.ts";
import { flagsOf, type ReadOptions } from "./flags.ts";
import { exportedSide } from "./our-side.ts";
import { printPlan } from "./text/plan-text.ts";

export interface ReconcileOrder extends ReadOptions {
  readonly source: string;
  /** Paths. */
  readonly files: readonly string[];
  readonly asOf?: Millis | undefined;
  readonly from?: Millis | undefined;
  /** An export of the ledger table, which is read instead of it: `s3://BUCKET/AWSDynamoDB/ID/`, or a path. */
  readonly ourSide?: string | undefined;
  /** What settles what agrees. @default "local", this machine */
  readonly engine?: "local" | "athena" | undefined;
  /** The path of the application's own list. */
  readonly application?: string | undefined;
  readonly csv: boolean;
  /** Where the report goes as a page. */
  readonly html?: string | undefined;
  /** What the export proves and no callback has said is entered. */
  readonly recover: boolean;
  /** And goes to the application. */
  readonly deliver: boolean;
  readonly yes: boolean;
  readonly by: string;
}

export const reconcile = async (
  connection: Connection,
  terminal: Terminal,
  order: ReconcileOrder,
  kinds: readonly ExportKind[],
): Promise<Exit> => {
  const compared = await compare(connection, terminal, order, kinds);
  const refunded = await refundedSoFar(connection, compared.comparison);
  const recovery = order.recover ? planRecovery(connection, compared.comparison, { ...order, refunded }) : undefined;
  const findings = await planFindings(connection, compared, { entered: recovery?.settled ?? new Set(), refunded });
  const otherwise = await changesSince(connection, compared);
  await printPlan(terminal, compared, { ...order, recovery, findings, otherwise });
  if (order.html !== undefined) await writeReport(connection, compared, order.html);
  if (order.yes) {
    const { kind, run } = await commitRun(connection, compared, { by: order.by, findings });
    terminal.say(
      kind === "committed"
        ? `Committed as run ${run.id}.`
        : `The same files were committed by ${run.by} on ${isoTime(run.at)}, as run ${run.id}: nothing has changed.`,
    );
    if (recovery && recovery.events.length > 0) {
      const { entered, before } = await enterFound(connection, recovery, run, order);
      terminal.say(`Entered ${counted(entered, "event")} as found by reconciliation${before > 0 ? `; ${before} were there` : ""}.`);
    }
  } else terminal.say(`Nothing was changed. To keep this run${recovery ? ", and to enter what was found" : ""}, add --yes.`);
  const { comparison, files } = compared;
  const isBroken = files.some(({ report }) => report.brokenLines > 0) || (compared.application?.broken.length ?? 0) > 0;
  return comparison.differences.length + comparison.undecided.length === 0 && !isBroken ? exit.ok : exit.person;
};

const compare = async (
  connection: Connection,
  terminal: Terminal,
  order: ReconcileOrder,
  kinds: readonly ExportKind[],
): Promise<Compared> => {
  const { source, application, ourSide } = order;
  const isElsewhere = order.engine === "athena";
  if (isElsewhere && application !== undefined)
    throw new Failure("Athena compares money only: give --application without --engine. Nothing was changed.", "usage");
  const ours = ourSide === undefined ? undefined : await exportedSide(connection, ourSide, order.asOf);
  const elsewhere = isElsewhere
    ? await openAthena(connection, terminal, { source, ourSide, readUntil: order.asOf ?? ours?.from.at, tableBytes: ours?.tableBytes })
    : undefined;
  const readingLedger = (): string => {
    if (!ours) return "Reading the ledger: every item of its table, once.";
    return `Reading the ledger: ${counted(ours.from.items, "item")} of ${ours.from.place}.`;
  };
  try {
    return await compareWith(
      connection,
      {
        ...{ source, asOf: order.asOf, from: order.from, ours, elsewhere },
        settings: exportSettings(kinds, connection.config.sources[source]?.exports, flagsOf(order)),
        files: await Promise.all(order.files.map(fileAt)),
        ...(application !== undefined && { application: (asOf: Millis) => readApplicationFile(application, source, asOf) }),
      },
      {
        file: (name, lines) => startProgressBar(`Reading ${name}`, lines, terminal.interactive && !terminal.json),
        ledger: () => terminal.interactive && !isElsewhere && terminal.say(readingLedger()),
      },
    );
  } finally {
    await elsewhere?.close();
  }
};

/** What another mapping, or what is said of the files, changes since they were compared first; undefined where nothing is. */
const changesSince = async ({ reconciliations }: Connection, { comparison, files, input }: Compared) => {
  const { source } = comparison;
  if (await reconciliations.ofInput(source, input)) return undefined;
  return readOtherwise(
    comparison,
    files.map(({ report }) => report),
    reconciliations.all(source),
  );
};

/** Earlier runs on the page: more than two years of months help no trend. */
const mostEarlier = 36;

const writeReport = async (connection: Connection, { comparison, files }: Compared, file: string): Promise<void> => {
  const earlier: ReconciliationRun[] = [];
  for await (const run of connection.reconciliations.all(comparison.source)) if (earlier.push(run) === mostEarlier) break;
  const { config, clock, command } = connection;
  const page = reportPage({
    comparison,
    files: files.map(({ report }) => report),
    earlier: earlier.reverse(),
    madeAt: clock(),
    zone: config.zone,
    deployment: config.name,
    command,
  });
  await writeFile(file, page).catch((error: unknown) => {
    throw new Failure(`The report cannot be written to ${file}: ${errorMessage(error)}`);
  });
};
