/** Form bodies and queries as bytes: names and values in the order sent, decoded from the charset the gateway really uses. */
import { TooMuch } from "./too-much.ts";

export type Charset = "utf-8" | "shift_jis";

/** No gateway sends more than a hundred, but VeriTrans with many items in one push: this has room for a thousand of twenty each. */
const mostFields = 20_000;

/**
 * The fields of an `application/x-www-form-urlencoded` body or a query.
 * Invalid escapes are kept as they are, and bytes outside the charset become U+FFFD: a broken field must
 * not cost the others. `shift_jis` is WHATWG's, which is windows-31j, what Japanese gateways send under that name (Node's own
 * table, which differs from it in three control characters that no form carries: 1A, 1C and 7F).
 * @throws {TooMuch} when there are more than 20,000.
 */
export const formFields = (body: Uint8Array, charset: Charset = "utf-8"): ReadonlyArray<readonly [name: string, value: string]> => {
  // A byte order mark is data here, as it is to every browser: two names that differ by one must not become the same.
  const decoder = new TextDecoder(charset, { ignoreBOM: true });
  const decode = (text: Uint8Array) => decoder.decode(unescapeBytes(text));
  const fields: (readonly [string, string])[] = [];
  for (let from = 0, places = 1; from < body.length; places++) {
    // Empty places count too: they cost as much.
    if (places > mostFields) throw new TooMuch(`the form has more than ${mostFields} fields`);
    const to = orEnd(body.indexOf(ampersand, from), body);
    const pair = body.subarray(from, to);
    const equals = orEnd(pair.indexOf(equalsSign), pair);
    if (pair.length > 0) fields.push([decode(pair.subarray(0, equals)), decode(pair.subarray(equals + 1))]);
    from = to + 1;
  }
  return fields;
};

/** The fields by name. A name sent twice keeps its first value, so that an appended field cannot override a signed one. @throws {TooMuch} */
export const formRecord = (body: Uint8Array, charset: Charset = "utf-8"): Readonly<Record<string, string>> => {
  const record: Record<string, string> = Object.create(null);
  for (const [name, value] of formFields(body, charset)) record[name] ??= value;
  return record;
};

const [ampersand, equalsSign, plus, space, percent] = [0x26, 0x3d, 0x2b, 0x20, 0x25] as const;

const orEnd = (at: number, bytes: Uint8Array): number => (at < 0 ? bytes.length : at);

const unescapeBytes = (text: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(text.length);
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const byte = text[at] as number;
    const escaped = byte === percent ? hexDigit(text[at + 1]) * 16 + hexDigit(text[at + 2]) : Number.NaN;
    if (!Number.isNaN(escaped)) at += 2;
    bytes[length++] = Number.isNaN(escaped) ? (byte === plus ? space : byte) : escaped;
  }
  return bytes.subarray(0, length);
};

/** The digit's value, NaN for what is not one, and where nothing is. */
const hexDigit = (byte = Number.NaN): number => {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : Number.NaN;
};
