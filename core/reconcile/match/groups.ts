/** Rows of both sides that have one key, in typed tables: of millions of keys each has a row or two, and an array for each would take the memory. */
import { codes, exact, none, rows } from "../sides/numbers.ts";

/** A name's number, a type, minor units, a currency. */
export type Key = readonly [name: number, type: number, minor: number, currency: number];

export interface Groups {
  /** Every group, with the rows of either side. In no order. */
  each(visit: (theirs: readonly number[], ours: readonly number[]) => void): void;
}

const fullest = 0.6;

/** A row without a key belongs to no group. */
export const groupsOf = (
  theirCount: number,
  ourCount: number,
  theirKey: (row: number) => Key | undefined,
  ourKey: (row: number) => Key | undefined,
): Groups => {
  const table = createTable();
  const theirs = chainOf(theirCount, theirKey, table.of);
  // What only we have is in no group: nothing is to be matched there.
  const ours = chainOf(ourCount, ourKey, table.find);
  return {
    each(visit) {
      for (let group = 0; group < table.length; group++) visit(theirs.rows(group), ours.rows(group));
    },
  };
};

const createTable = () => {
  const [names, types, minors, currencies] = [exact(), codes(), exact(), codes()];
  let slots = new Int32Array(256).fill(none);
  const slotOf = ([name, type, minor, currency]: Key): number => {
    const mask = slots.length - 1;
    let slot = hashOf(name, type, minor, currency) & mask;
    for (let at = slots[slot] as number; at >= 0; at = slots[slot] as number) {
      if (names.get(at) === name && types.get(at) === type && minors.get(at) === minor && currencies.get(at) === currency) return slot;
      slot = (slot + 1) & mask;
    }
    return slot;
  };
  const grow = (): void => {
    slots = new Int32Array(slots.length * 2).fill(none);
    for (let at = 0; at < names.length; at++) slots[slotOf([names.get(at), types.get(at), minors.get(at), currencies.get(at)])] = at;
  };
  return {
    of(key: Key): number {
      if (names.length >= slots.length * fullest) grow();
      const slot = slotOf(key);
      const known = slots[slot] as number;
      if (known >= 0) return known;
      const [name, type, minor, currency] = key;
      slots[slot] = names.push(name);
      types.push(type);
      minors.push(minor);
      currencies.push(currency);
      return slots[slot] as number;
    },
    find: (key: Key): number => slots[slotOf(key)] as number,
    get length() {
      return names.length;
    },
  };
};

const hashOf = (name: number, type: number, minor: number, currency: number): number => {
  let hash = Math.imul(name | 0, 0x85ebca6b) ^ Math.imul((minor | 0) + type * 31 + currency * 1_009, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 15), 0x27d4eb2f);
  return hash ^ (hash >>> 13);
};

/** Each group's rows, the last first. */
const chainOf = (count: number, keyOf: (row: number) => Key | undefined, groupOf: (key: Key) => number) => {
  const next = new Int32Array(count).fill(none);
  const heads = rows();
  for (let row = 0; row < count; row++) {
    const key = keyOf(row);
    const group = key === undefined ? none : groupOf(key);
    if (group < 0) continue;
    next[row] = heads.get(group);
    heads.set(group, row);
  }
  return {
    rows(group: number): readonly number[] {
      const found: number[] = [];
      for (let row = heads.get(group); row >= 0; row = next[row] as number) found.push(row);
      return found;
    },
  };
};
