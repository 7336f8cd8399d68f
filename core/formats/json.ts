/** Reading JSON that somebody else wrote: every step may be missing or of another type, and none of it may throw. */

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

/** The JSON value of UTF-8 bytes, or undefined when they are not JSON. */
export const parseJson = (body: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder("utf-8").decode(body));
  } catch {
    return undefined;
  }
};
