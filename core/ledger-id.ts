/**
 * Ids of contracts, charges and customers as the ledger has them. They come from outside, and are parts of keys: DynamoDB takes 2,048
 * bytes of partition key and 1,024 of sort key, and only characters that UTF-8 has.
 */
import { digest } from "./signature.ts";

/** Leaves room for the longest source name and the prefix before it. */
const longestId = 1_900;
/** A sort key, with its prefix. */
const longestEventId = 1_000;

const isReadable = (id: string, longest: number): boolean =>
  !/[\p{Cc}\p{Cs}]/u.test(id) && (id.length * mostBytes <= longest || Buffer.byteLength(id) <= longest);

/** Of a UTF-16 unit in UTF-8. */
const mostBytes = 3;

/** UTF-16, which distinguishes what UTF-8 cannot: two halves of characters are two ids. */
const hashed = (id: string): string => `sha256:${digest("sha256", [Buffer.from(id, "utf16le")])}`;

/** Itself, or the hash of one that is too long or has control characters or halves of characters. Of a hash, itself. */
export const ledgerId = (id: string): string => (isReadable(id, longestId) ? id : hashed(id));

export const ledgerEventId = (id: string): string => (isReadable(id, longestEventId) ? id : hashed(id));

/** For operators, and not part of a key: cut, so that an item holds it. */
export const ledgerText = (text: string): string => (text.length <= longestText ? text : `${text.slice(0, longestText)}...`);

const longestText = 1_000;
