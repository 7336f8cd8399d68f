/** Reading JSON from outside: every step may be missing or of another type, and none of it may throw. */

/** The value at a path of names and indexes, or undefined. Only own properties count. */
export const at = (value: unknown, ...path: readonly (string | number)[]): unknown => {
  let current = value;
  for (const step of path) {
    if (typeof current !== "object" || current === null || !Object.hasOwn(current, step)) return undefined;
    current = (current as Record<string | number, unknown>)[step];
  }
  return current;
};

/** A non-empty string at the path, or a number written as one (ids are both, depending on the gateway). */
export const textAt = (value: unknown, ...path: readonly (string | number)[]): string | undefined => {
  const found = at(value, ...path);
  if (typeof found === "string") return found === "" ? undefined : found;
  return Number.isFinite(found) ? String(found) : undefined;
};

export const numberAt = (value: unknown, ...path: readonly (string | number)[]): number | undefined => {
  const found = at(value, ...path);
  return typeof found === "number" && Number.isFinite(found) ? found : undefined;
};

export const listAt = (value: unknown, ...path: readonly (string | number)[]): readonly unknown[] => {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
};

/** The largest known, a Shopify order of a thousand lines, has some tens of thousands. */
const mostValues = 200_000;

const utf8 = new TextDecoder("utf-8");

/** No gateway nests deeper than some ten; and far from the end of the stack of what walks the value. */
const deepest = 200;

/**
 * The JSON value of UTF-8 bytes, or undefined when they are not JSON, or hold more values or nest deeper than any gateway's. A whole number
 * that JavaScript would round is a text of its digits: it is an id, and so it is one to `textAt` and no amount to `numberAt`.
 */
export const parseJson = (body: Uint8Array): unknown => {
  if (isTooMuch(body)) return undefined;
  try {
    const text = utf8.decode(body);
    // Reading each number's text takes its time; hardly any body has one that needs it.
    return manyDigits.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The largest whole number that is surely exact, 2^53 - 1, has 16. */
const manyDigits = /\d{16}/;

/** For `JSON.parse`: a number that JavaScript cannot hold is what was sent, not rounded. The source of a text has its quotes, and that of a list is none. */
export const keepDigits = (_name: string, value: unknown, ...more: unknown[]): unknown => {
  const source = at(more[0], "source");
  return typeof source === "string" && source !== String(value) && /^-?\d{16,}$/.test(source) ? source : value;
};

const [quote, backslash, comma, openList, closeList, openObject, closeObject] = Buffer.from('"\\,[]{}', "latin1");

/** Counted before anything is built of them, and no further than the limits. Inside a text nothing counts. */
const isTooMuch = (body: Uint8Array): boolean => {
  let [values, depth] = [1, 0];
  for (let at = 0; at < body.length; at++) {
    const byte = body[at];
    if (byte === quote) {
      for (at++; at < body.length && body[at] !== quote; at++) if (body[at] === backslash) at++;
    } else if (byte === comma) values++;
    else if (byte === closeList || byte === closeObject) depth--;
    else if (byte === openList || byte === openObject) {
      values++;
      depth++;
    }
    if (values > mostValues || depth > deepest) return true;
  }
  return false;
};
