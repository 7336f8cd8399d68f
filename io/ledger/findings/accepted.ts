/** Which deliveries the application has accepted, among those that may say what it does (R-APP-3). Read from the records' progress, which keeps it over replays. */
import type { BothSides } from "../../../core/application/both-sides.ts";
import { isPaymentWord, isStateWord } from "../../../core/findings/sides/implied.ts";
import type { Entry } from "../../../core/ledger/entry.ts";
import type { RecordKey } from "../../../core/record.ts";
import { inGroups } from "../../../core/sequences.ts";
import type { Ledger } from "../ledger.ts";

/** @param follows the sources whose target means by a 2xx that entitlement follows; of all others nothing is read */
export const acceptedIn = async (
  ledger: Pick<Ledger, "progress">,
  { events }: Pick<BothSides, "events">,
  follows: (source: string) => boolean,
): Promise<ReadonlySet<RecordKey>> => {
  const isAccepted = async (record: RecordKey): Promise<boolean> => {
    const progress = await ledger.progress(record);
    return progress?.state === "delivered" || progress?.acceptedBefore !== undefined;
  };
  const lines = Map.groupBy(
    events.filter(({ source }) => follows(source)),
    ({ source, contract }) => JSON.stringify([source, contract]),
  );
  const found: RecordKey[] = [];
  for (const some of inGroups([...lines.values()], together))
    found.push(...(await Promise.all(some.map((entries) => acceptedOf(entries, isAccepted)))).flat());
  return new Set(found);
};

/** Lines, and records of each: a contract can have thousands, and where its target ignores payments none of them is accepted. */
const together = 16;

/** Of payments the first that was accepted is enough: it entitles, and the others say the same. It is the first of all as a rule. */
const acceptedOf = async (
  entries: readonly Entry[],
  isAccepted: (record: RecordKey) => Promise<boolean>,
): Promise<readonly RecordKey[]> => {
  const recordsOf = (some: readonly Entry[]) => [...new Set(some.map(({ record }) => record))];
  const acceptedAmong = async (some: readonly RecordKey[]) => {
    const outcomes = await Promise.all(some.map(isAccepted));
    return some.filter((_, at) => outcomes[at]);
  };
  const found: RecordKey[] = [];
  for (const some of inGroups(recordsOf(entries.filter(isStateWord)), together)) found.push(...(await acceptedAmong(some)));
  const payments = entries.toSorted((one, other) => one.event.occurredAt - other.event.occurredAt).filter(isPaymentWord);
  const [earliest, ...later] = recordsOf(payments);
  for (const some of [earliest === undefined ? [] : [earliest], ...inGroups(later, together)]) {
    const [first] = await acceptedAmong(some);
    if (first !== undefined) return [...found, first];
  }
  return found;
};
