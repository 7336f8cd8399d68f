/** `holdfast note`: what people know about a contract or an account, kept in its line of time. */
import { Failure } from "../../core/failure.ts";
import { type FindingPlace, placeText } from "../../core/findings/finding.ts";
import { isoTime } from "../../core/formats/iso-time.ts";
import { maskText } from "../../core/formats/mask.ts";
import { ledgerEventId } from "../../core/ledger-id.ts";
import type { Note } from "../../io/ledger/notes.ts";
import type { Connection } from "../connect/connect.ts";
import { resolveContract } from "../query/resolve.ts";
import { type Exit, exit } from "../terminal/exit.ts";
import { printJson, type Terminal } from "../terminal/terminal.ts";

type Order = Pick<Note, "by" | "text">;

export const noteOnContract = async (
  connection: Connection,
  terminal: Terminal,
  { typed, source, ...order }: Order & { readonly typed: string; readonly source?: string | undefined },
): Promise<Exit> => {
  const { source: of, contract } = await resolveContract(connection, typed, source);
  return note(connection, terminal, { source: of, line: contract }, order, connection.command("contract", `${of}/${contract}`));
};

export const noteOnAccount = async (
  connection: Connection,
  terminal: Terminal,
  { typed, ...order }: Order & { readonly typed: string },
): Promise<Exit> => {
  const account = ledgerEventId(typed);
  const { applicationEvents } = await connection.ledger.related({ account });
  if (applicationEvents.length === 0)
    throw new Failure(`No application event names an account ${typed}: is that how it writes its id?`, "nothing found");
  return note(connection, terminal, { account }, order, connection.command("account", typed));
};

const note = async (
  { notes, clock }: Connection,
  terminal: Terminal,
  place: FindingPlace,
  { by, text }: Order,
  look: string,
): Promise<Exit> => {
  // A note is read by many: what looks like a card number or an address has no place in it.
  const kept: Note = { at: clock(), by, text: maskText(text) };
  await notes.add(place, kept);
  if (terminal.json) await printJson(terminal, { ...place, ...kept, at: isoTime(kept.at) });
  terminal.say(`Noted with ${placeText(place)}. It is in its line of time: ${look}`);
  return exit.ok;
};
