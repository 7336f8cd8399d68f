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

/** Of a line without an id that all of one payment share: 17 bits, so that such lines are spread over so many chains. Lines that may say the same have one. */
export const chainOf = (at: number, minor: number): number => Math.imul(at ^ Math.imul(minor, spreading), spreading) >>> 15;

/** The golden ratio of 32 bits, made odd. */
const spreading = 0x9e3779b1;
