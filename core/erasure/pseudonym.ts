/** Ids of a person as they are kept after an erasure: what has the same id still belongs together, and nobody reads a name in it. */
import { maskAddresses } from "../formats/mask.ts";
import { digest } from "../signature.ts";

const mark = "erased:";
/** Of SHA-256, in hexadecimal digits: 128 bits, of which nobody finds two alike by chance. */
const length = 32;

export const isPseudonym = (id: string): boolean => new RegExp(`^${mark}[0-9a-f]{${length}}$`).test(id);

/** The same for the same id; of a pseudonym itself. Who guesses the id can compute it: it hides a name from readers, not from those who know it. */
export const pseudonym = (id: string): string => (isPseudonym(id) ? id : `${mark}${digest("sha256", [id]).slice(0, length)}`);

/** An id that is, or has in it, an e-mail address says by itself who is meant. */
export const isTelling = (id: string): boolean => maskAddresses(id) !== id;

export type Rename = (id: string) => string;

/** Accounts always, because only the application knows what their ids say; other ids where they say something. */
export const renaming =
  (accounts: ReadonlySet<string>): Rename =>
  (id) =>
    accounts.has(id) || isTelling(id) ? pseudonym(id) : id;
