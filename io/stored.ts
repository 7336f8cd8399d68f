/** What is found by the moment at which it was stored. */
import type { Millis } from "../core/callback.ts";
import type { RecordKey } from "../core/record.ts";

export interface Stored {
  readonly key: RecordKey;
  readonly storedAt: Millis;
}

export interface Period {
  readonly from: Millis;
  /** Included. */
  readonly to: Millis;
  readonly newestFirst: boolean;
}

/** Where a conflict is: under the key of the record that came first. */
export interface StoredConflict {
  readonly key: RecordKey;
  readonly place: string;
  readonly storedAt: Millis;
}

/** Keys break ties, so that two reads of one period give the same order. */
export const beforeIn =
  ({ newestFirst }: Pick<Period, "newestFirst">) =>
  (one: Stored, other: Stored): boolean => {
    const order = one.storedAt - other.storedAt || (one.key < other.key ? -1 : 1);
    return newestFirst ? order > 0 : order < 0;
  };
