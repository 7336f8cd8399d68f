/** Randomness that can be repeated: the same seed gives the same story, the same faults, the same ids. */
import { digest } from "../core/signature.ts";
import type { Key } from "../gateways/moment.ts";

/** Numbers in [0, 1). */
export type Random = () => number;

export const createRandom = (seed: string): Random => {
  let drawn = 0;
  return () => Number.parseInt(digest("sha256", [`${seed}#${drawn++}`]).slice(0, 12), 16) / 2 ** 48;
};

/** A whole number in [least, most]. */
export const between = (random: Random, least: number, most: number): number => least + Math.floor(random() * (most - least + 1));

/** The same items in another order. */
export const shuffled = <Item>(random: Random, items: readonly Item[]): Item[] =>
  items
    .map((item) => ({ item, place: random() }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item);

export const keyOf = (seed: string): Key => {
  const hash = digest("sha256", [seed]);
  return { text: hash.slice(0, 20), digits: String(10 ** 13 + (Number.parseInt(hash.slice(20, 33), 16) % (9 * 10 ** 13))) };
};
