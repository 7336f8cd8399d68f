/** Form bodies and queries as bytes: names and values in the order sent, decoded from the charset the gateway really uses. */

export type Charset = "utf-8" | "shift_jis";

/**
 * The fields of an `application/x-www-form-urlencoded` body or a query.
 * Invalid escapes are kept as they are, and bytes outside the charset become U+FFFD: a broken field must
 * not cost the others. `shift_jis` is WHATWG's, which is windows-31j, what Japanese gateways send under that name (Node's own
 * table, which differs from it in three control characters that no form carries: 1A, 1C and 7F).
 */
export const formFields = (body: Uint8Array, charset: Charset = "utf-8"): ReadonlyArray<readonly [name: string, value: string]> => {
  // A byte order mark is data here, as it is to every browser: two names that differ by one must not become the same.
  const decoder = new TextDecoder(charset, { ignoreBOM: true });
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("latin1");
  return text
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const equals = pair.indexOf("=");
      const [name, value] = equals < 0 ? [pair, ""] : [pair.slice(0, equals), pair.slice(equals + 1)];
      return [decoder.decode(unescapeBytes(name)), decoder.decode(unescapeBytes(value))] as const;
    });
};

/** The fields by name. A name sent twice keeps its first value, so that an appended field cannot override a signed one. */
export const formRecord = (body: Uint8Array, charset: Charset = "utf-8"): Readonly<Record<string, string>> => {
  const record: Record<string, string> = Object.create(null);
  for (const [name, value] of formFields(body, charset)) record[name] ??= value;
  return record;
};

const unescapeBytes = (text: string): Uint8Array =>
  Buffer.from(
    text.replaceAll("+", " ").replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    "latin1",
  );
