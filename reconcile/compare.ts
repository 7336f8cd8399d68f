/** What a gateway exported against what is recorded: files and ledger are read, and nothing is changed. */
import { type ApplicationEvent, isGift } from "../core/application/event.ts";
import type { Millis } from "../core/callback.ts";
import { dayMs } from "../core/durations.ts";
import { Failure } from "../core/failure.ts";
import { isoTime } from "../core/formats/iso-time.ts";
import { comparisonOf, withContracts } from "../core/reconcile/compare/comparison.ts";
import { openIdsOf } from "../core/reconcile/compare/open-lines.ts";
import { withSettled } from "../core/reconcile/compare/settled.ts";
import type { Compared, TableExport } from "../core/reconcile/compared.ts";
import { type ContractSides, createContractSides } from "../core/reconcile/contracts/contract-sides.ts";
import { matchSides } from "../core/reconcile/match/match.ts";
import type { ExportSettings } from "../core/reconcile/reading/export-settings.ts";
import { inputOf } from "../core/reconcile/run.ts";
import { createCurrencies, type Shared } from "../core/reconcile/sides/movements.ts";
import { createOurSide, type Period } from "../core/reconcile/sides/our-side.ts";
import { createTexts } from "../core/reconcile/sides/texts.ts";
import type { TheirSide } from "../core/reconcile/sides/their-side.ts";
import type { RecordKey } from "../core/record.ts";
import type { ExportFile } from "../io/exports/file.ts";
import type { Scan } from "../io/ledger/scan/scan.ts";
import { type ApplicationFile, compareContracts } from "./compare-contracts.ts";
import type { LineSink } from "./elsewhere/line-sink.ts";
import type { Settled } from "./elsewhere/settle.ts";
import { withKnownNames } from "./reading/known-names.ts";
import { type ExportOrder, type ReadExports, readExports } from "./reading/read-exports.ts";
import { readOurSide } from "./reading/read-our-side.ts";
import { readTraces, readWaiting } from "./reading/read-traces.ts";
import type { ReconcileStores } from "./stores.ts";

export interface CompareOrder {
  readonly source: string;
  readonly files: readonly ExportFile[];
  /** By what they are read. */
  readonly settings: ExportSettings;
  /** What happened then or later is not compared. Absent: what happened after the last line. */
  readonly asOf?: Millis | undefined;
  /** Nothing before it is expected in the export. Absent: the first line's time. */
  readonly from?: Millis | undefined;
  /** An export of the ledger table, instead of the table itself. */
  readonly ours?: { readonly scan: Scan; readonly from: TableExport } | undefined;
  /** Settles what agrees where both sides are, and leaves the rest to be compared here. With `ours`. */
  readonly elsewhere?: { readonly sink: LineSink; settle(period: Period, waiting: ReadonlySet<RecordKey>): Promise<Settled> } | undefined;
  /** Who is entitled at that moment, by the application's own list: instead of what it has said. */
  readonly application?: ((asOf: Millis) => Promise<ApplicationList>) | undefined;
}

export interface ApplicationList {
  readonly name: string;
  readonly granted: ApplicationFile;
  /** Lines that cannot be read: they count as not there. */
  readonly broken: readonly { readonly line: number; readonly problems: readonly string[] }[];
}

/** Who wants to see how far it is. */
export interface CompareWatch {
  readonly file: ExportOrder["watch"];
  /** All files are read; what follows takes as long as the ledger is large. */
  ledger(): void;
}

export const compareWith = async (stores: ReconcileStores, order: CompareOrder, watch: CompareWatch): Promise<Compared> => {
  const { config, ledger } = stores;
  const { source, settings } = order;
  const shared: Shared = { texts: createTexts(), currencies: createCurrencies() };
  const findGateway = await stores.gateways();
  // What our side cannot have heard of is no difference.
  const readUntil = order.asOf ?? order.ours?.from.at;
  const listed = order.asOf === undefined ? undefined : createContractSides(shared.texts, order.asOf);
  const exports = await readExports(order.files, shared, {
    source,
    gateway: config.sources[source]?.gateway ?? "",
    isGateway: (name) => findGateway(name) !== undefined,
    settings,
    ...(readUntil !== undefined && { asOf: readUntil }),
    ...(listed && { contracts: listed }),
    ...(order.elsewhere && { sink: order.elsewhere.sink }),
    watch: watch.file,
  });
  const period = periodOf(order, exports, stores.clock());
  const hasList = exports.files.some(({ about }) => about === "contracts");
  const contracts = hasList || order.application !== undefined ? (listed ?? createContractSides(shared.texts, period.asOf)) : undefined;
  const file = await order.application?.(period.asOf);
  if (file) for (const granted of file.granted.values()) contracts?.say(granted);
  const waiting = await readWaiting(stores, source);
  let readUnits = 0;
  watch.ledger();
  const settled = await order.elsewhere?.settle(period, waiting);
  if (settled) await addWhatIsLeft(settled, exports.theirs, shared);
  const ours = createOurSide(shared, period, exports.lines.names());
  await readOurSide(ledger, settled?.scan ?? order.ours?.scan ?? stores.scan, {
    source,
    shared,
    ours,
    readUnits: (units) => {
      readUnits += units;
    },
    view: { asOf: period.asOf, isWaiting: (record) => waiting.has(record) },
    ...(contracts && { contract: ({ id, entries }) => contracts.record(id, entries) }),
    ...(contracts && !file && { applicationEvent: ({ event }) => sayOf(contracts, source, event) }),
  });
  const sides = { shared, ours, theirs: exports.theirs };
  const matching = matchSides(sides);
  const { traces, isCut } = await readTraces(stores, source, openIdsOf(sides, matching));
  const compared = comparisonOf(sides, matching, { source, period, covers: exports.covers, traces });
  const money = await withKnownNames(ledger, settled ? withSettled(compared, settled.sums) : compared);
  contracts?.settle();
  const ofContracts =
    contracts && (await compareContracts(stores, { source, asOf: period.asOf, sides: contracts, hasList, traces, file: file?.granted }));
  return {
    comparison: ofContracts ? withContracts(money, ofContracts) : money,
    files: exports.files,
    about: exports.about,
    input: inputOf({
      source,
      files: exports.files.map(({ report, layoutDigest }) => `${report.sha256} ${layoutDigest}`),
      settings: [settings.stated, period, file ? [...file.granted.values()] : null],
    }),
    readUnits,
    ...(order.ours && { ours: order.ours.from }),
    isCut: isCut || ofContracts?.isCut === true,
    ...(file && { application: { name: file.name, grants: file.granted.size, broken: file.broken } }),
  };
};

const addWhatIsLeft = async ({ names, lines }: Settled, theirs: TheirSide, { texts }: Shared): Promise<void> => {
  for (const name of names) texts.add(name);
  for await (const line of lines) theirs.add(line);
};

const sayOf = (contracts: ContractSides, source: string, event: ApplicationEvent): void => {
  if ((event.type === "entitlement.granted" && !isGift(event)) || event.type === "entitlement.revoked")
    if (event.source === source) contracts.say(event);
};

/** What the exports cover: from their first line, or what was stated, up to their own moment. */
const periodOf = ({ asOf, from }: CompareOrder, { lines, files }: ReadExports, now: Millis): Period => {
  const [first, last] = [lines.first(), lines.last()];
  // One date that was mistyped would make all that is recorded after the export missing in it.
  if (asOf === undefined && last !== undefined && last > now + dayMs)
    throw new Failure(
      `${files.map(({ report }) => report.name).join(", ")}: the last line is of ${isoTime(last)}, which has not come yet. Correct that date, or say up to when the file reaches with --as-of. Nothing was changed.`,
      "usage",
    );
  const until = asOf ?? (last === undefined ? undefined : last + 1);
  // A list of contracts alone covers no time.
  const begin = from ?? first ?? asOf;
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
