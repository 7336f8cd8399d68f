/** What needs a person, and what to type. */

import { spanText } from "../cli/time-words.ts";
import type { Connection } from "../connect/connect.ts";
import type { Health } from "./health.ts";

export interface Problem {
  readonly what: string;
  readonly command: string;
}

/** It runs every minute; one skipped run is not a problem yet. */
const sweepLateMs = 5 * 60_000;
const problem = (what: string, command: string): Problem => ({ what, command });

/** What needs a person; none when all is well. */
export const problemsOf = (health: Health, connection: Connection): readonly Problem[] => {
  const { dead, sweptAt } = health;
  const lateMs = sweptAt === undefined ? 0 : health.at - sweptAt;
  return [
    ...(dead > 0
      ? [
          problem(
            `${dead} ${dead === 1 ? "record is" : "records are"} dead; what follows in ${dead === 1 ? "its contract" : "their contracts"} waits`,
            connection.command("dead"),
          ),
        ]
      : []),
    ...(lateMs > sweepLateMs
      ? [problem(`the sweep has not finished for ${spanText(lateMs)}: nothing finds what gets lost`, connection.command("doctor"))]
      : []),
  ];
};
