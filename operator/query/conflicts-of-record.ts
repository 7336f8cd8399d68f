/** What came under a record's id with another content. */
import type { Conflict } from "../../core/receive/conflict.ts";
import type { RecordKey } from "../../core/record.ts";
import type { Conflicts } from "../../io/ledger/conflicts.ts";
import type { Records } from "../../io/records/records.ts";

/** Those that came first before the others. Also those of which nothing is written yet: the sweep finds them within two minutes. */
export const conflictsOfRecord = async (
  { records, conflicts }: { readonly records: Records; readonly conflicts: Conflicts },
  key: RecordKey,
): Promise<readonly Conflict[]> => {
  const [stored, known] = await Promise.all([records.conflictsOf(key), conflicts.of(key)]);
  const places = new Set(known.map(({ place }) => place));
  const fresh = stored.filter(({ place }) => !places.has(place)).map((one): Conflict => ({ ...one, revision: 0 }));
  return [...known, ...fresh].sort((one, other) => one.storedAt - other.storedAt);
};
