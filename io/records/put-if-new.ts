/** The conditional put of the records table: it says what was there before, without a read. */
import type { Item } from "../item.ts";

/**
 * Puts an item where there is none; otherwise gives back the one that is there. Throws when neither is certain: the item may then be
 * there nevertheless, and the next attempt finds it.
 */
export type PutIfNew = (item: Item, signal?: AbortSignal) => Promise<Item | "new">;

/** What makes a put say so, in the words of the API. */
export const isNew = { ConditionExpression: "attribute_not_exists(pk)", ReturnValuesOnConditionCheckFailure: "ALL_OLD" } as const;
