/** The records of a replay: named ones, or a filter; never everything by accident. */
import { Failure } from "../../core/failure.ts";
import { type Filter, filterWords } from "../../core/filter.ts";
import { counted } from "../../core/formats/counted.ts";
import { lineOrder, type RecordKey, storedAtOf } from "../../core/record.ts";
import type { ReplayJob } from "../../io/ledger/runs/replay-jobs.ts";
import { recordIn } from "../../io/records/records.ts";
import { type FilterOptions, filterOf } from "../arguments/arguments.ts";
import type { Connection } from "../connect/connect.ts";
import { resolveKey } from "../query/resolve.ts";
import { type Found, matches, select } from "../query/select.ts";
import type { ReplayRun } from "./outcome.ts";

export type Selection = ReplayJob["meant"];

/** What was typed. Throws a Failure when it is nothing, or records and a filter at once. */
export const selectionOf = async (
  connection: Connection,
  records: readonly string[],
  options: FilterOptions & { readonly dead?: boolean },
): Promise<Selection> => {
  const { source, state, contract, since, until, reason, dead } = options;
  const filters = [source, state, contract, since, until, reason, dead].filter((one) => one !== undefined);
  if (records.length > 0 && filters.length > 0) throw new Failure("Name records or a filter, not both.", "usage");
  if (records.length > 0) return { keys: records };
  if (filters.length === 0)
    throw new Failure(
      "Name what to replay: records by their keys, --dead, or a filter (--source, --state, --contract, --since, --until, --reason).",
      "usage",
    );
  if (dead && state) throw new Failure("--dead already means --state dead; use only one.", "usage");
  return { filter: { ...(await filterOf(connection, options)), ...(dead && { states: ["dead"] }) } };
};

export interface Selected {
  /** With full keys and moments instead of what was typed: the same today and when the replay is continued. */
  readonly selection: Selection;
  /** In stored order; once a plan is made, within its period, and after the last one handled. */
  records(within?: Partial<Pick<ReplayJob, "oldest" | "newest" | "cursor">>): AsyncIterable<Found>;
  readonly isSelected: ReplayRun["isSelected"];
}

export const resolveSelection = async (connection: Connection, selection: Selection): Promise<Selected> => {
  if ("keys" in selection) {
    const found = await namedRecords(connection, selection.keys);
    return {
      selection: { keys: found.map(({ key }) => key) },
      records: ({ cursor } = {}) => after(cursor, found),
      isSelected: () => true,
    };
  }
  // What is stored from now on is not in the plan.
  const filter: Filter = { ...selection.filter, until: Math.min(selection.filter.until ?? Number.POSITIVE_INFINITY, connection.clock()) };
  return {
    selection: { filter },
    records: ({ oldest, newest, cursor } = {}) => {
      const since = cursor?.storedAt ?? oldest;
      const period = { ...filter, ...(since !== undefined && { since }), ...(newest !== undefined && { until: newest }) };
      return after(cursor, select(connection, period, "oldest first"));
    },
    isSelected: (key, progress) => progress === undefined || matches(filter, { key, storedAt: storedAtOf(progress), progress }),
  };
};

async function* after(cursor: ReplayJob["cursor"], records: Iterable<Found> | AsyncIterable<Found>): AsyncGenerator<Found> {
  for await (const found of records) if (cursor === undefined || lineOrder(found) > lineOrder(cursor)) yield found;
}

/** Their names are kept with the job, whose item holds 400 KB. */
const mostNamed = 1_000;

const namedRecords = async (connection: Connection, typed: readonly string[]): Promise<readonly Found[]> => {
  if (typed.length > mostNamed) throw new Failure(`At most ${mostNamed} records can be named at a time: name a filter, or fewer.`, "usage");
  const keys = [...new Set(await Promise.all(typed.map((one) => resolveKey(connection, one))))];
  const known = await connection.open.of(keys);
  const found = await Promise.all(keys.map((key) => foundOf(connection, key, known.get(key)?.progress)));
  return found.sort((one, other) => (lineOrder(one) < lineOrder(other) ? -1 : 1));
};

const foundOf = async (connection: Connection, key: RecordKey, progress: Found["progress"]): Promise<Found> => {
  if (progress) return { key, storedAt: storedAtOf(progress), progress };
  const read = await connection.records.read(key);
  return { key, storedAt: read.kind === "none" ? 0 : recordIn(read).storedAt };
};

const mostShown = 5;

/** For the audit trail and lists. */
export const selectionText = (selection: Selection, count: number): string => {
  const of =
    "keys" in selection ? selection.keys.slice(0, mostShown).join(", ") + (count > mostShown ? " ..." : "") : filterWords(selection.filter);
  return `${counted(count, "record")}: ${of}`;
};
