/** Progress and ledger entries as items of the ledger table, and back. */
import type { PaymentEvent } from "../../core/event.ts";
import { at, parseJson, textAt } from "../../core/formats/json.ts";
import type { Entry } from "../../core/ledger/entry.ts";
import { dueAtOf, heldBy, isSettled, type Progress, type RecordState, recordStates } from "../../core/lifecycle/progress.ts";
import { unreadable } from "../../core/lifecycle/unreadable.ts";
import { isUnverifiedKey, parseRecordKey, storedAtOf } from "../../core/record.ts";
import type { Item } from "../item.ts";
import { contractPartition, entrySortKey, type OpenClass, openPartitionOf, progressItemKey } from "../table.ts";
import { fromOldProgress, type OldProgress } from "./old-progress.ts";

/** Which part of the open index a record's progress belongs to; none once it is settled and has no followers. */
export const openClassOf = (progress: Progress): OpenClass | undefined => {
  switch (progress.state) {
    case "stored":
      return isUnverifiedKey(progress.key) ? "unverified" : "due";
    case "waiting": {
      const target = heldBy(progress);
      return target === undefined ? "waiting" : `held ${target}`;
    }
    case "dead":
      return "dead";
    case "delivered":
    case "ignored":
    case "discarded":
      return progress.releasing ? "due" : undefined;
    default:
      return "due";
  }
};

/** The format of the progress: the second, in which causes are data. Items without a `form` have the first. */
const form = "2";

/**
 * The item of a record's progress. An applied record gets into the open index only when something has gone wrong with it
 * before, or when `dueAt` says so: on the happy path it is settled before the sweep would look, and two index writes are saved.
 */
export const progressToItem = (progress: Progress): Item => {
  const { pk, sk } = progressItemKey(progress.key);
  const open = openClassOf(progress);
  const dueAt = open === "due" ? dueAtOf(progress) : storedAtOf(progress);
  return {
    pk: { S: pk },
    sk: { S: sk },
    key: { S: progress.key },
    state: { S: progress.state },
    revision: { N: String(progress.revision) },
    form: { N: form },
    progress: { S: JSON.stringify(progress) },
    ...(open && dueAt !== undefined && { open: { S: openPartitionOf(open, progress.key) }, dueAt: { N: String(dueAt) } }),
  };
};

/** Never throws: one item that cannot be read must not hide the others. */
export const progressFromItem = (item: Item): Progress => {
  const written = parseJson(Buffer.from(item.progress?.S ?? ""));
  if (!isProgress(written))
    return unreadable(parseRecordKey(item.pk?.S?.slice(progressItemKey("a/b").pk.indexOf("a/b"))), Number(item.revision?.N ?? 0));
  return item.form?.N === form ? (written as Progress) : fromOldProgress(written as OldProgress);
};

const isProgress = (written: unknown): boolean =>
  recordStates.some((state) => state === textAt(written, "state")) &&
  textAt(written, "order") !== undefined &&
  Array.isArray(at(written, "contracts"));

/** An applied record that is not in the open index: the sweep's audit has to put it there. */
export const isHidden = (item: Item): boolean => item.open === undefined && !isSettled(item.state?.S as RecordState);

export const entryToItem = ({ source, contract, event, record, heardAt }: Entry): Item => ({
  pk: { S: contractPartition(source, contract) },
  sk: { S: entrySortKey(event.id) },
  source: { S: source },
  contract: { S: contract },
  record: { S: record },
  event: { S: JSON.stringify(event) },
  ...(heardAt !== undefined && { heardAt: { N: String(heardAt) } }),
});

export const entryFromItem = (item: Item): Entry => ({
  source: item.source?.S ?? "",
  contract: item.contract?.S ?? "",
  record: parseRecordKey(item.record?.S),
  event: JSON.parse(item.event?.S ?? "") as PaymentEvent,
  ...(item.heardAt?.N !== undefined && { heardAt: Number(item.heardAt.N) }),
});
