/** `holdfast quarantine`: callbacks that could not be verified - listed, shown, verified again, or dismissed. */
import type { Millis } from "../../core/callback.ts";
import { Failure } from "../../core/failure.ts";
import { counted } from "../../core/formats/counted.ts";
import { isoTime } from "../../core/formats/iso-time.ts";
import { sentenceOf } from "../../core/lifecycle/cause-text.ts";
import { isQuarantined } from "../../core/receive/quarantine.ts";
import { lineOrder, type RecordKey } from "../../core/record.ts";
import { listQuarantined } from "../../io/records/quarantined.ts";
import { recordIn } from "../../io/records/records.ts";
import { createSourceVerifier } from "../../io/source-verifier.ts";
import type { Connection } from "../connect/connect.ts";
import type { Reason } from "../hold/hold.ts";
import { type Exit, exit } from "../terminal/exit.ts";
import { printList } from "../terminal/table.ts";
import { printJson, type Terminal } from "../terminal/terminal.ts";
import { discardQuarantined, type QuarantineDependencies, type Released, releaseQuarantined } from "./quarantine.ts";

const columns = [
  { title: "STORED" },
  { title: "QUARANTINED", cut: "middle" },
  { title: "FROM" },
  { title: "BYTES", align: "right" },
  { title: "WHY", cut: "end" },
] as const;

interface Row {
  readonly key: RecordKey;
  readonly storedAt: string;
  readonly from: string;
  /** Undefined where they cannot be read; `unreadable` says why. */
  readonly bytes: number | undefined;
  readonly why: string;
  readonly unreadable?: string;
}

export const quarantineList = async (
  connection: Connection,
  terminal: Terminal,
  { source, limit }: { readonly source?: string; readonly limit: number },
): Promise<Exit> => {
  const rows: Row[] = [];
  let more = 0;
  for await (const { key, storedAt } of listQuarantined(connection, source)) {
    if (rows.length === limit) {
      more++;
      continue;
    }
    const read = await connection.records.read(key);
    if (read.kind === "none") continue;
    const { raw, refusal = "" } = recordIn(read);
    const row = { key, storedAt: isoTime(storedAt), from: raw.sourceIp, bytes: raw.body.length, why: refusal };
    rows.push(read.kind === "unreadable" ? { ...row, bytes: undefined, unreadable: sentenceOf(read.cause) } : row);
  }
  await printList(terminal, rows, {
    columns,
    row: ({ key, storedAt, from, bytes = "?", why, unreadable }) => [storedAt.slice(0, 19), key, from, String(bytes), unreadable ?? why],
    json: (row) => row,
  });
  if (rows.length === 0) terminal.say("Nothing is in quarantine.");
  else terminal.say(`${more > 0 ? `And ${more} more: --limit. ` : ""}To look at one: ${connection.command("show", rows[0]?.key ?? "")}`);
  return rows.length === 0 ? exit.nothing : exit.ok;
};

/**
 * The named ones, or all (of a source): each is verified again at its own receipt time, in the order they were stored. With a limit until
 * so many are released: those that still cannot be verified are passed over and counted, however many they are.
 */
export const quarantineRelease = async (connection: Connection, terminal: Terminal, decision: Decision): Promise<Exit> => {
  const chosen = await chooseAndNote(connection, "release", decision);
  const dependencies = await dependenciesOf(connection);
  const { limit = Number.POSITIVE_INFINITY } = decision;
  const outcomes: ({ key: RecordKey } & Released)[] = [];
  let [count, skipped] = [0, 0];
  for (const key of chosen) {
    if (count === limit) break;
    const released = await releaseQuarantined(dependencies, key);
    outcomes.push({ key, ...released });
    if (released.kind === "released") count++;
    else if (decision.limit !== undefined) {
      skipped++;
      continue;
    }
    if (!terminal.json) terminal.say(`${key}: ${wordsFor(released, connection)}`);
  }
  if (terminal.json) await printJson(terminal, outcomes);
  else if (skipped > 0)
    terminal.say(
      `${counted(skipped, "older one")} could not be released and ${skipped === 1 ? "was" : "were"} skipped; without --limit it is said why.`,
    );
  if (outcomes.length === 0) {
    terminal.say("Nothing is in quarantine.");
    return exit.nothing;
  }
  return outcomes.every((one) => one.kind === "released" && !one.conflict) ? exit.ok : exit.person;
};

export const quarantineDiscard = async (connection: Connection, terminal: Terminal, decision: Decision): Promise<Exit> => {
  const chosen = (await chooseAndNote(connection, "discard", decision)).slice(0, decision.limit);
  let count = 0;
  for (const key of chosen) if (await discardQuarantined(connection, key, decision)) count++;
  if (terminal.json) await printJson(terminal, { discarded: count });
  terminal.say(`${count} dismissed. Their bytes are kept for the rest of their 30 days.`);
  return count === 0 ? exit.nothing : exit.ok;
};

/** What an operator decides about, and why. */
interface Decision extends Reason {
  readonly keys: readonly string[];
  readonly source?: string;
  readonly all?: boolean;
  /** Only this many, the oldest that it can be done with. */
  readonly limit?: number;
}

const chooseAndNote = async (connection: Connection, what: "release" | "discard", decision: Decision): Promise<readonly RecordKey[]> => {
  const { keys, source, limit, by, why } = decision;
  const chosen = await choose(connection, decision);
  const to = keys.length > 0 ? chosen.join(" ") : ["quarantine", source, limit && `(the ${limit} oldest)`].filter(Boolean).join(" ");
  await connection.audit.note({ at: connection.clock(), by, what, to, why });
  return chosen;
};

/** In stored order, whatever order they were named in: what is released first is delivered first. */
const choose = async (connection: Connection, { keys, source, all }: Decision): Promise<readonly RecordKey[]> => {
  const strangers = keys.filter((key) => !isQuarantined(key));
  if (strangers.length > 0)
    throw new Failure(`Not in quarantine: ${strangers.join(", ")}. \`npx holdfast quarantine list\` shows what is.`, "usage");
  if (keys.length === 0 && !all && source === undefined) throw new Failure("Name what to take: keys, --source SOURCE, or --all.", "usage");
  const chosen =
    keys.length > 0
      ? await Promise.all([...new Set(keys)].filter(isQuarantined).map((key) => storedOf(connection, key)))
      : await Array.fromAsync(listQuarantined(connection, source));
  return chosen.toSorted((one, other) => (lineOrder(one) < lineOrder(other) ? -1 : 1)).map(({ key }) => key);
};

const storedOf = async ({ records }: Connection, key: RecordKey) => {
  const read = await records.read(key);
  return { key, storedAt: read.kind === "none" ? 0 : recordIn(read).storedAt };
};

const dependenciesOf = async (connection: Connection): Promise<QuarantineDependencies> => ({
  ...connection,
  clock: strictlyRising(connection.clock),
  findGateway: await connection.gateways(),
  verifier: createSourceVerifier({ config: connection.config, secrets: await connection.secrets() }),
});

/** No two are recorded at the same moment: a contract's line would order them by their keys. */
const strictlyRising = (clock: () => Millis): (() => Millis) => {
  let last = 0;
  return () => {
    last = Math.max(clock(), last + 1);
    return last;
  };
};

const wordsFor = (released: Released, { command }: Connection): string => {
  switch (released.kind) {
    case "released":
      if (released.conflict)
        return `verified; ${released.as} is recorded with another content: ${command("conflicts", "show", released.as)}`;
      return released.duplicate ? `verified; already recorded as ${released.as}` : `verified, and recorded as ${released.as}`;
    case "still unproven":
      return `still cannot be verified: ${released.reason}`;
    case "unreadable":
      return `left in quarantine: ${released.reason}`;
    case "settled before":
      return `already settled: ${released.reason}`;
    case "not found":
      return "there is no such callback, or no longer";
    default:
      return released satisfies never;
  }
};
