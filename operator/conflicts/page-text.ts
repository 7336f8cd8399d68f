/** Conflicts as an operator reads them: as text, as JSON, or as rows. */
import type { CsvCell } from "../../core/formats/csv.ts";
import { isoTime } from "../../core/formats/iso-time.ts";
import { printableLine } from "../../core/formats/printable.ts";
import { type Conflict, conflictChoices } from "../../core/receive/conflict.ts";
import type { RecordKey } from "../../core/record.ts";
import type { Connection } from "../connect/connect.ts";
import { printCsv } from "../terminal/csv.ts";
import { createTable } from "../terminal/table.ts";
import { jsonArray, type Terminal } from "../terminal/terminal.ts";
import { wordsFor } from "./decide.ts";
import type { ConflictPage, OtherSide } from "./page.ts";

const csvHead = [
  "record",
  "state",
  "other",
  "received",
  "from",
  "bytes",
  "first",
  "first received",
  "decision",
  "fields that differ",
] as const;

/** One after the other, as text, as JSON, or a row for each that came under the id. */
export const pagesFor = (connection: Connection, terminal: Terminal) => {
  if (terminal.json) {
    const array = jsonArray(terminal);
    return { add: (page: ConflictPage) => array.add(asJson(page, connection)), end: array.end };
  }
  if (!terminal.csv)
    return { add: (page: ConflictPage) => terminal.print(`${pageText(page, connection, terminal)}\n`), end: async () => {} };
  const rows = printCsv(terminal, csvHead);
  const add = async (page: ConflictPage) => {
    for (const other of page.others) await rows.add(csvRow(page, other));
  };
  return { add, end: rows.end };
};

const csvRow = ({ key, state, first }: ConflictPage, { conflict, side, differences }: OtherSide): readonly CsvCell[] => [
  key,
  state,
  side?.sha256 ?? "",
  side?.receivedAt ?? "",
  side?.from ?? "",
  side?.bytes ?? "",
  first?.sha256 ?? "",
  first?.receivedAt ?? "",
  conflict.decision ? wordsFor(conflict.decision.deliver) : "",
  differences.map(({ field }) => field).join(" "),
];

export const asJson = ({ others, ...page }: ConflictPage, connection: Connection) => ({
  ...page,
  others: others.map(({ conflict, side, differences }) => ({
    place: conflict.place,
    storedAt: isoTime(conflict.storedAt),
    state: stateOf(conflict),
    decision: conflict.decision ? { ...conflict.decision, at: isoTime(conflict.decision.at) } : null,
    ...side,
    differences,
  })),
  commands: commandsFor(page.key, others, connection),
});

const stateOf = ({ decision, isDone }: Conflict): "open" | "being decided" | "decided" =>
  isDone ? "decided" : decision ? "being decided" : "open";

/** What to type: for one that is being decided, the decision it waits for. */
const commandsFor = (key: RecordKey, others: readonly OtherSide[], connection: Connection): readonly string[] => {
  const open = others.filter(({ conflict }) => !conflict.isDone);
  const [only] = open;
  const pending = open.find(({ conflict }) => conflict.decision);
  const name = (side: OtherSide) => (open.length > 1 ? ["--other", side.side?.sha256.slice(0, 12) ?? ""] : []);
  const decide = (deliver: string, side: OtherSide) =>
    connection.command("conflicts", "decide", key, "--deliver", deliver, ...name(side), "--why", "...");
  if (pending?.conflict.decision) return [decide(pending.conflict.decision.deliver, pending)];
  return only ? conflictChoices.map((choice) => decide(choice, only)) : [];
};

export const pageText = (page: ConflictPage, connection: Connection, terminal: Terminal): string => {
  const { bold } = terminal.colours;
  const lines = [
    bold(page.key),
    `  first   ${page.first ? sideText(page.first) : "its bytes are gone"}; ${page.state}`,
    ...page.others.flatMap((other) => [
      `  other   ${other.side ? sideText(other.side) : "its bytes are gone, or cannot be read"}; ${decisionText(other.conflict)}`,
      ...differencesText(other, terminal),
    ]),
    ...(page.more > 0 ? [`  and ${page.more} more`] : []),
    ...(page.weakProof === undefined ? [] : [`  proof   ${page.weakProof}`]),
    ...commandsFor(page.key, page.others, connection).map((command) => `  ${command}`),
  ];
  return `${lines.join("\n")}\n`;
};

const sideText = ({ receivedAt, from, bytes, sha256, verification }: NonNullable<ConflictPage["first"]>): string =>
  `received ${receivedAt} from ${printableLine(from)}, ${bytes} bytes, SHA-256 ${sha256.slice(0, 12)}, ${verification}`;

const decisionText = ({ decision, isDone }: Conflict): string =>
  decision
    ? `${decision.by} decided to deliver ${wordsFor(decision.deliver)}: ${printableLine(decision.why)}${isDone ? "" : " - not carried out yet"}`
    : "open";

/** More are in the JSON. */
const mostDifferences = 20;

const differencesText = ({ side, differences }: OtherSide, terminal: Terminal): readonly string[] => {
  if (!side) return [];
  if (differences.length === 0) return ["          no field of the body differs: only its order, its spelling, or what is sent around it"];
  const columns = [
    { title: "FIELD", cut: "middle" },
    { title: "FIRST", cut: "end" },
    { title: "OTHER", cut: "end" },
  ] as const;
  const width = terminal.width === undefined ? undefined : terminal.width - 10;
  const rows = differences.slice(0, mostDifferences).map(({ field, first, other }) => [field, first ?? "-", other ?? "-"]);
  const table = createTable(columns, { ...terminal, width })(rows).trimEnd();
  const more = differences.length - mostDifferences;
  return [table.replace(/^/gm, "          "), ...(more > 0 ? [`          and ${more} more fields: --json`] : [])];
};
