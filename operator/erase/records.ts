/**
 * One record of a person, looked at and erased: with what came under its id with another content, and wherever else its bytes are. The record
 * itself comes last, because it leads to the others: an erasure that is interrupted is continued by the next.
 */
import { otherKeys } from "../../core/erasure/other-keys.ts";
import type { Rename } from "../../core/erasure/pseudonym.ts";
import { isIn, isSettled, type Progress, settledStates, untouched } from "../../core/lifecycle/progress.ts";
import { erase } from "../../core/lifecycle/transitions/operator.ts";
import type { CallbackRecord, RecordKey } from "../../core/record.ts";
import type { Gateway } from "../../gateways/index.ts";
import type { RecordPart } from "../../io/records/erase.ts";
import { keptFrom } from "../../io/records/record-item.ts";
import { recordIn } from "../../io/records/records.ts";
import type { Stores } from "../connect/stores.ts";
import { conflictsOfRecord } from "../query/conflicts-of-record.ts";

export interface EraseRun {
  readonly stores: Pick<Stores, "config" | "clock" | "records" | "eraseRecords" | "ledger" | "erasure" | "conflicts">;
  readonly findGateway: (name: string) => Gateway | undefined;
  /** `source/id` of the person's contracts and payments. */
  readonly lines: ReadonlySet<string>;
  readonly rename: Rename;
}

export interface FoundRecord {
  readonly key: RecordKey;
  /** The ledger has entries of it, which lead to it. Otherwise it was found because it names the person as the ledger does. */
  readonly isEntered: boolean;
  readonly progress?: Progress;
  /** Undefined when it is gone: its retention time is over. */
  readonly record?: CallbackRecord;
  readonly hasBytes: boolean;
  /** What is to be erased under its own key; then under the other keys of the same callback. */
  readonly own: readonly RecordPart[];
  readonly elsewhere: readonly RecordPart[];
  /** The key under which a redelivery would be recorded as new, because nothing is there. */
  readonly open?: RecordKey;
  /** Its progress has ids that are names. */
  readonly isNamed: boolean;
  /** Its events are about contracts of others too. */
  readonly isShared: boolean;
  /** Why it cannot be erased now. */
  readonly waits?: Waits;
}

/** `entering`: the ledger has to learn of it first, or its amounts would be lost. `shared`: others' deliveries depend on it. */
export type Waits = "entering" | "shared";

export const findRecord = async (
  { stores, findGateway, lines, rename }: EraseRun,
  key: RecordKey,
  isEntered: boolean,
): Promise<FoundRecord> => {
  const [read, progress, parts] = await Promise.all([
    stores.records.read(key),
    stores.ledger.progress(key),
    stores.eraseRecords.under(key),
  ]);
  const isShared = (progress?.contracts ?? []).some((contract) => !lines.has(`${progress?.source}/${contract}`));
  const known = progress && { progress };
  const own = parts.filter(({ erasedAt }) => erasedAt === undefined);
  const isNamed = (progress?.contracts ?? []).some((contract) => rename(contract) !== contract);
  if (read.kind === "none") return { key, isEntered, ...known, hasBytes: false, own, elsewhere: [], isNamed, isShared };
  const record = recordIn(read);
  const hasBytes = read.kind === "record";
  const { today, ofItsId, ofItsBytes } = otherKeys(record, findGateway(record.gateway), stores.config, hasBytes);
  const byId = await Promise.all(ofItsId.map((one) => stores.eraseRecords.under(one)));
  const byBytes = await Promise.all(ofItsBytes.map((one) => stores.eraseRecords.under(one)));
  const elsewhere = [...byId.flat(), ...byBytes.flat().filter(({ sha256 }) => sha256 === record.sha256)];
  const isOpen = today !== undefined && byId[ofItsId.indexOf(today)]?.length === 0;
  const waits = whyItWaits(progress, record, { isShared, isEntered });
  return {
    key,
    isEntered,
    ...known,
    record,
    hasBytes,
    own,
    elsewhere: elsewhere.filter(({ erasedAt }) => erasedAt === undefined),
    ...(isOpen && { open: today }),
    isNamed,
    isShared,
    ...(waits && { waits }),
  };
};

const whyItWaits = (
  progress: Progress | undefined,
  record: CallbackRecord,
  { isShared, isEntered }: { readonly isShared: boolean; readonly isEntered: boolean },
): Waits | undefined => {
  if (progress && isSettled(progress.state)) return undefined;
  if (isShared) return "shared";
  // A dead letter that entered nothing enters nothing, and what is not verified never does.
  const isOver = isEntered || progress?.applied || progress?.state === "dead" || record.verification !== "verified";
  return isOver || record.erasedAt !== undefined ? undefined : "entering";
};

export const isToBeErased = ({ own, elsewhere, open, isNamed, progress }: FoundRecord): boolean =>
  own.length + elsewhere.length > 0 || open !== undefined || isNamed || (progress !== undefined && progress.erasedAt === undefined);

/** `overtaken`: something else has changed it at this moment. */
export type ErasedRecord = "erased" | "erased before" | "overtaken" | Waits;

/** Throws when not all of it could be erased; repeating it erases the rest. */
export const eraseRecord = async (run: EraseRun, found: FoundRecord): Promise<ErasedRecord> => {
  const { stores } = run;
  if (found.waits) return found.waits;
  if (!isToBeErased(found)) return "erased before";
  // Before its bytes: what is not delivered yet never is.
  if ((await eraseProgress(run, found)) === "overtaken") return "overtaken";
  for (const part of found.elsewhere) await erasePart(run, part);
  if (found.record && found.open) {
    const now = stores.clock();
    await stores.eraseRecords.leaveTrace(found.open, found.record, keptFrom(now, stores.config), now);
  }
  await closeConflicts(run, found.key);
  const ofConflicts = found.own.filter(({ place }) => place !== "record");
  for (const part of [...ofConflicts, ...found.own.filter(({ place }) => place === "record")])
    await stores.eraseRecords.erase(part, stores.clock());
  return "erased";
};

const eraseProgress = async (
  { stores, rename }: EraseRun,
  { key, progress, record, isNamed }: Pick<FoundRecord, "key" | "progress" | "record" | "isNamed">,
): Promise<"done" | "overtaken"> => {
  await stores.erasure.forgetPages(key);
  const now = stores.clock();
  const known = progress ?? (record && untouched(record, now));
  if (!known || (known.erasedAt !== undefined && !isNamed)) return "done";
  const erased = known.erasedAt === undefined || !isIn(known, settledStates) ? erase(known, now) : known;
  // Those behind it are woken by the contract's own name.
  const next = erased.releasing ? erased : { ...erased, contracts: erased.contracts.map(rename) };
  return (await stores.ledger.save(next, progress)).kind === "overtaken" ? "overtaken" : "done";
};

/** The same bytes under another key. */
const erasePart = async (run: EraseRun, part: RecordPart): Promise<void> => {
  const { stores } = run;
  if (part.place === "record") {
    const progress = await stores.ledger.progress(part.key);
    if (progress) await eraseProgress(run, { key: part.key, progress, isNamed: false });
    await closeConflicts(run, part.key);
  }
  await stores.eraseRecords.erase(part, stores.clock());
};

/** What came under its id with another content is not delivered any more either. What was decided stays decided, without the reason. */
const closeConflicts = async ({ stores }: EraseRun, key: RecordKey): Promise<void> => {
  for (const conflict of await conflictsOfRecord(stores, key)) {
    const { decision } = conflict;
    const why = "erased";
    if (conflict.isDone && decision?.why === why) continue;
    const closed = decision ? { ...decision, why } : { deliver: "first" as const, by: "holdfast erase", why, at: stores.clock() };
    // The sweep has not come to it yet; it would open it.
    if (conflict.revision === 0) await stores.conflicts.note([conflict]);
    await stores.conflicts.save({ ...conflict, decision: closed, isDone: true }, conflict);
  }
};
