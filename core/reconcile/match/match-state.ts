/** What a matching works on: both sides, and which rows belong together so far. */
import type { Shared } from "../sides/movements.ts";
import { none } from "../sides/numbers.ts";
import type { OurSide } from "../sides/our-side.ts";
import type { TheirSide } from "../sides/their-side.ts";

export interface Sides {
  readonly shared: Shared;
  readonly ours: OurSide;
  readonly theirs: TheirSide;
}

/** How a line is matched that no id of a payment connects, weakest last. */
export const weakerWays = ["order", "contract", "customer", "moment"] as const;
export type WeakerWay = (typeof weakerWays)[number];
/** How a line was matched. */
export type Way = "payment" | WeakerWay;

/** Lines and movements of one payment that should be the same, and are not. Sorted. */
export interface Unequal {
  readonly payment: number;
  readonly lines: readonly number[];
  readonly movements: readonly number[];
}

/** Lines and movements of which nobody can say which is which. In no order. */
export interface Tie {
  readonly way: WeakerWay;
  readonly lines: readonly number[];
  readonly movements: readonly number[];
}

export interface MatchState {
  /** Of each line, the movement of ours; -1: none. */
  readonly ours: Int32Array;
  /** Of each of our movements, the line; -1: none. Of a group that agrees in its sum, one of the lines. */
  readonly theirs: Int32Array;
  /** Of each line, the payment of ours that it is about; -1: none is known. */
  readonly payment: Int32Array;
  /** Lines, and movements, that are in a tie or an unequal group. */
  readonly tied: Uint8Array;
  readonly ourTied: Uint8Array;
}

export const pair = (state: MatchState, line: number, movement: number): void => {
  state.ours[line] = movement;
  if (state.theirs[movement] === none) state.theirs[movement] = line;
};

/** From now on nothing else is matched with them. */
export const setAside = (state: MatchState, { lines, movements }: Pick<Tie, "lines" | "movements">): void => {
  for (const line of lines) state.tied[line] = 1;
  for (const movement of movements) state.ourTied[movement] = 1;
};
