/** Bits that are flipped, one at a time. */

/** Of a longer body this many bits are tried, spread over all of it: many in the first sample, fewer in its siblings. */
export const flipsOfFirst = 1_024;
export const flipsOfOthers = 256;

/** Copies with one bit flipped. The step is a prime far from any body's length, so every region and every bit's place is reached. */
export const flips = (
  bytes: Uint8Array,
  most: number,
): readonly { readonly offset: number; readonly bit: number; readonly bytes: Uint8Array }[] => {
  const bits = bytes.length * 8;
  return Array.from({ length: Math.min(bits, most) }, (_, index) => {
    const position = bits <= most ? index : (index * 1_000_003) % bits;
    const [offset, bit] = [position >> 3, position & 7];
    const copy = Uint8Array.from(bytes);
    copy[offset] = (copy[offset] ?? 0) ^ (1 << bit);
    return { offset, bit, bytes: copy };
  });
};
