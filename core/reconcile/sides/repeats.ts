/** Which line says the same as one before it. Those that may are chained, and compared by what they say: nothing is taken for the same by its hash alone. */
import { none, rows } from "./numbers.ts";

export interface Repeats {
  /** The earlier row for which `isSame`, or -1; then this one is remembered under its key. */
  find(key: number, row: number, isSame: (other: number) => boolean): number;
}

export const createRepeats = (): Repeats => {
  const [heads, next] = [rows(), rows()];
  return {
    find(key, row, isSame) {
      const head = heads.get(key);
      for (let other = head; other !== none; other = next.get(other)) if (isSame(other)) return other;
      next.set(row, head);
      heads.set(key, row);
      return none;
    },
  };
};

/** 31 bits. */
export const hashOfText = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash ^ (hash >>> 15)) & 0x7fffffff;
};

/** For lines without an id that all of one payment share: spread over so many chains. */
const chains = 1 << 17;

export const chainOf = (at: number, minor: number): number =>
  ((Math.imul(Math.floor(at / 1_000) | 0, 0x85ebca6b) ^ Math.imul(minor | 0, 0xc2b2ae35)) >>> 15) & (chains - 1);
