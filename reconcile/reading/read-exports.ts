/** The files of one comparison, read one after another into one side: a file that cannot be read stops the command before anything is compared. */
import type { Millis } from "../../core/callback.ts";
import { type MovementType, movementTypes } from "../../core/difference/movement-type.ts";
import { Failure } from "../../core/failure.ts";
import type { Layout, LineType, MoneyLayout } from "../../core/mapping/layout.ts";
import type { Difference } from "../../core/reconcile/compare/difference.ts";
import type { ReadFile } from "../../core/reconcile/compared.ts";
import type { ContractSides } from "../../core/reconcile/contracts/contract-sides.ts";
import type { Candidate } from "../../core/reconcile/layout/recognise.ts";
import type { ExportSettings } from "../../core/reconcile/reading/export-settings.ts";
import type { Shared } from "../../core/reconcile/sides/movements.ts";
import { createTheirSide, type TheirSide } from "../../core/reconcile/sides/their-side.ts";
import { digest } from "../../core/signature.ts";
import type { ExportFile } from "../../io/exports/file.ts";
import { type OpenedExport, openExport, readExport } from "../../io/exports/read-export.ts";
import type { LineSink } from "../elsewhere/line-sink.ts";

export interface ReadExports {
  readonly theirs: TheirSide;
  /** Where the lines are: on their side, or with whoever compares them. */
  readonly lines: LineSink;
  /** What these files can say at all: what they do not say of that is missing there. */
  readonly covers: ReadonlySet<MovementType>;
  /** The same, with what they say besides: an attempt that failed, what went back of a charge, how contracts are. */
  readonly about: ReadonlySet<Difference["about"]>;
  readonly files: readonly ReadFile[];
}

export interface ReadingWatch {
  update(line: number): void;
  stop(): void;
}

export interface ExportOrder {
  readonly source: string;
  /** Of the source. */
  readonly gateway: string;
  /** Registered ones: a kind of another one is another gateway's file. */
  readonly isGateway: (name: string) => boolean;
  readonly settings: ExportSettings;
  readonly asOf?: Millis;
  /** Who is given the lines. @default their side, in memory */
  readonly sink?: LineSink;
  /** For lists of contracts. Absent: their moment is not known. */
  readonly contracts?: ContractSides;
  /** Shows how far a file has been read. */
  readonly watch: (name: string, lines: number) => Promise<ReadingWatch>;
}

export const readExports = async (files: readonly ExportFile[], shared: Shared, order: ExportOrder): Promise<ReadExports> => {
  const theirs = createTheirSide(shared, order.asOf);
  const lines = order.sink ?? theirs;
  const covers = new Set<MovementType>();
  const about = new Set<Difference["about"]>();
  const read: ReadFile[] = [];
  const seen = new Map<string, string>();
  for (const file of files) {
    const opened = await openExport(file, order.settings);
    const { survey, found } = opened;
    const same = seen.get(survey.sha256);
    if (same !== undefined) throw new Failure(`${file.name} is the same file as ${same}: name it once. Nothing was changed.`, "usage");
    seen.set(survey.sha256, file.name);
    checkGateway(opened, order);
    if (found.layout.about === "contracts" && order.sink)
      throw new Failure(
        `${file.name} is a list of contracts (${found.layout.title}), and Athena compares money only: compare it by itself, without --engine. Nothing was changed.`,
        "usage",
      );
    if (found.layout.about === "contracts" && !order.contracts)
      throw new Failure(
        `${file.name} is a list of contracts (${found.layout.title}), and does not say when it was made: say it with --as-of. Nothing was changed.`,
        "usage",
      );
    if (found.layout.about === "money") for (const type of coveredBy(found.layout)) covers.add(type);
    for (const one of aboutOf(found.layout)) about.add(one);
    const counts = { later: 0, pending: 0 };
    const before = theirs.movements.type.length;
    const bar = await order.watch(file.name, survey.lines);
    const report = await readExport(
      opened,
      order.settings.stated,
      (line) => {
        if (line.kind === "contract") {
          if (order.asOf !== undefined && line.at !== undefined && line.at >= order.asOf) counts.later++;
          else order.contracts?.list(line);
          return undefined;
        }
        const added = lines.add(line);
        if (added === "later" || added === "pending") counts[added]++;
        // Twice in this file; what another one has as well counts in the sums of both.
        return added === "repeated" && theirs.repeated.get(theirs.repeated.length - 1) >= before ? added : undefined;
      },
      bar.update,
    ).finally(bar.stop);
    read.push({ report, layoutDigest: digest("sha256", [JSON.stringify(found.layout)]), about: found.layout.about, ...counts });
  }
  return { theirs, lines, covers, about, files: read };
};

/** One gateway's file held against another's records would be all differences. */
const checkGateway = ({ file, found }: OpenedExport, { source, gateway, isGateway }: ExportOrder): void => {
  const layout: Candidate = found.layout;
  if (!("gateway" in layout) || layout.gateway === gateway || gateway === "hmac" || !isGateway(layout.gateway)) return;
  throw new Failure(
    `${file.name} is ${layout.title}, and ${source} is a source of ${gateway}: name the source it belongs to. Nothing was changed.`,
    "usage",
  );
};

const aboutOf = (layout: Layout): readonly Difference["about"][] => {
  if (layout.about === "contracts") return ["contract"];
  const covered = coveredBy(layout);
  return [
    ...covered,
    ...(layout.refunded !== undefined ? (["refund"] as const) : []),
    ...(covered.includes("charge") ? (["failure", "void"] as const) : []),
    ...(covered.includes("refund") ? (["refund failed"] as const) : []),
  ];
};

const movementOf: Partial<Record<LineType, MovementType>> = {
  charge: "charge",
  refund: "refund",
  void: "void",
  chargeback: "chargeback",
  "chargeback reversed": "chargeback reversed",
  "refund failed": "refund failed",
};

/** By the words that its type can have: an export in which refunds never stand does not miss any. */
const coveredBy = ({ type }: MoneyLayout): readonly MovementType[] => {
  if (!type) return ["charge"];
  const meanings = [...Object.values(type.meanings), ...(type.otherwise === undefined ? [] : [type.otherwise])];
  const types = new Set(meanings.flatMap((meaning) => (typeof meaning === "string" ? [meaning] : [meaning.in, meaning.out])));
  return movementTypes.filter((movement) => [...types].some((one) => movementOf[one] === movement));
};
