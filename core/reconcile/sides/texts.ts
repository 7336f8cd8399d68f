/**
 * Ids, each kept once: both sides of a comparison name the same payments, so a text is stored when it is first seen, and is a number from then on. As UTF-8
 * in large pieces of memory, which is a third of what JavaScript's strings take in a `Map`. Two texts are one when all of their characters are.
 */
import { hashText } from "./hash-text.ts";
import { rows } from "./numbers.ts";

export interface Texts {
  /** The number of a text, from 0. */
  add(text: string): number;
  /** -1 when it was never added. */
  find(text: string): number;
  text(id: number): string;
  readonly length: number;
}

/** The first is small: most comparisons are of some hundred lines. */
const firstPieceBytes = 16_384;
const bits = 22;
const pieceBytes = 1 << bits;

export const createTexts = (): Texts => {
  let last = Buffer.allocUnsafeSlow(firstPieceBytes);
  const pieces = [last];
  /** Of the last piece. */
  let used = 0;
  let length = 0;
  /** Of each text its start and its size: side by side, since a look at memory that is far away costs more than all the rest.
   * A start beyond 2 GiB is a negative number there, and `>>>` and `&` read it as it was. */
  const places = rows();
  /** Of each slot the text, or -1, and its hash. */
  let slots = new Int32Array(256).fill(-1);
  let mask = slots.length / 2 - 1;

  const placeOf = (id: number): readonly [piece: Buffer, at: number, size: number] => {
    const start = places.get(2 * id);
    return [pieces[start >>> bits] as Buffer, start & (pieceBytes - 1), places.get(2 * id + 1)];
  };

  /** Most are ASCII, and are compared where they are: with each decoded, finding one takes a third longer. */
  const sameText = (id: number, text: string): boolean => {
    const [piece, at, size] = placeOf(id);
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code > 127) return piece.toString("utf8", at, at + size) === text;
      if (code !== piece[at + index]) return false;
    }
    return size === text.length;
  };

  /** Where it is, or where it would be. */
  const slotOf = (text: string, hash: number): number => {
    let slot = hash & mask;
    for (let id = slots[2 * slot] as number; id >= 0; id = slots[2 * slot] as number) {
      if (slots[2 * slot + 1] === hash && sameText(id, text)) return slot;
      slot = (slot + 1) & mask;
    }
    return slot;
  };

  const grow = (): void => {
    const before = slots;
    slots = new Int32Array(before.length * 2).fill(-1);
    mask = slots.length / 2 - 1;
    for (let from = 0; from < before.length; from += 2) {
      const [id, hash] = [before[from] as number, before[from + 1] as number];
      if (id < 0) continue;
      let slot = hash & mask;
      while ((slots[2 * slot] as number) >= 0) slot = (slot + 1) & mask;
      slots[2 * slot] = id;
      slots[2 * slot + 1] = hash;
    }
  };

  const keep = (text: string): number => {
    const most = text.length * 3;
    if (most >= pieceBytes) throw new RangeError(`an id of ${text.length} characters`);
    if (used + most >= last.length) {
      last = Buffer.allocUnsafeSlow(pieceBytes);
      pieces.push(last);
      used = 0;
    }
    const size = last.write(text, used, "utf8");
    places.push((pieces.length - 1) * pieceBytes + used);
    places.push(size);
    used += size;
    return length++;
  };

  return {
    add(text) {
      // Half of the slots stay free.
      if (4 * length === slots.length) grow();
      const hash = hashText(text);
      const slot = slotOf(text, hash);
      const known = slots[2 * slot] as number;
      if (known >= 0) return known;
      slots[2 * slot] = keep(text);
      slots[2 * slot + 1] = hash;
      return length - 1;
    },
    find: (text) => slots[2 * slotOf(text, hashText(text))] as number,
    text(id) {
      const [piece, at, size] = placeOf(id);
      return piece.toString("utf8", at, at + size);
    },
    get length() {
      return length;
    },
  };
};
