/** The bytes of a file as UTF-8, whatever its charset is. What the charset does not have becomes U+FFFD, and its line is named where it matters. */
import { Failure } from "../../core/failure.ts";

export async function* inUtf8(bytes: AsyncIterable<Uint8Array>, charset: string): AsyncGenerator<Buffer> {
  let isFirst = true;
  const decoder = charset === "utf-8" ? undefined : decoderFor(charset);
  for await (const piece of bytes) {
    const chunk = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    if (decoder) {
      const text = decoder.decode(chunk, { stream: true });
      if (text !== "") yield Buffer.from(text, "utf8");
    } else if (isFirst && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf) yield chunk.subarray(3);
    else yield chunk;
    isFirst = false;
  }
  const rest = decoder?.decode() ?? "";
  if (rest !== "") yield Buffer.from(rest, "utf8");
}

/** @throws Failure for a name that no charset has. */
export const decoderFor = (charset: string): InstanceType<typeof TextDecoder> => {
  try {
    return new TextDecoder(charset);
  } catch {
    throw new Failure(
      `There is no charset "${charset}". Well-known ones: utf-8, shift_jis, euc-jp, utf-16le, windows-1252, windows-1250.`,
      "usage",
    );
  }
};
