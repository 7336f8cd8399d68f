/** Which records a `replay` means: those that were named, or a filter; never everything by accident. */

import { Failure } from "../../core/failure.ts";
import { type FilterOptions, filterOf } from "../cli/arguments.ts";
import type { Connection } from "../connect/connect.ts";
import type { ReplayOptions } from "./replay-command.ts";

export const meantBy = async (
  at: Connection,
  records: readonly string[],
  options: FilterOptions & { readonly dead?: boolean },
): Promise<ReplayOptions["meant"]> => {
  const { source, state, contract, since, until, reason, dead } = options;
  const filters = [source, state, contract, since, until, reason, dead].filter((one) => one !== undefined);
  if (records.length > 0 && filters.length > 0) throw new Failure("Name records or a filter, not both.", "usage");
  if (records.length > 0) return { keys: records };
  if (filters.length === 0)
    throw new Failure(
      "Name what to replay: records by their keys, --dead, or a filter (--source, --state, --contract, --since, --until, --reason).",
      "usage",
    );
  if (dead && state) throw new Failure("--dead is --state dead: leave one of them away.", "usage");
  return { filter: { ...(await filterOf(at, options)), ...(dead && { states: ["dead"] }) } };
};
