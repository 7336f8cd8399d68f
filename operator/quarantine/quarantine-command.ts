/** `holdfast quarantine`: what could not be proven - listed, shown, proven again, or laid aside. */

import { Failure } from "../../core/failure.ts";
import { isoTime } from "../../core/formats/iso-time.ts";
import { isQuarantined } from "../../core/quarantine.ts";
import type { RecordKey } from "../../core/record.ts";
import { createSourceVerifier } from "../../io/source-verifier.ts";
import { type Exit, exit } from "../cli/exit.ts";
import { createTable } from "../cli/table.ts";
import { printJson, type Terminal } from "../cli/terminal.ts";
import type { Connection } from "../connect/connect.ts";
import type { Reason } from "../hold/hold.ts";
import { discardQuarantined, listQuarantined, type QuarantineDependencies, type Released, releaseQuarantined } from "./quarantine.ts";

const columns = [
  { title: "STORED" },
  { title: "QUARANTINED", cut: "middle" },
  { title: "FROM" },
  { title: "BYTES", align: "right" },
  { title: "WHY", cut: "end" },
] as const;

export const quarantineList = async (
  at: Connection,
  terminal: Terminal,
  { source, limit }: { readonly source: string | undefined; readonly limit: number },
): Promise<Exit> => {
  const rows: { key: RecordKey; storedAt: string; from: string; bytes: number; why: string }[] = [];
  let more = 0;
  for await (const { key, storedAt } of listQuarantined(at, source)) {
    if (rows.length === limit) {
      more++;
      continue;
    }
    const record = await at.records.load(key);
    if (record)
      rows.push({ key, storedAt: isoTime(storedAt), from: record.raw.sourceIp, bytes: record.raw.body.length, why: record.refusal ?? "" });
  }
  if (terminal.json) await printJson(terminal, rows);
  else if (rows.length > 0)
    await terminal.print(
      createTable(
        columns,
        terminal,
      )(rows.map(({ key, storedAt, from, bytes, why }) => [storedAt.slice(0, 19), key, from, String(bytes), why])),
    );
  if (rows.length === 0) terminal.say("Nothing is in quarantine.");
  else terminal.say(`${more > 0 ? `And ${more} more: --limit. ` : ""}To look at one: ${at.command("show", rows[0]?.key ?? "")}`);
  return rows.length === 0 ? exit.nothing : exit.ok;
};

/** Those that are named, or all (of a source): each is proven again at its own receipt time. */
export const quarantineRelease = async (at: Connection, terminal: Terminal, decision: Decision): Promise<Exit> => {
  const chosen = await chooseAndNote(at, "release", decision);
  const dependencies = await dependenciesOf(at);
  const outcomes: ({ key: RecordKey } & Released)[] = [];
  for (const key of chosen) {
    const released = await releaseQuarantined(dependencies, key);
    outcomes.push({ key, ...released });
    if (!terminal.json) terminal.say(`${key}: ${wordsFor(released)}`);
  }
  if (terminal.json) await printJson(terminal, outcomes);
  if (outcomes.length === 0) terminal.say("Nothing is in quarantine.");
  if (outcomes.length === 0) return exit.nothing;
  return outcomes.every(({ kind }) => kind === "released") ? exit.ok : exit.person;
};

export const quarantineDiscard = async (at: Connection, terminal: Terminal, decision: Decision): Promise<Exit> => {
  const chosen = await chooseAndNote(at, "discard", decision);
  let count = 0;
  for (const key of chosen) if (await discardQuarantined(at, key, `${decision.why} (${decision.by})`)) count++;
  if (terminal.json) await printJson(terminal, { discarded: count });
  terminal.say(`${count} laid aside. Their bytes stay until their thirty days are over.`);
  return count === 0 ? exit.nothing : exit.ok;
};

/** What a person decides on, and why. */
interface Decision extends Reason {
  readonly keys: readonly string[];
  readonly source: string | undefined;
  readonly all: boolean;
}

const chooseAndNote = async (at: Connection, what: "release" | "discard", decision: Decision): Promise<readonly RecordKey[]> => {
  const { source, all, by, why } = decision;
  const chosen = await choose(at, decision);
  await at.audit.note({ at: at.clock(), by, what, to: all ? `quarantine ${source ?? ""}`.trim() : chosen.join(" "), why });
  return chosen;
};

const choose = async (at: Connection, { keys, source, all }: Decision): Promise<readonly RecordKey[]> => {
  const strangers = keys.filter((key) => !isQuarantined(key));
  if (strangers.length > 0)
    throw new Failure(`Not in quarantine: ${strangers.join(", ")}. \`npx holdfast quarantine list\` shows what is.`, "usage");
  if (keys.length > 0) return keys as readonly RecordKey[];
  if (!all && source === undefined) throw new Failure("Name what to take: keys, --source SOURCE, or --all.", "usage");
  const found: RecordKey[] = [];
  for await (const { key } of listQuarantined(at, source)) found.push(key);
  return found;
};

const dependenciesOf = async (at: Connection): Promise<QuarantineDependencies> => ({
  ...at,
  findGateway: await at.gateways(),
  verifier: createSourceVerifier({ config: at.config, secrets: await at.secrets() }),
});

const wordsFor = (released: Released): string => {
  switch (released.kind) {
    case "released":
      return released.duplicate ? `proven; ${released.as} had come another way` : `proven, and recorded as ${released.as}`;
    case "still unproven":
      return `still cannot be proven: ${released.reason}`;
    case "settled before":
      return `decided before: ${released.reason}`;
    case "not found":
      return "there is no such callback (any more)";
    default:
      return released satisfies never;
  }
};
