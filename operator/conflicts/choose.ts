/** Which of the callbacks that came under an id a decision is about. */
import { Failure } from "../../core/failure.ts";
import { counted } from "../../core/formats/counted.ts";
import type { Conflict } from "../../core/receive/conflict.ts";
import type { RecordKey } from "../../core/record.ts";
import type { Connection } from "../connect/connect.ts";
import { conflictsOfRecord } from "../query/conflicts-of-record.ts";
import type { ConflictOrder } from "./decide.ts";

/** Those that are meant: for `first` all that are open, else the one. What was decided like this before is meant too: it changes nothing. */
export const choose = async (
  connection: Connection,
  key: RecordKey,
  { deliver }: ConflictOrder,
  other: string | undefined,
): Promise<readonly Conflict[]> => {
  const all = await conflictsOfRecord(connection, key);
  const named = other === undefined ? all : await namedBy(connection, all, other);
  if (named.length === 0)
    throw new Failure(
      other === undefined ? `Nothing else came under ${key}.` : `Nothing that came under ${key} begins with ${other}.`,
      "nothing found",
    );
  const open = named.filter(({ isDone }) => !isDone);
  const meant = open.length > 0 ? open : named;
  if (deliver !== "first" && meant.length > 1)
    throw new Failure(
      `${counted(meant.length, "callback")} came under ${key} with another content: name one with --other and its SHA-256, as \`${connection.command("conflicts", "show", key)}\` shows it.`,
      "usage",
    );
  return meant;
};

/** The least that names one of a thousand. */
const shortestName = 6;

const namedBy = async ({ records }: Connection, all: readonly Conflict[], typed: string): Promise<readonly Conflict[]> => {
  if (typed.length < shortestName)
    throw new Failure(`--other is "${typed}": write at least ${shortestName} characters of its SHA-256.`, "usage");
  const read = await Promise.all(all.map((conflict) => records.readConflict(conflict)));
  return all.filter((_, at) => {
    const one = read[at];
    return one?.kind === "record" && one.record.sha256.startsWith(typed.toLowerCase());
  });
};
