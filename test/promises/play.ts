/** A story of a promise's own, told in the fault simulation, held against all invariants, and what came of it in words. */
import { expect, inject } from "vitest";
import type { Kind } from "../faults/run/kinds.ts";
import { all } from "../faults/run/trace.ts";
import { type CallbackSpec, makeCallback } from "../faults/sent/callbacks.ts";
import { type Told, tellOnce } from "../faults/stories/tell.ts";
import type { Setting } from "../faults/stories/verbs.ts";

export interface Played {
  readonly told: Told;
  /** What the gateway heard each time it sent that callback. */
  words(name: string): readonly string[];
  /** Ids in the order in which the application did what they ask for. */
  readonly done: readonly string[];
  /** Where bytes were kept, in order: `table`, `queue`, `bucket`. */
  readonly kept: readonly string[];
  counted(metric: string): number;
  /** Lines of the ledger: contract and event. */
  readonly ledger: readonly string[];
}

export interface Play {
  /** What goes wrong, by the point where it does. Each must come about. */
  readonly faults?: Readonly<Record<string, Kind>>;
  /** Also replays everything twice in the end. */
  readonly isThorough?: boolean;
}

/** No invariant may be broken, whatever the story is about. */
export const play = async (tell: (setting: Setting) => Promise<void>, { faults = {}, isThorough = false }: Play = {}): Promise<Played> => {
  const told = await tellOnce({ endpoints: inject("endpoints"), tell, plan: ({ id }) => faults[id], isThorough });
  const { trace, violations } = told;
  expect(violations).toEqual([]);
  expect(all(trace, "fault").map(({ place, what }) => [place, what])).toEqual(expect.arrayContaining(Object.entries(faults)));
  return {
    told,
    words: (name) => all(trace, "answered").flatMap(({ callback, word }) => (callback === name ? [word] : [])),
    done: all(trace, "delivered").flatMap(({ record, processed }) => (processed ? [record.slice("sandbox/".length)] : [])),
    kept: all(trace, "kept").map(({ place }) => place.slice(0, place.indexOf(" "))),
    counted: (metric) => all(trace, "counted").reduce((sum, one) => sum + (one.metric === metric ? one.value : 0), 0),
    ledger: told.stores.told.map(({ contract, event }) => `${contract} ${event}`),
  };
};

/** A genuine callback about contract `a`, unless said otherwise. */
export const callback = (id: string, changes: Partial<CallbackSpec> = {}) => makeCallback({ id, contracts: ["a"], ...changes });
