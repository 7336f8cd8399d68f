/** Whether everything has come to rest: nothing moves any more unless a person does something. */
import { isSettled, type Progress } from "../../core/lifecycle/progress.ts";
import { pause } from "../wait.ts";
import { recordsOf } from "./evidence.ts";
import type { Snapshot, Stores } from "./stores.ts";

const everyMs = 200;

export interface Rest {
  readonly snapshot: Snapshot;
  /** What still moves, as sentences. Empty: all is quiet. */
  readonly restless: readonly string[];
}

/** The stores as they are when they are quiet, or when the time is up. */
export const untilQuiet = async (stores: Stores, withinMs: number): Promise<Rest> => {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const snapshot = await stores.snapshot();
    const restless = restlessIn(snapshot);
    if (restless.length === 0 || performance.now() > deadline) return { snapshot, restless };
    await pause(everyMs);
  }
};

const restlessIn = (snapshot: Snapshot): readonly string[] => {
  const dead = new Set([...snapshot.progress.values()].flatMap((one) => (one.state === "dead" ? linesOf(one) : [])));
  const isAtRest = (progress: Progress) => {
    if (isSettled(progress.state)) return progress.releasing !== true;
    // Behind a dead letter; behind anything else it is about to be woken.
    return progress.state === "dead" || (progress.state === "waiting" && linesOf(progress).some((line) => dead.has(line)));
  };
  return recordsOf(snapshot).flatMap(({ record: { key } }) => {
    const progress = snapshot.progress.get(key);
    if (progress && isAtRest(progress)) return [];
    const why = progress?.reason ? `: ${progress.reason}` : "";
    return [`${key} was still ${progress?.state ?? "stored"} when the time was up${why}`];
  });
};

const linesOf = ({ source, contracts }: Progress): readonly string[] => contracts.map((contract) => `${source}/${contract}`);
