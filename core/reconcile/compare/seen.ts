/** Which rows were seen before, by what they say: a table of 64-bit hashes. Two rows that differ share one once in some ten million files of a million lines. */

export interface Seen {
  /** The row that said the same, or -1; then this one is remembered. */
  add(row: number, said: string): number;
}

const fullest = 0.6;

export const createSeen = (): Seen => {
  let slots = new Int32Array(256).fill(-1);
  let [low, high] = [new Int32Array(64), new Int32Array(64)];
  let owners = new Int32Array(64);
  let length = 0;

  const slotOf = (one: number, other: number): number => {
    const mask = slots.length - 1;
    let slot = one & mask;
    for (let at = slots[slot] as number; at >= 0; at = slots[slot] as number) {
      if (low[at] === one && high[at] === other) return slot;
      slot = (slot + 1) & mask;
    }
    return slot;
  };

  const larger = (from: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> => {
    const to = new Int32Array(Math.ceil(from.length * 1.5));
    to.set(from);
    return to;
  };

  const grow = (): void => {
    const old = slots;
    slots = new Int32Array(old.length * 2).fill(-1);
    for (const at of old) if (at >= 0) slots[slotOf(low[at] as number, high[at] as number)] = at;
  };

  return {
    add(row, said) {
      let [one, other] = [0x811c9dc5 | 0, 0x9e3779b9 | 0];
      for (let index = 0; index < said.length; index++) {
        const code = said.charCodeAt(index);
        one = Math.imul(one ^ code, 0x01000193);
        other = Math.imul(other ^ code, 0x85ebca6b) ^ (other >>> 13);
      }
      one = (one ^ (one >>> 15)) | 0;
      if (length >= slots.length * fullest) grow();
      const slot = slotOf(one, other);
      const known = slots[slot] as number;
      if (known >= 0) return owners[known] as number;
      if (length === low.length) [low, high, owners] = [larger(low), larger(high), larger(owners)];
      low[length] = one;
      high[length] = other;
      owners[length] = row;
      slots[slot] = length++;
      return -1;
    },
  };
};
