/** `holdfast dead`: what was given up - why, since when, what waits behind it, and what to type. Grouped when there is much of it. */
import type { Millis } from "../../core/callback.ts";
import { printableLine } from "../../core/formats/printable.ts";
import { type Exit, exit } from "../cli/exit.ts";
import { createTable } from "../cli/table.ts";
import { jsonArray, type Terminal } from "../cli/terminal.ts";
import { momentText, spanText } from "../cli/time-words.ts";
import type { Connection } from "../connect/connect.ts";
import { jsonRow, whyOf } from "../query/record-row.ts";
import { type Found, select } from "../query/select.ts";
import { longestLine } from "../show/page.ts";
import { reasonKind, remedyFor, searchableReason } from "./reason.ts";

/** Up to so many are shown one by one. */
const few = 20;
/** Kinds of reasons that are told apart. */
const mostKinds = 12;

export const dead = async (at: Connection, terminal: Terminal, { source }: { readonly source?: string | undefined }): Promise<Exit> => {
  const found = select(at, { states: ["dead"], ...(source !== undefined && { source }) }, "oldest first");
  const count = terminal.json ? await printAll(at, terminal, found) : await tell(at, terminal, found);
  if (count === 0) terminal.say("Nothing is dead.");
  return count === 0 ? exit.ok : exit.person;
};

const printAll = async (at: Connection, terminal: Terminal, records: AsyncIterable<Found>): Promise<number> => {
  const array = jsonArray(terminal);
  let count = 0;
  for await (const found of records) {
    await array.add({ ...jsonRow(found), remedy: remedyFor(found.progress?.reason), command: at.command("replay", found.key, "--yes") });
    count++;
  }
  await array.end();
  return count;
};

interface Kind {
  readonly kind: string;
  readonly example: Found;
  readonly oldest: Millis;
  count: number;
}

const tell = async (at: Connection, terminal: Terminal, records: AsyncIterable<Found>): Promise<number> => {
  const [first, kinds]: [Found[], Map<string, Kind>] = [[], new Map()];
  let count = 0;
  for await (const found of records) {
    count++;
    if (first.length < few) first.push(found);
    const reason = reasonKind(found.progress?.reason);
    const kind = kinds.has(reason) || kinds.size < mostKinds ? reason : "other reasons";
    const known = kinds.get(kind);
    if (known) known.count++;
    else kinds.set(kind, { kind, example: found, oldest: found.progress?.at ?? found.storedAt, count: 1 });
  }
  if (count > 0)
    await terminal.print(count <= few ? await oneByOne(at, terminal, first) : grouped(at, terminal, [...kinds.values()], count));
  return count;
};

const oneByOne = async (at: Connection, terminal: Terminal, records: readonly Found[]): Promise<string> => {
  const now = at.clock();
  const blocks = await Promise.all(
    records.map(async (found) => {
      const behind = await waitingBehind(at, found);
      return [
        `${terminal.colours.bold(found.key)}  dead for ${spanText(now - (found.progress?.at ?? now))}, since ${momentText(found.progress?.at ?? now)}`,
        `  why   ${whyOf(found.progress)}`,
        ...(behind === 0 ? [] : [`  and   ${behind} wait behind it`]),
        `  what  ${remedyFor(found.progress?.reason)}`,
        `        ${at.command("show", found.key)}`,
        `        ${at.command("replay", found.key, "--yes")}`,
        "",
      ].join("\n");
    }),
  );
  return `${blocks.join("\n")}${records.length > 1 ? `\nAll of them: ${at.command("replay", "--dead")}\n` : ""}`;
};

const waitingBehind = async (at: Connection, { progress }: Found): Promise<number> => {
  const lines = await Promise.all(
    (progress?.contracts ?? []).map((contract) => at.line({ source: progress?.source ?? "", contract }, longestLine)),
  );
  const behind = lines.flat().filter(({ order }) => order > (progress?.order ?? ""));
  return new Set(behind.map(({ key }) => key)).size;
};

const grouped = (at: Connection, terminal: Terminal, kinds: readonly Kind[], count: number): string => {
  const now = at.clock();
  const columns = [
    { title: "COUNT", align: "right" },
    { title: "OLDEST" },
    { title: "WHY", cut: "end" },
    { title: "FOR EXAMPLE", cut: "middle" },
  ] as const;
  const sorted = kinds.toSorted((one, other) => other.count - one.count);
  const rows = sorted.map((kind) => [String(kind.count), spanText(now - kind.oldest), printableLine(kind.kind), kind.example.key]);
  const advice = sorted.map(({ kind, count: many, example }) => {
    const part = searchableReason(kind);
    return [
      `${many} x ${printableLine(kind)}`,
      `  ${remedyFor(example.progress?.reason)}`,
      `  ${at.command("show", example.key)}`,
      ...(part === undefined ? [] : [`  ${at.command("replay", "--dead", "--reason", part)}`]),
    ].join("\n");
  });
  return `${terminal.colours.bold(`${count} records are dead.`)}\n\n${createTable(columns, terminal)(rows)}\n${advice.join("\n\n")}\n\nAll of them: ${at.command("replay", "--dead")}\nOne by one: ${at.command("list", "--state", "dead", "--all")}\n`;
};
