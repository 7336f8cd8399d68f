/**
 * Ids, each kept once: both sides of a comparison name the same payments, so a text is stored when it is first seen, and is a number from then on. As UTF-8
 * in large pieces of memory, which is a third of what JavaScript's strings take in a `Map`. Two texts are one when all of their characters are.
 */

export interface Texts {
  /** The number of a text, from 0. */
  add(text: string): number;
  /** -1 when it was never added. */
  find(text: string): number;
  text(id: number): string;
  readonly length: number;
}

/** The first is small: most comparisons are of some hundred lines. */
const pieceBytes = 4_194_304;
const firstPieceBytes = 16_384;
/** The table of hashes is never fuller. */
const fullest = 0.5;

export const createTexts = (): Texts => {
  const pieces: Buffer[] = [Buffer.allocUnsafeSlow(firstPieceBytes)];
  let used = 0;
  let length = 0;
  /** Of each text its start and its size: side by side, since a look at memory that is far away costs more than all the rest. */
  let places = new Uint32Array(128);
  /** Of each slot the text, or -1, and its hash. */
  let slots = new Int32Array(256).fill(-1);
  let mask = slots.length / 2 - 1;

  const sameText = (id: number, text: string): boolean => {
    const [start, size] = [places[2 * id] as number, places[2 * id + 1] as number];
    const piece = pieces[Math.floor(start / pieceBytes)] as Buffer;
    const at = start % pieceBytes;
    if (size === text.length) {
      for (let index = 0; index < size; index++) {
        const code = text.charCodeAt(index);
        if (code > 127) return piece.toString("utf8", at, at + size) === text;
        if (code !== piece[at + index]) return false;
      }
      return true;
    }
    // As many bytes as characters only where all are ASCII.
    return size > text.length && piece.toString("utf8", at, at + size) === text;
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
    if (2 * length === places.length) {
      const larger = new Uint32Array(2 * Math.ceil(length * 1.5));
      larger.set(places);
      places = larger;
    }
    const most = text.length * 3;
    if (most >= pieceBytes) throw new RangeError(`an id of ${text.length} characters`);
    if ((pieces.at(-1) as Buffer).length - (used % pieceBytes) < most + 1) {
      used = pieces.length * pieceBytes;
      pieces.push(Buffer.allocUnsafeSlow(pieceBytes));
    }
    const size = (pieces.at(-1) as Buffer).write(text, used % pieceBytes, "utf8");
    places[2 * length] = used;
    places[2 * length + 1] = size;
    used += size;
    return length++;
  };

  return {
    add(text) {
      const hash = hashOf(text);
      let slot = slotOf(text, hash);
      const known = slots[2 * slot] as number;
      if (known >= 0) return known;
      if (length > mask * fullest) {
        grow();
        slot = slotOf(text, hash);
      }
      slots[2 * slot] = keep(text);
      slots[2 * slot + 1] = hash;
      return length - 1;
    },
    find: (text) => slots[2 * slotOf(text, hashOf(text))] as number,
    text(id) {
      const start = places[2 * id] as number;
      const at = start % pieceBytes;
      return (pieces[Math.floor(start / pieceBytes)] as Buffer).toString("utf8", at, at + (places[2 * id + 1] as number));
    },
    get length() {
      return length;
    },
  };
};

/** FNV-1a over UTF-16, 32 bits, its upper half folded in: neighbouring ids differ in their last characters. */
const hashOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash ^ (hash >>> 15)) | 0;
};
