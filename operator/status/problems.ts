/** What of the whole's health needs a person, and what to type. */

import { spanText } from "../cli/time-words.ts";
import type { Connection } from "../connect/connect.ts";
import type { Health } from "./health.ts";

export interface Trouble {
  readonly what: string;
  readonly command: string;
}

/** Runs every minute; one that was skipped is no trouble yet. */
const sweepLateMs = 5 * 60_000;
const trouble = (what: string, command: string): Trouble => ({ what, command });

/** What needs a person; none when all is well. */
export const troublesOf = (health: Health, at: Connection): readonly Trouble[] => {
  const { dead, sweptAt } = health;
  const lateMs = sweptAt === undefined ? 0 : health.at - sweptAt;
  return [
    ...(dead > 0
      ? [
          trouble(
            `${dead} ${dead === 1 ? "record is" : "records are"} dead; what follows in ${dead === 1 ? "its contract" : "their contracts"} waits`,
            at.command("dead"),
          ),
        ]
      : []),
    ...(lateMs > sweepLateMs
      ? [trouble(`the sweep has not finished for ${spanText(lateMs)}: nothing finds what gets lost`, at.command("doctor"))]
      : []),
  ];
};
