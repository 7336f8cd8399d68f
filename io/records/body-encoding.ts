/** A callback's bytes as an item carries them, and back. DynamoDB's unit of price is a kilobyte. */
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { dictionary } from "./dictionary.ts";

export interface EncodedBody {
  /** `deflate` is what versions before the dictionary wrote. */
  readonly encoding: "plain" | "deflate" | "deflate-1";
  readonly bytes: Uint8Array;
}

/** An item has some 600 bytes beside its body: with one of up to this size it is within its first kilobyte as it is. */
const largestPlainBody = 400;

/** zlib's usual tables take 268 KB, and making them costs more than compressing two kilobytes. These reach back over a small body and the dictionary. */
const smallBody = 4_096;
const smallTables = { windowBits: 13, memLevel: 5, chunkSize: smallBody };

/** Compressed where that makes them smaller: a notice of one to three kilobytes to a fifth or a third. */
export const packBody = (body: Uint8Array): EncodedBody => {
  if (body.length <= largestPlainBody) return { encoding: "plain", bytes: body };
  const deflated = deflateRawSync(body, body.length <= smallBody ? { ...smallTables, dictionary } : { dictionary });
  return deflated.length < body.length ? { encoding: "deflate-1", bytes: deflated } : { encoding: "plain", bytes: body };
};

/** Throws on bytes that are damaged, and on an encoding of a newer version: what is not understood is never taken for the callback's own bytes. */
export const unpackBody = (encoding: string, bytes: Uint8Array): Uint8Array => {
  switch (encoding) {
    case "plain":
      return bytes;
    case "deflate":
      return inflateRawSync(bytes);
    case "deflate-1":
      return inflateRawSync(bytes, { dictionary });
    default:
      throw new Error(`the body's encoding, ${encoding}, is unknown to this version`);
  }
};

/** Bytes that are not those of the record's hash: nothing is made of them. */
export class AlteredBody extends Error {
  override readonly name = "AlteredBody";
  constructor() {
    super("they are not those that were stored: their SHA-256 is another");
  }
}
