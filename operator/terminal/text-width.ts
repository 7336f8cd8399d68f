/** How wide text is on a terminal, and text cut to a width. */

/** Two columns wide: the scripts of East Asia and their full-width forms (Unicode UAX 11), and emoji. */
const wide =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\u9FFF\uA000-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6]|\p{Emoji_Presentation}/u;
/** Drawn over the character before them. */
const narrowless = /\p{Mn}|\p{Me}/u;

const widthOf = (character: string): number => (narrowless.test(character) ? 0 : wide.test(character) ? 2 : 1);

export const textWidth = (text: string): number =>
  /^[\x20-\x7e]*$/.test(text) ? text.length : [...text].reduce((width, character) => width + widthOf(character), 0);

const ellipsis = "…";

/** Cut at the end, for sentences. */
export const cutEnd = (text: string, width: number): string =>
  textWidth(text) <= width ? text : `${headOf([...text], width - 1).join("")}${ellipsis}`;

/** Cut in the middle, for ids: their ends distinguish them. */
export const cutMiddle = (text: string, width: number): string => {
  if (textWidth(text) <= width) return text;
  const characters = [...text];
  const head = headOf(characters, Math.ceil((width - 1) / 2));
  const tail = headOf(characters.toReversed(), Math.floor((width - 1) / 2)).toReversed();
  return `${head.join("")}${ellipsis}${tail.join("")}`;
};

const headOf = (characters: readonly string[], width: number): readonly string[] => {
  let left = width;
  const end = characters.findIndex((character) => {
    left -= widthOf(character);
    return left < 0;
  });
  return end < 0 ? characters : characters.slice(0, end);
};
