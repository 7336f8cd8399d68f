/**
 * Thrown by a reader of bytes from outside that hold more than any gateway sends, as soon as that is known: reading on would make a
 * cheap request expensive. Never cut silently: a callback that is read in part would be understood as another one.
 */
export class TooMuch extends Error {
  override readonly name = "TooMuch";
}
