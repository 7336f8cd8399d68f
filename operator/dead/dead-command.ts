/** `holdfast dead`: dead letters - why, since when, what waits behind each, and what to type. Grouped when there are many. */
import type { Millis } from "../../core/callback.ts";
import { maskText } from "../../core/formats/mask.ts";
import { printableLine } from "../../core/formats/printable.ts";
import { groupOfCause, type Remedy, remedyFor, sentenceOf } from "../../core/lifecycle/cause-text.ts";
import { causeOf } from "../../core/lifecycle/progress.ts";
import { sayOpenConflicts } from "../conflicts/open-note.ts";
import type { Connection } from "../connect/connect.ts";
import { jsonRow, listCsv, listHead, whyOf } from "../query/record-row.ts";
import { type Found, select } from "../query/select.ts";
import { longestLine } from "../show/page.ts";
import { printCsv } from "../terminal/csv.ts";
import { type Exit, exit } from "../terminal/exit.ts";
import { createTable } from "../terminal/table.ts";
import { jsonArray, type Terminal } from "../terminal/terminal.ts";
import { momentText, spanText } from "../terminal/time-words.ts";

/** Up to this many are shown one by one. */
const few = 20;
/** Groups of causes that are shown. */
const mostGroups = 12;

export const dead = async (
  connection: Connection,
  terminal: Terminal,
  { source }: { readonly source?: string | undefined },
): Promise<Exit> => {
  const found = select(connection, { states: ["dead"], ...(source !== undefined && { source }) }, "oldest first");
  const print = terminal.csv ? printRows : terminal.json ? printAll : report;
  const count = await print(connection, terminal, found);
  if (count === 0) terminal.say("There are no dead letters.");
  await sayOpenConflicts(connection, terminal);
  return count === 0 ? exit.ok : exit.person;
};

const printAll = async (connection: Connection, terminal: Terminal, records: AsyncIterable<Found>): Promise<number> => {
  const array = jsonArray(terminal);
  let count = 0;
  for await (const found of records) {
    const { advice, command } = remedyOf(found);
    await array.add({ ...jsonRow(found), remedy: advice, command: command ? connection.command(...command) : null });
    count++;
  }
  await array.end();
  return count;
};

const printRows = async (connection: Connection, terminal: Terminal, records: AsyncIterable<Found>): Promise<number> => {
  const rows = printCsv(terminal, [...listHead, "remedy", "command"]);
  let count = 0;
  for await (const found of records) {
    const { advice, command } = remedyOf(found);
    await rows.add([...listCsv(found), advice, command ? connection.command(...command) : ""]);
    count++;
  }
  await rows.end();
  return count;
};

const remedyOf = ({ key, progress }: Found): Remedy => {
  const cause = progress && causeOf(progress);
  return cause ? remedyFor(cause, progress) : { advice: "It has changed meanwhile.", command: ["show", key] };
};

/** Those with the same remedy. */
interface Group {
  readonly group: string;
  /** Whether `--reason` with its name finds them. */
  readonly isSearchable: boolean;
  readonly example: Found;
  readonly oldest: Millis;
  count: number;
}

const report = async (connection: Connection, terminal: Terminal, records: AsyncIterable<Found>): Promise<number> => {
  const [first, groups]: [Found[], Map<string, Group>] = [[], new Map()];
  let count = 0;
  for await (const found of records) {
    count++;
    if (first.length < few) first.push(found);
    const cause = found.progress && causeOf(found.progress);
    const name = cause ? groupOfCause(cause) : "";
    const group = groups.has(name) || groups.size < mostGroups ? name : "other reasons";
    const known = groups.get(group);
    if (known) known.count++;
    else
      groups.set(group, {
        group,
        isSearchable: cause !== undefined && sentenceOf(cause).includes(group),
        example: found,
        oldest: found.progress?.at ?? found.storedAt,
        count: 1,
      });
  }
  if (count > 0)
    await terminal.print(
      count <= few ? await oneByOne(connection, terminal, first) : grouped(connection, terminal, [...groups.values()], count),
    );
  return count;
};

const oneByOne = async (connection: Connection, terminal: Terminal, records: readonly Found[]): Promise<string> => {
  const now = connection.clock();
  const blocks = await Promise.all(
    records.map(async (found) => {
      const behind = await waitingBehind(connection, found);
      return [
        `${terminal.colours.bold(found.key)}  dead for ${spanText(now - (found.progress?.at ?? now))}, since ${momentText(found.progress?.at ?? now)}`,
        `  why   ${whyOf(found.progress)}`,
        ...(behind === 0 ? [] : [`  and   ${behind} wait behind it`]),
        `  what  ${remedyOf(found).advice}`,
        `        ${connection.command("show", found.key)}`,
        `        ${connection.command("replay", found.key, "--yes")}`,
        "",
      ].join("\n");
    }),
  );
  return `${blocks.join("\n")}${records.length > 1 ? `\nAll of them: ${connection.command("replay", "--dead")}\n` : ""}`;
};

const waitingBehind = async (connection: Connection, { progress }: Found): Promise<number> => {
  const lines = await Promise.all(
    (progress?.contracts ?? []).map((contract) => connection.line({ source: progress?.source ?? "", contract }, longestLine)),
  );
  const behind = lines.flat().filter(({ order }) => order > (progress?.order ?? ""));
  return new Set(behind.map(({ key }) => key)).size;
};

const grouped = (connection: Connection, terminal: Terminal, groups: readonly Group[], count: number): string => {
  const now = connection.clock();
  const columns = [
    { title: "COUNT", align: "right" },
    { title: "OLDEST" },
    { title: "WHY", cut: "end" },
    { title: "FOR EXAMPLE", cut: "middle" },
  ] as const;
  const sorted = groups.toSorted((one, other) => other.count - one.count);
  const name = ({ group }: Group) => printableLine(maskText(group));
  const rows = sorted.map((group) => [String(group.count), spanText(now - group.oldest), name(group), group.example.key]);
  const advice = sorted.map((one) =>
    [
      `${one.count} x ${name(one)}`,
      `  ${remedyOf(one.example).advice}`,
      `  ${connection.command("show", one.example.key)}`,
      ...(one.isSearchable ? [`  ${connection.command("replay", "--dead", "--reason", one.group)}`] : []),
    ].join("\n"),
  );
  return `${terminal.colours.bold(`${count} records are dead.`)}\n\n${createTable(columns, terminal)(rows)}\n${advice.join("\n\n")}\n\nAll of them: ${connection.command("replay", "--dead")}\nOne by one: ${connection.command("list", "--state", "dead", "--all")}\n`;
};
