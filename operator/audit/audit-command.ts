/** `holdfast audit`: who did what, when and why. */

import type { Millis } from "../../core/callback.ts";
import { dayMs } from "../../core/durations.ts";
import { dayOf, isoTime } from "../../core/formats/iso-time.ts";
import type { AuditEntry } from "../../io/ledger/audit.ts";
import type { Connection } from "../connect/connect.ts";
import { type Exit, exit } from "../terminal/exit.ts";
import { printList } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";

const columns = [
  { title: "WHEN" },
  { title: "WHO" },
  { title: "WHAT" },
  { title: "TO", cut: "middle" },
  { title: "WHY", cut: "end" },
] as const;

/** Newest first. */
export const auditTrail = async (connection: Connection, terminal: Terminal, { since }: { readonly since: Millis }): Promise<Exit> => {
  const entries: AuditEntry[] = [];
  const now = connection.clock();
  for (let day = since - (since % dayMs); day <= now; day += dayMs)
    for await (const entry of connection.audit.ofDay(dayOf(day))) if (entry.at >= since) entries.push(entry);
  await printList(terminal, entries.reverse(), {
    columns,
    row: ({ at, by, what, to, why }) => [isoTime(at).slice(0, 19), by, what, to, why ?? ""],
    json: (entry) => ({ ...entry, at: isoTime(entry.at) }),
  });
  if (entries.length > 0) return exit.ok;
  terminal.say("No operator actions in that period.");
  return exit.nothing;
};
