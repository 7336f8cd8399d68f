/** Which deliveries the application has accepted, among those that may say what it does (R-APP-3). Read from the records' progress, which keeps it over replays. */
import type { BothSides } from "../../../core/application/both-sides.ts";
import { isPaymentWord, isStateWord } from "../../../core/findings/sides/implied.ts";
import type { Entry } from "../../../core/ledger/entry.ts";
import type { RecordKey } from "../../../core/record.ts";
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
  const found = await Promise.all([...lines.values()].map((entries) => acceptedOf(entries, isAccepted)));
  return new Set(found.flat());
};

/** Of payments the first that was accepted is enough: it entitles, and the others say the same. */
const acceptedOf = async (
  entries: readonly Entry[],
  isAccepted: (record: RecordKey) => Promise<boolean>,
): Promise<readonly RecordKey[]> => {
  const records = (of: (entry: Entry) => boolean) => [...new Set(entries.filter(of).map(({ record }) => record))];
  const states = await Promise.all(records(isStateWord).map(async (record) => ((await isAccepted(record)) ? [record] : [])));
  const payments = entries.toSorted((one, other) => one.event.occurredAt - other.event.occurredAt).filter(isPaymentWord);
  for (const { record } of payments) if (await isAccepted(record)) return [...states.flat(), record];
  return states.flat();
};
