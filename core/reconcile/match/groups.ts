/** Rows of both sides that have one key: of millions of keys each has a row or two, and an array for each would take the memory. */
import { none, rows } from "../sides/numbers.ts";
import { createTexts } from "../sides/texts.ts";

/** A name's number, a type, minor units, a currency. */
export type Key = readonly [name: number, type: number, minor: number, currency: number];

export interface Groups {
  /** Every group, with the rows of either side. In no order. */
  each(visit: (theirs: readonly number[], ours: readonly number[]) => void): void;
}

/** A row without a key belongs to no group. */
export const groupsOf = (
  theirCount: number,
  ourCount: number,
  theirKey: (row: number) => Key | undefined,
  ourKey: (row: number) => Key | undefined,
): Groups => {
  const keys = createTexts();
  const theirs = chainOf(theirCount, theirKey, keys.add);
  // What only we have is in no group: nothing is to be matched there. Where they have none, as of lines that all name their payments, ours are not read.
  const ours = chainOf(keys.length === 0 ? 0 : ourCount, ourKey, keys.find);
  return {
    each(visit) {
      for (let group = 0; group < keys.length; group++) visit(theirs.rows(group), ours.rows(group));
    },
  };
};

/** Each group's rows, the last first. */
const chainOf = (count: number, keyOf: (row: number) => Key | undefined, groupOf: (key: string) => number) => {
  const next = new Int32Array(count).fill(none);
  const heads = rows();
  for (let row = 0; row < count; row++) {
    const key = keyOf(row);
    const group = key === undefined ? none : groupOf(key.join(" "));
    if (group !== none) {
      next[row] = heads.get(group);
      heads.set(group, row);
    }
  }
  return {
    rows(group: number): readonly number[] {
      const found: number[] = [];
      for (let row = heads.get(group); row >= 0; row = next[row] as number) found.push(row);
      return found;
    },
  };
};
