/**
 * Text from outside, safe to print: a terminal obeys control characters, and invisible ones can reverse the order of what is
 * shown. They are made visible instead.
 */

/** Control characters but tab and line feed, the invisible ones that change directions or hide text, and halves of characters. */
const unprintable = /[^\P{Cc}\n\t]|\p{Cf}|\p{Cs}/gu;

export const printable = (text: string): string =>
  text.replace(unprintable, (character) => `\\u${(character.codePointAt(0) as number).toString(16).padStart(4, "0")}`);

/** The same, in one line. */
export const printableLine = (text: string): string => printable(text.replace(/\s+/g, " ").trim());
