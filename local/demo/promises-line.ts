/** The promises about what comes after the acknowledgement: P4 and P6. */
import { contractOf } from "../../core/event.ts";
import type { Entry } from "../../core/ledger/entry.ts";
import { sentenceOf } from "../../core/lifecycle/cause-text.ts";
import { isSettled } from "../../core/lifecycle/progress.ts";
import { cutMiddle } from "../../operator/terminal/text-width.ts";
import type { Seen } from "./application.ts";
import { type Evidence, type Finding, genuineOf, isSuccess, recordsOf, type Snapshot, takenBy } from "./evidence.ts";

export const nothingStoredIsForgotten = ({ before, after, seen, replayedFrom, restless }: Evidence): Finding => {
  const early = seen.filter(({ arrivedAt }) => arrivedAt < replayedFrom);
  const states = Map.groupBy(recordsOf(after), ({ record }) => after.progress.get(record.key)?.state ?? "stored");
  const counts = [...states].map(([state, some]) => `${some.length} ${state}`).sort();
  return {
    judgedBy: `${recordsOf(after).length} records: ${counts.join(", ")}`,
    breaches: [...new Set([...restless, ...forgotten(before, takenBy(early)), ...forgotten(after, takenBy(seen))])],
  };
};

/** Records that are neither settled nor shown to a person with a reason, and those marked delivered that never arrived. */
const forgotten = (snapshot: Snapshot, taken: ReadonlySet<string>): readonly string[] => {
  const dead = new Set(
    [...snapshot.progress.values()].flatMap(({ state, source, contracts }) =>
      state === "dead" ? contracts.map((one) => `${source}/${one}`) : [],
    ),
  );
  return recordsOf(snapshot).flatMap(({ record: { key } }) => {
    const progress = snapshot.progress.get(key);
    if (!progress) return [`${key} is stored, and nothing has happened to it`];
    const { state, source, contracts } = progress;
    if (state === "delivered") return taken.has(key) ? [] : [`${key} is marked delivered; the application never answered it with a 2xx`];
    if (isSettled(state)) return [];
    if (progress.state === "dead") return sentenceOf(progress.cause) === "" ? [`${key} is dead without a reason`] : [];
    if (state === "waiting" && contracts.some((one) => dead.has(`${source}/${one}`))) return [];
    return [`${key} is ${state} without a visible reason`];
  });
};

/**
 * Of two callbacks of one contract the second must not be tried before the first is through, whenever the second was sent after
 * the first had been acknowledged. Between two that came at the same time there is no order to keep, but they still go one at a time.
 */
export const oneContractOneLine = ({ exchanges, after, seen }: Evidence): Finding => {
  const genuine = genuineOf(exchanges);
  const sentFrom = firstOf(genuine.map(({ sha256, sentAt }) => [sha256, sentAt]));
  const ackedAt = firstOf(genuine.flatMap(({ sha256, endedAt, answer }) => (answer === "acknowledged" ? [[sha256, endedAt]] : [])));
  const throughAt = firstOf(seen.flatMap((one) => (isSuccess(one) ? [[one.record, one.answered?.at ?? 0]] : [])));
  const triedAt = firstOf(seen.map(({ record, arrivedAt }) => [record, arrivedAt]));
  const bytes = new Map(recordsOf(after).map(({ record, sha256 }) => [record.key as string, sha256]));
  const lines = [...Map.groupBy(after.entries.filter(isDelivered), ({ source, contract }) => `${source}/${contract}`)].map(
    ([contract, entries]) => ({
      contract,
      records: [...new Set(entries.map(({ record }) => record as string))],
    }),
  );
  const byRecord = Map.groupBy(seen, ({ record }) => record);
  const breaches: string[] = [];
  let compared = 0;
  for (const { contract, records } of lines) {
    breaches.push(
      ...overlaps(
        contract,
        records.flatMap((record) => byRecord.get(record) ?? []),
      ),
    );
    for (const first of records)
      for (const second of records) {
        const acked = ackedAt.get(bytes.get(first) ?? "") ?? Number.POSITIVE_INFINITY;
        if (acked >= (sentFrom.get(bytes.get(second) ?? "") ?? 0)) continue;
        compared++;
        const through = throughAt.get(first) ?? Number.POSITIVE_INFINITY;
        if ((triedAt.get(second) ?? Number.POSITIVE_INFINITY) < through)
          breaches.push(`in ${contract} ${idOf(second)} overtook ${idOf(first)}`);
      }
  }
  return {
    judgedBy: `${lines.length} contracts, ${compared} pairs in order, ${breaches.length} overtaken or at once`,
    breaches,
  };
};

const firstOf = (moments: readonly (readonly [name: string, at: number] | readonly (string | number)[])[]): ReadonlyMap<string, number> => {
  const first = new Map<string, number>();
  for (const [name, at] of moments) first.set(String(name), Math.min(first.get(String(name)) ?? Number.POSITIVE_INFINITY, Number(at)));
  return first;
};

const overlaps = (contract: string, seen: readonly Seen[]): readonly string[] => {
  const inTime = seen.toSorted((one, other) => one.arrivedAt - other.arrivedAt);
  return inTime.flatMap((one, index) => {
    const next = inTime[index + 1];
    return next && next.arrivedAt < one.endedAt
      ? [`in ${contract} ${idOf(next.record)} was delivered while ${idOf(one.record)} still was`]
      : [];
  });
};

/** Without its source, which the contract's name begins with. */
const idOf = (record: string): string => cutMiddle(record.slice(record.indexOf("/") + 1), 26);

/** In the line of its own contract or payment. What a contract's ledger has of its payments besides is not delivered in its order. */
const isDelivered = ({ contract, event }: Entry): boolean => contractOf(event) === contract;
