/** What an operator can type, as one line for a shell. */
import { shellCommand } from "../../../core/formats/shell-word.ts";

export const holdfastCommand = (...words: readonly string[]): string => shellCommand(["npx", "holdfast", ...words]);
export const otherCommand = (...words: readonly string[]): string => shellCommand(words);
