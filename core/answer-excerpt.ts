/**
 * The beginning of what an application, a function or a service said: the one place where an answer becomes data. The progress, the dead
 * letter, logs and reports all have it from here, masked.
 */
import { maskText } from "./formats/mask.ts";

const shownCharacters = 512;

/** Not shown where an answer goes on: a card number or an address that is cut in two would not be recognized. */
const marginCharacters = 100;

/** To be read of an answer of which only the excerpt is wanted. Characters are up to three bytes long. */
export const excerptBytes = shownCharacters + 3 * marginCharacters;

/** At most 512 characters in one line, without card numbers, e-mail addresses and values of secret names. */
export const excerptOf = (said: Uint8Array | string): string => {
  const text = typeof said === "string" ? said.slice(0, excerptBytes) : Buffer.from(said.subarray(0, excerptBytes)).toString("utf8");
  const masked = maskText(text.replace(/\s+/g, " ").trim());
  const known = said.length < excerptBytes ? masked : masked.slice(0, -marginCharacters);
  return known.slice(0, shownCharacters).toWellFormed();
};
