/** What a file is, before anything in it is read: its bytes' hash, charset, line ends and damage. One pass, in constant memory. */
import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { type Foreign, foreignBytes, foreignFormat } from "../../core/reconcile/layout/foreign-format.ts";
import type { ExportFile } from "./file.ts";

export interface FileSurvey {
  readonly bytes: number;
  /** Of all bytes, hex: the same file twice is known by it. */
  readonly sha256: string;
  /** By its byte order mark, or because every second byte is 0. */
  readonly marked?: "utf-8" | "utf-16le" | "utf-16be";
  /** All of it is UTF-8; ASCII is. */
  readonly isUtf8: boolean;
  /** The file has bytes that no text has: zeros and other control characters. In UTF-16 they are halves of letters. */
  readonly hasControls: boolean;
  /** Ends of lines that it has. */
  readonly lineEnds: readonly ("\r\n" | "\n" | "\r")[];
  /** Physical lines, the last one also without an end. */
  readonly lines: number;
  readonly endsWithLineEnd: boolean;
  /** It is no text that was separated by anything, but a workbook, an archive, a page. */
  readonly foreign?: Foreign;
}

const [lf, cr] = [10, 13];

export const surveyFile = async (file: ExportFile): Promise<FileSurvey> => {
  const hash = createHash("sha256");
  const [ends, zeros] = [createLineEnds(), { even: 0, odd: 0 }];
  let [bytes, allUtf8, hasControls] = [0, true, false];
  let first: Buffer = Buffer.alloc(0);
  let cut: Buffer = Buffer.alloc(0);
  for await (const piece of file.open()) {
    const chunk = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    if (chunk.length === 0) continue;
    hash.update(chunk);
    if (first.length < foreignBytes) first = Buffer.concat([first, chunk.subarray(0, foreignBytes)]);
    for (let at = chunk.indexOf(0); at >= 0; at = chunk.indexOf(0, at + 1)) zeros[(bytes + at) % 2 === 0 ? "even" : "odd"]++;
    hasControls ||= hasControl(chunk);
    if (allUtf8) {
      const all = cut.length > 0 ? Buffer.concat([cut, chunk]) : chunk;
      const end = wholeUntil(all);
      allUtf8 = isUtf8(all.subarray(0, end));
      cut = all.subarray(end);
    }
    ends.see(chunk);
    bytes += chunk.length;
  }
  const mark = markOf(first);
  const marked = mark ?? utf16By(zeros, bytes);
  const foreign = marked?.startsWith("utf-16") ? undefined : foreignFormat(mark === "utf-8" ? first.subarray(3) : first);
  return {
    bytes,
    sha256: hash.digest("hex"),
    ...(marked && { marked }),
    isUtf8: allUtf8 && cut.length === 0,
    hasControls,
    ...ends.found(bytes),
    ...(foreign && { foreign }),
  };
};

/** Four bytes at a time: in most words none is below a blank, and byte by byte it would take as long as a tenth of reading the file. */
const hasControl = (bytes: Buffer): boolean => {
  const head = -bytes.byteOffset & 3;
  if (bytes.length < head) return isControlWithin(bytes, 0, bytes.length);
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + head, (bytes.length - head) >> 2);
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as number;
    // Whether a byte may be below 0x20. It never misses one.
    if (((word - 0x20202020) & ~word & 0x80808080) !== 0 && isControlWithin(bytes, head + 4 * at, head + 4 * at + 4)) return true;
  }
  return isControlWithin(bytes, 0, head) || isControlWithin(bytes, head + 4 * words.length, bytes.length);
};

/** Tab, line feed and carriage return are text. */
const isControlWithin = (bytes: Buffer, from: number, until: number): boolean => {
  for (let at = from; at < until; at++) {
    const byte = bytes[at] as number;
    if (byte < 32 && byte !== 9 && byte !== lf && byte !== cr) return true;
  }
  return false;
};

/** Up to where no character is cut: at most three bytes before the end. */
const wholeUntil = (bytes: Buffer): number => {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return needed > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
};

const markOf = (first: Buffer): FileSurvey["marked"] => {
  if (first[0] === 0xef && first[1] === 0xbb && first[2] === 0xbf) return "utf-8";
  if (first[0] === 0xff && first[1] === 0xfe) return "utf-16le";
  return first[0] === 0xfe && first[1] === 0xff ? "utf-16be" : undefined;
};

/** Of ASCII text in UTF-16 every second byte is 0; nothing else comes near it. */
const utf16By = ({ even, odd }: { readonly even: number; readonly odd: number }, bytes: number): FileSurvey["marked"] => {
  if (odd > bytes * 0.3 && even < odd * 0.2) return "utf-16le";
  return even > bytes * 0.3 && odd < even * 0.2 ? "utf-16be" : undefined;
};

const createLineEnds = () => {
  const counts = { "\r\n": 0, "\n": 0, "\r": 0 };
  let last = -1;
  return {
    see(chunk: Buffer): void {
      // A line end can be cut in two.
      if (last === cr && chunk[0] !== lf) counts["\r"]++;
      for (let at = chunk.indexOf(lf); at >= 0; at = chunk.indexOf(lf, at + 1))
        counts[(at === 0 ? last : chunk[at - 1]) === cr ? "\r\n" : "\n"]++;
      for (let at = chunk.indexOf(cr); at >= 0 && at < chunk.length - 1; at = chunk.indexOf(cr, at + 1))
        if (chunk[at + 1] !== lf) counts["\r"]++;
      last = chunk[chunk.length - 1] ?? last;
    },
    found(bytes: number): Pick<FileSurvey, "lineEnds" | "lines" | "endsWithLineEnd"> {
      if (last === cr) counts["\r"]++;
      const lineEnds = (["\r\n", "\n", "\r"] as const).filter((end) => counts[end] > 0);
      const endsWithLineEnd = last === lf || last === cr;
      const ended = counts["\r\n"] + counts["\n"] + counts["\r"];
      return { lineEnds, endsWithLineEnd, lines: ended + (bytes > 0 && !endsWithLineEnd ? 1 : 0) };
    },
  };
};
