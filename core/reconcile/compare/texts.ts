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
/** Of a slot: the table is never fuller. */
const fullest = 0.6;

export const createTexts = (): Texts => {
  const pieces: Buffer[] = [Buffer.allocUnsafeSlow(firstPieceBytes)];
  let used = 0;
  let length = 0;
  let starts = new Float64Array(64);
  let sizes = new Int32Array(64);
  let hashes = new Int32Array(64);
  let slots = new Int32Array(128).fill(-1);

  const sameText = (id: number, text: string): boolean => {
    const start = starts[id] as number;
    const piece = pieces[Math.floor(start / pieceBytes)] as Buffer;
    const at = start % pieceBytes;
    const size = sizes[id] as number;
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
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (let id = slots[slot] as number; id >= 0; id = slots[slot] as number) {
      if (hashes[id] === hash && sameText(id, text)) return slot;
      slot = (slot + 1) & mask;
    }
    return slot;
  };

  const grow = (): void => {
    const larger = new Int32Array(slots.length * 2).fill(-1);
    const mask = larger.length - 1;
    for (let id = 0; id < length; id++) {
      let slot = (hashes[id] as number) & mask;
      while ((larger[slot] as number) >= 0) slot = (slot + 1) & mask;
      larger[slot] = id;
    }
    slots = larger;
  };

  const keep = (text: string, hash: number): number => {
    if (length === starts.length) {
      const room = Math.ceil(length * 1.5);
      starts = copied(starts, new Float64Array(room));
      sizes = copied(sizes, new Int32Array(room));
      hashes = copied(hashes, new Int32Array(room));
    }
    const most = text.length * 3;
    if (most >= pieceBytes) throw new RangeError(`an id of ${text.length} characters`);
    if ((pieces.at(-1) as Buffer).length - (used % pieceBytes) < most + 1) {
      used = pieces.length * pieceBytes;
      pieces.push(Buffer.allocUnsafeSlow(pieceBytes));
    }
    const size = (pieces.at(-1) as Buffer).write(text, used % pieceBytes, "utf8");
    starts[length] = used;
    sizes[length] = size;
    hashes[length] = hash;
    used += size;
    return length++;
  };

  return {
    add(text) {
      const hash = hashOf(text);
      let slot = slotOf(text, hash);
      const known = slots[slot] as number;
      if (known >= 0) return known;
      if (length >= slots.length * fullest) {
        grow();
        slot = slotOf(text, hash);
      }
      const id = keep(text, hash);
      slots[slot] = id;
      return id;
    },
    find: (text) => slots[slotOf(text, hashOf(text))] as number,
    text(id) {
      const start = starts[id] as number;
      const at = start % pieceBytes;
      return (pieces[Math.floor(start / pieceBytes)] as Buffer).toString("utf8", at, at + (sizes[id] as number));
    },
    get length() {
      return length;
    },
  };
};

const copied = <Numbers extends Float64Array | Int32Array>(from: Numbers, to: Numbers): Numbers => {
  to.set(from);
  return to;
};

/** FNV-1a over UTF-16, 32 bits, its upper half folded in: neighbouring ids differ in their last characters. */
const hashOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash ^ (hash >>> 15)) | 0;
};
