/** What must hold whatever arrives. Everything here throws a `Finding`, which says what did not. */

export class Finding extends Error {
  override readonly name = "Finding";
}

export const must = (holds: boolean, otherwise: string): void => {
  if (!holds) throw new Finding(otherwise);
};

/** The result of code that must not throw. */
export const calm = <Result>(what: string, attempt: () => Result): Result => {
  try {
    return attempt();
  } catch (error) {
    if (error instanceof Finding) throw error;
    throw new Finding(`${what} threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`, { cause: error });
  }
};

/** The result of code that may say in an error of its own why it cannot; what a bug throws is no such error. */
export const orReason = <Result>(what: string, attempt: () => Result): Result | undefined => {
  try {
    return attempt();
  } catch (error) {
    if (error instanceof Finding) throw error;
    const isBug = [TypeError, RangeError, ReferenceError].some((kind) => error instanceof kind);
    must(error instanceof Error && !isBug && error.message.trim() !== "", `${what} threw ${error instanceof Error ? error.stack : error}`);
    return undefined;
  }
};

/** In all its depth, so that whoever writes to it throws. Bytes cannot be frozen: `unchanged` looks after those. */
export const frozen = <Value>(value: Value): Value => {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value) || Object.isFrozen(value)) return value;
  for (const one of Object.values(value)) frozen(one);
  return Object.freeze(value);
};

/** Runs a check and holds the bytes, and what every object inherits, against what they were before it. */
export const unchanged = (bytes: Uint8Array, check: () => void): void => {
  const [before, inherited] = [Buffer.from(bytes), inheritedNames()];
  check();
  must(before.equals(bytes), "the body was changed");
  must(inheritedNames() === inherited, `what every object inherits was changed: ${inheritedNames()}`);
};

const inheritedNames = (): string =>
  [Object, Array, String, Function].flatMap((kind) => Reflect.ownKeys(kind.prototype).map(String)).join();
