/** `holdfast audit`: who did what, when and why. */
import type { Millis } from "../../core/callback.ts";
import { dayOf, isoTime } from "../../core/formats/iso-time.ts";
import type { Deed } from "../../io/ledger/audit.ts";
import { type Exit, exit } from "../cli/exit.ts";
import { createTable } from "../cli/table.ts";
import { printJson, type Terminal } from "../cli/terminal.ts";
import type { Connection } from "../connect/connect.ts";

const columns = [
  { title: "WHEN" },
  { title: "WHO" },
  { title: "WHAT" },
  { title: "TO", cut: "middle" },
  { title: "WHY", cut: "end" },
] as const;
const dayMs = 86_400_000;

/** Newest first. */
export const auditTrail = async (at: Connection, terminal: Terminal, { since }: { readonly since: Millis }): Promise<Exit> => {
  const deeds: Deed[] = [];
  const now = at.clock();
  for (let day = since - (since % dayMs); day <= now; day += dayMs)
    for await (const deed of at.audit.ofDay(dayOf(day))) if (deed.at >= since) deeds.push(deed);
  deeds.reverse();
  if (terminal.json)
    await printJson(
      terminal,
      deeds.map((deed) => ({ ...deed, at: isoTime(deed.at) })),
    );
  else if (deeds.length > 0)
    await terminal.print(
      createTable(columns, terminal)(deeds.map(({ at: when, by, what, to, why }) => [isoTime(when).slice(0, 19), by, what, to, why ?? ""])),
    );
  if (deeds.length === 0) terminal.say("Nobody has done anything in that time.");
  return deeds.length === 0 ? exit.nothing : exit.ok;
};
