/** `holdfast conflicts`: what came under the id of a record with another content - compared, and decided. */

import { Failure } from "../../core/failure.ts";
import type { CsvCell } from "../../core/formats/csv.ts";
import { isoTime } from "../../core/formats/iso-time.ts";
import { printableLine } from "../../core/formats/printable.ts";
import { type Conflict, conflictChoices } from "../../core/receive/conflict.ts";
import { type RecordKey, splitKey } from "../../core/record.ts";
import { counted } from "../cli/counted.ts";
import { type Exit, exit } from "../cli/exit.ts";
import { printCsv } from "../cli/print/csv.ts";
import { createTable } from "../cli/print/table.ts";
import { jsonArray, printJson, type Terminal } from "../cli/print/terminal.ts";
import type { Connection } from "../connect/connect.ts";
import { resolveKey } from "../query/resolve.ts";
import { type ConflictOrder, conflictsUnder, type Decided, decideConflict, wordsFor } from "./decide.ts";
import { type ConflictPage, conflictPage, type OtherSide } from "./page.ts";

const anyTime = { from: 0, to: Number.MAX_SAFE_INTEGER, newestFirst: false };

/** The open ones, those that came first before the others: record by record, up to `limit` records. */
export const conflictsList = async (
  connection: Connection,
  terminal: Terminal,
  { source, limit }: { readonly source?: string | undefined; readonly limit: number },
): Promise<Exit> => {
  const shown = new Set<RecordKey>();
  const out = pagesFor(connection, terminal);
  let isCut = false;
  for await (const { key } of connection.open.keys("conflict", anyTime)) {
    if (shown.has(key) || (source !== undefined && splitKey(key).source !== source)) continue;
    isCut = shown.size === limit;
    if (isCut) break;
    shown.add(key);
    await out.add(await conflictPage(connection, key));
  }
  await out.end();
  if (shown.size === 0) terminal.say("No conflict is open.");
  else terminal.say(`${counted(shown.size, "record")} with an open conflict${isCut ? ", and more: --limit" : ""}.`);
  return shown.size === 0 ? exit.ok : exit.person;
};

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
const pagesFor = (connection: Connection, terminal: Terminal) => {
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

/** Of one record, also when they are decided. */
export const conflictsShow = async (connection: Connection, terminal: Terminal, typed: string): Promise<Exit> => {
  const page = await conflictPage(connection, await resolveKey(connection, typed));
  if (terminal.json) await printJson(terminal, asJson(page, connection));
  else if (page.others.length > 0) await terminal.print(pageText(page, connection, terminal));
  if (page.others.length === 0) terminal.say(`Nothing else came under ${page.key}.`);
  return page.others.length === 0 ? exit.nothing : page.others.some(({ conflict }) => !conflict.isDone) ? exit.person : exit.ok;
};

export const conflictsDecide = async (
  connection: Connection,
  terminal: Terminal,
  {
    record,
    deliver,
    other,
    by,
    why,
  }: { readonly record: string; readonly deliver: string; readonly other?: string } & Omit<ConflictOrder, "deliver">,
): Promise<Exit> => {
  const choice = conflictChoices.find((one) => one === deliver);
  if (!choice) throw new Failure(`--deliver is "${deliver}": write first, other or both.`, "usage");
  const order: ConflictOrder = { deliver: choice, by, why };
  const key = await resolveKey(connection, record);
  const chosen = await choose(connection, key, order, other);
  const outcomes: { conflict: Conflict; decided: Decided }[] = [];
  for (const conflict of chosen) {
    const decided = await decideConflict(connection, conflict, order);
    outcomes.push({ conflict, decided });
    if (!terminal.json) terminal.say(`${key}: ${outcomeText(decided, order, connection, key)}`);
  }
  if (terminal.json)
    await printJson(
      terminal,
      outcomes.map(({ conflict, decided }) => ({ key, place: conflict.place, deliver, ...decided })),
    );
  const weak = choice === "first" ? undefined : (await conflictPage(connection, key)).weakProof;
  if (weak !== undefined) terminal.say(`Compare it with the gateway's own records: ${weak}`);
  return outcomes.some(({ decided }) => decided.kind === "busy") ? exit.person : exit.ok;
};

/** Those that are meant: for `first` all that are open, else the one. What was decided like this before is meant too: it changes nothing. */
const choose = async (
  connection: Connection,
  key: RecordKey,
  { deliver }: ConflictOrder,
  other: string | undefined,
): Promise<readonly Conflict[]> => {
  const all = await conflictsUnder(connection, key);
  const named = other === undefined ? all : await namedBy(connection, all, other);
  if (named.length === 0)
    throw new Failure(
      other === undefined ? `Nothing else came under ${key}.` : `Nothing that came under ${key} begins with ${other}.`,
      "nothing found",
    );
  const open = named.filter(({ isDone }) => !isDone);
  const meant = open.length > 0 ? open : named;
  if (deliver !== "first" && meant.length > 1)
    throw new Failure(
      `${counted(meant.length, "callback")} came under ${key} with another content: name one with --other and its SHA-256, as \`${connection.command("conflicts", "show", key)}\` shows it.`,
      "usage",
    );
  return meant;
};

/** The least that names one of a thousand. */
const shortestName = 6;

const namedBy = async ({ records }: Connection, all: readonly Conflict[], typed: string): Promise<readonly Conflict[]> => {
  if (typed.length < shortestName)
    throw new Failure(`--other is "${typed}": write at least ${shortestName} characters of its SHA-256.`, "usage");
  const read = await Promise.all(all.map((conflict) => records.readConflict(conflict)));
  return all.filter((_, at) => {
    const one = read[at];
    return one?.kind === "record" && one.record.sha256.startsWith(typed.toLowerCase());
  });
};

const outcomeText = (decided: Decided, { deliver }: ConflictOrder, connection: Connection, key: RecordKey): string => {
  if (decided.kind === "busy")
    return `decided, and not carried out yet: the first is being delivered at this moment. Again in a minute: ${connection.command("conflicts", "decide", key, "--deliver", deliver, "--why", "as decided")}`;
  const as = decided.as === undefined ? "" : `the other is recorded as ${decided.as}, and delivered under that id`;
  switch (deliver) {
    case "first":
      return "closed; what is recorded stands.";
    case "both":
      return `${as}; the first stands too.`;
    case "other":
      return `${as}. The first ${firstText(decided.first)}`;
    default:
      return deliver satisfies never;
  }
};

const firstText = (state: (Decided & { kind: "done" })["first"]): string =>
  state === "discarded"
    ? "is discarded, and not delivered."
    : `was ${state} before: what the application has done about it, it has to undo.`;

const asJson = ({ others, ...page }: ConflictPage, connection: Connection) => ({
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

const pageText = (page: ConflictPage, connection: Connection, terminal: Terminal): string => {
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
