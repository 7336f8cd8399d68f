/** Progress and ledger entries as items of the ledger table, and back. */
import type { PaymentEvent } from "../../core/event.ts";
import type { Entry } from "../../core/ledger/ledger.ts";
import { isSettled, type Progress, type RecordState } from "../../core/lifecycle/progress.ts";
import { type RecordKey, storedAtOf } from "../../core/record.ts";
import type { Item } from "../records/record-item.ts";
import { contractPartition, entrySortKey, type OpenClass, openPartitionOf, progressItemKey } from "../table.ts";

/** Which part of the open index a record's progress belongs to; none once it is settled and nobody waits for it. */
export const openClassOf = ({ state, releasing, held }: Pick<Progress, "state" | "releasing" | "held">): OpenClass | undefined => {
  if (isSettled(state)) return releasing ? "due" : undefined;
  if (state === "waiting" && held !== undefined) return `held ${held}`;
  return state === "dead" || state === "waiting" ? state : "due";
};

/**
 * The item of a record's progress. An applied record gets into the open index only when something has gone wrong with it
 * before, or when `dueAt` says so: on the straight way it is settled before the sweep would look, and two index writes are saved.
 */
export const progressToItem = (progress: Progress): Item => {
  const { pk, sk } = progressItemKey(progress.key);
  const open = openClassOf(progress);
  const dueAt = open === "due" ? progress.dueAt : storedAtOf(progress);
  return {
    pk: { S: pk },
    sk: { S: sk },
    key: { S: progress.key },
    state: { S: progress.state },
    revision: { N: String(progress.revision) },
    progress: { S: JSON.stringify(progress) },
    ...(open && dueAt !== undefined && { open: { S: openPartitionOf(open, progress.key) }, dueAt: { N: String(dueAt) } }),
  };
};

export const progressFromItem = (item: Item): Progress => JSON.parse(item.progress?.S ?? "") as Progress;

/** An applied record that is not in the open index: the sweep's audit has to put it there. */
export const isHidden = (item: Item): boolean => item.open === undefined && !isSettled(item.state?.S as RecordState);

export const entryToItem = ({ source, contract, event, record }: Entry): Item => ({
  pk: { S: contractPartition(source, contract) },
  sk: { S: entrySortKey(event.id) },
  source: { S: source },
  contract: { S: contract },
  record: { S: record },
  event: { S: JSON.stringify(event) },
});

export const entryFromItem = (item: Item): Entry => ({
  source: item.source?.S ?? "",
  contract: item.contract?.S ?? "",
  record: (item.record?.S ?? "") as RecordKey,
  event: JSON.parse(item.event?.S ?? "") as PaymentEvent,
});
