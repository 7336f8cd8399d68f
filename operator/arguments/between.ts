/** `--between`: two moments. The first is in it, the last is not (R-TIME-4). */
import type { Interval } from "../../core/charges/taken.ts";
import { Failure } from "../../core/failure.ts";
import type { Connection } from "../connect/connect.ts";
import { type Moment, momentArgument } from "./arguments.ts";

export const bothMoments = (text: string, before: readonly Moment[] = []): readonly Moment[] => [...before, momentArgument(text)];

export const intervalOf = (
  { clock, config }: Pick<Connection, "clock" | "config">,
  [first, last, ...more]: readonly Moment[],
): Interval => {
  if (!first || !last || more.length > 0) throw new Failure("--between takes two times: --between 2026-10-01 2026-11-01.", "usage");
  const [from, to] = [first(clock(), config.zone), last(clock(), config.zone)];
  if (from >= to) throw new Failure("--between takes the earlier time first, and then a later one.", "usage");
  return { from, to };
};
