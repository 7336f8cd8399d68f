/** `holdfast list`: records, newest first, with their state. Streams, so that a table may be of any size. */
import { dayMs } from "../../core/durations.ts";
import type { Filter } from "../../core/filter.ts";
import { isoTime } from "../../core/formats/iso-time.ts";
import { sayOpenConflicts } from "../conflicts/open-note.ts";
import type { Connection } from "../connect/connect.ts";
import { jsonRow, listColumns, listCsv, listHead, listRow } from "../query/record-row.ts";
import { type Found, readsTimeline, select } from "../query/select.ts";
import { printCsv } from "../terminal/csv.ts";
import { type Exit, exit } from "../terminal/exit.ts";
import { createTable } from "../terminal/table.ts";
import { jsonArray, type Terminal } from "../terminal/terminal.ts";

export interface ListOptions {
  readonly filter: Filter;
  /** Infinity for all. */
  readonly limit: number;
  /** One JSON value a line, instead of one array. */
  readonly lines?: boolean;
}

/** Every day searched costs eight queries, even an empty one; to search further back, use --since. */
const lookBackMs = 30 * dayMs;

export const list = async (
  connection: Connection,
  terminal: Terminal,
  { filter: asked, limit, lines = false }: ListOptions,
): Promise<Exit> => {
  const isBounded = asked.since !== undefined || limit === Number.POSITIVE_INFINITY || !readsTimeline(asked);
  const filter = isBounded ? asked : { ...asked, since: (asked.until ?? connection.clock()) - lookBackMs };
  const out = outputFor(terminal, lines);
  let [count, last, isCut]: [number, Found | undefined, boolean] = [0, undefined, false];
  for await (const found of select(connection, filter, "newest first")) {
    isCut = count === limit;
    if (isCut) break;
    await out.add(found);
    last = found;
    count++;
  }
  await out.end();
  if (isCut && last) terminal.say(`The newest ${count}. Older ones: --until ${isoTime(last.storedAt)}, a larger --limit, or --all.`);
  else if (!isBounded) terminal.say(`${count === 0 ? "No record matches" : `All ${count}`} in 30 days. Further back: --since 400d`);
  else if (count === 0) terminal.say("No record matches.");
  await sayOpenConflicts(connection, terminal);
  return count === 0 ? exit.nothing : exit.ok;
};

interface Output {
  add(found: Found): Promise<void>;
  end(): Promise<void>;
}

const outputFor = (terminal: Terminal, lines: boolean): Output => {
  if (lines) return jsonLines(terminal);
  if (terminal.csv) return csv(terminal);
  return terminal.json ? json(terminal) : table(terminal);
};

const csv = (terminal: Terminal): Output => {
  const rows = printCsv(terminal, listHead);
  return { add: (found) => rows.add(listCsv(found)), end: rows.end };
};

const jsonLines = (terminal: Terminal): Output => ({
  add: (found) => terminal.print(`${JSON.stringify(jsonRow(found))}\n`),
  end: async () => {},
});

const json = (terminal: Terminal): Output => {
  const array = jsonArray(terminal);
  return { add: (found) => array.add(jsonRow(found)), end: array.end };
};

/** Rows that are measured and printed together. */
const rowsABlock = 100;

const table = (terminal: Terminal): Output => {
  const render = createTable(listColumns, terminal);
  let block: Found[] = [];
  const flush = async () => {
    if (block.length > 0) await terminal.print(render(block.map((found) => listRow(found, terminal.colours))));
    block = [];
  };
  return {
    async add(found) {
      block.push(found);
      if (block.length >= rowsABlock) await flush();
    },
    end: flush,
  };
};
