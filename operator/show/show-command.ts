/** `holdfast show`: one record on one page, or its exact bytes. */

import { Failure } from "../../core/failure.ts";
import { sentenceOf } from "../../core/lifecycle/cause-text.ts";
import type { Connection } from "../connect/connect.ts";
import { resolveKey } from "../query/resolve.ts";
import { type Exit, exit } from "../terminal/exit.ts";
import { printJson, type Terminal } from "../terminal/terminal.ts";
import { pageAsJson, recordPage } from "./page.ts";
import { pageText } from "./text.ts";

export const show = async (connection: Connection, terminal: Terminal, typed: string): Promise<Exit> => {
  const page = await recordPage(connection, await resolveKey(connection, typed));
  if (terminal.json) await printJson(terminal, pageAsJson(page));
  else await terminal.print(pageText(page, terminal, connection.clock()));
  return exit.ok;
};

/** The bytes as the gateway sent them, and nothing else, on standard output. */
export const showRaw = async (connection: Connection, terminal: Terminal, typed: string): Promise<Exit> => {
  const key = await resolveKey(connection, typed);
  const read = await connection.records.read(key);
  if (read.kind === "none") throw new Failure(`The bytes of ${key} are gone: their retention time is over.`, "nothing found");
  if (read.kind === "unreadable") throw new Failure(`${key}: ${sentenceOf(read.cause)}`, "nothing found");
  const { record } = read;
  terminal.say(`The exact bytes of ${key}, unmasked: they may carry card data and secrets. Do not paste them anywhere.`);
  await terminal.print(record.raw.body);
  return exit.ok;
};
