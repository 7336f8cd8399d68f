/** A command for a person to copy: whatever an id contains, the shell takes it literally. */

export const shellWord = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

export const shellCommand = (words: readonly string[]): string => words.map(shellWord).join(" ");
