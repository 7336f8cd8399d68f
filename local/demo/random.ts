/** Randomness that can be had again: the same seed and the same names give the same numbers, whatever else is drawn meanwhile. */
import { createHash } from "node:crypto";

export interface Random {
  /** In [0, 1). */
  next(): number;
  /** A whole number in [least, most]. */
  between(least: number, most: number): number;
  /** The same items in another order. */
  shuffled<Item>(items: readonly Item[]): Item[];
}

export const createRandom = (seed: number, ...names: readonly (string | number)[]): Random => {
  let drawn = 0;
  const next = () => fraction([seed, ...names, drawn++]);
  return {
    next,
    between: (least, most) => least + Math.floor(next() * (most - least + 1)),
    shuffled: (items) =>
      items
        .map((item) => ({ item, place: next() }))
        .sort((one, other) => one.place - other.place)
        .map(({ item }) => item),
  };
};

/** One number in [0, 1) that belongs to these names. */
export const fraction = (names: readonly (string | number)[]): number =>
  createHash("sha256").update(names.join("/")).digest().readUInt32BE(0) / 2 ** 32;
