/** By which two words of an export are the same, in whatever case, width and spacing they are written. */
export const wordKey = (word: string): string => word.normalize("NFKC").replace(/\s+/g, " ").trim().toLowerCase();
