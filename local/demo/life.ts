/** A contract's life: the bodies its gateway sends about it, in the order in which things happened. */
import type { Random } from "./random.ts";

/**
 * Every id in the bodies contains the contract's name, and everything else comes from `random`: two contracts with equal
 * randomness live the same life under different names.
 */
export type Life = (contract: string, random: Random) => readonly Uint8Array[];

const begin = Date.UTC(2026, 9, 1);
const hourMs = 3_600_000;

/** The moments of a life, some hours apart. Fixed, so that the same seed gives the same bytes on any day. */
export const calendar = (random: Random): (() => number) => {
  let now = begin + random.between(0, 48) * hourMs;
  return () => {
    now += random.between(2, 24) * hourMs;
    return now;
  };
};

/** A price in yen. */
export const price = (random: Random): number => random.between(5, 98) * 100 + 80;
