/** `holdfast conflicts`: what came under the id of a record with another content - compared, and decided. */
import { Failure } from "../../core/failure.ts";
import { counted } from "../../core/formats/counted.ts";
import { type Conflict, conflictChoices } from "../../core/receive/conflict.ts";
import { type RecordKey, splitKey } from "../../core/record.ts";
import type { Connection } from "../connect/connect.ts";
import { resolveKey } from "../query/resolve.ts";
import { type Exit, exit } from "../terminal/exit.ts";
import { printJson, type Terminal } from "../terminal/terminal.ts";
import { choose } from "./choose.ts";
import { type ConflictOrder, type Decided, decideConflict } from "./decide.ts";
import { conflictPage } from "./page.ts";
import { asJson, pagesFor, pageText } from "./page-text.ts";

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

const outcomeText = (decided: Decided, { deliver }: ConflictOrder, connection: Connection, key: RecordKey): string => {
  if (decided.kind === "busy")
    return `decided, and not carried out yet: the first is being delivered at this moment. Again in a minute: ${connection.command("conflicts", "decide", key, "--deliver", deliver, "--why", "as decided")}`;
  const as = decided.as === undefined ? "" : `the other is recorded as ${decided.as}, and delivered under that id`;
  const first =
    decided.first === "erased"
      ? "The first was erased, and is not delivered."
      : `The first was discarded before, and is delivered only when it is replayed: ${connection.command("replay", key, "--yes")}`;
  switch (deliver) {
    case "first":
      return decided.first === undefined ? "closed; what is recorded stands." : `closed. ${first}`;
    case "both":
      return decided.first === undefined ? `${as}; the first stands too.` : `${as}. ${first}`;
    case "other":
      return `${as}. The first ${firstText(decided.first)}`;
    default:
      return deliver satisfies never;
  }
};

const firstText = (state: (Decided & { kind: "done" })["first"]): string => {
  if (state === "discarded") return "is discarded, and not delivered.";
  if (state === "gone") return "is gone: its retention time is over.";
  if (state === "ignored") return "was ignored before, and is not delivered.";
  return `was ${state} before: what the application has done about it, it has to undo.`;
};
