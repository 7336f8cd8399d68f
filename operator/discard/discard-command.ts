/** `holdfast discard`: what it does is in discard.ts; here are its messages. */
import { Failure } from "../../core/failure.ts";
import { shellWord } from "../../core/formats/shell-word.ts";
import type { Connection } from "../connect/connect.ts";
import type { Reason } from "../hold/hold.ts";
import { resolveKey } from "../query/resolve.ts";
import { type Exit, exit } from "../terminal/exit.ts";
import { printJson, type Terminal } from "../terminal/terminal.ts";
import { discardRecord } from "./discard.ts";

export const discard = async (connection: Connection, terminal: Terminal, typed: string, reason: Reason): Promise<Exit> => {
  const key = await resolveKey(connection, typed);
  const discarded = await discardRecord(connection, key, reason);
  if (terminal.json) await printJson(terminal, { key, ...discarded });
  switch (discarded.kind) {
    case "discarded":
      terminal.say(`${key} will not be delivered. Its bytes and its events in the ledger stay.`);
      if (discarded.mayBeInFlight)
        terminal.say(
          `Unless an attempt is in flight at this moment: should the application take it, it counts as delivered (\`npx holdfast show ${shellWord(key)}\`).`,
        );
      if (discarded.followersWait) terminal.say("Those that waited behind it resume within a minute, in stored order.");
      return exit.ok;
    case "settled before":
      terminal.say(`${key} was already ${discarded.state}; nothing was changed.`);
      return exit.nothing;
    case "busy":
      throw new Failure(
        `${key} is being processed right now, and nothing was changed: look again with \`npx holdfast show ${shellWord(key)}\`.`,
      );
    case "not found":
      throw new Failure(
        `${key} has just been stored, and its first attempt may be in flight: nothing was changed; try again in a minute.`,
        "nothing found",
      );
    default:
      return discarded satisfies never;
  }
};
