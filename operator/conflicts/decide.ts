/**
 * An operator's decision about what came under a record's id with another content. It is written down before it is carried out, and
 * carried out in steps that can be repeated: after a crash the same decision goes on where it was, and another one is refused.
 */
import type { Millis } from "../../core/callback.ts";
import type { ResolvedConfig } from "../../core/config/defaults.ts";
import { Failure } from "../../core/failure.ts";
import { sentenceOf } from "../../core/lifecycle/cause-text.ts";
import type { RecordState } from "../../core/lifecycle/progress.ts";
import { type Conflict, type ConflictChoice, otherRecord } from "../../core/receive/conflict.ts";
import type { RecordKey } from "../../core/record.ts";
import type { Audit } from "../../io/ledger/audit.ts";
import type { Conflicts } from "../../io/ledger/conflicts.ts";
import type { ConflictLook } from "../../io/ledger/findings/look-at-conflict.ts";
import type { Ledger } from "../../io/ledger/ledger.ts";
import type { RecordCallback } from "../../io/records/record.ts";
import { keptFrom } from "../../io/records/record-item.ts";
import type { Records } from "../../io/records/records.ts";
import { discardRecord } from "../discard/discard.ts";

export interface ConflictDependencies {
  readonly config: ResolvedConfig;
  readonly records: Records;
  readonly record: RecordCallback;
  readonly ledger: Ledger;
  readonly conflicts: Conflicts;
  readonly audit: Audit;
  readonly lookAtConflict: ConflictLook;
  readonly clock: () => Millis;
}

export interface ConflictOrder {
  readonly deliver: ConflictChoice;
  readonly by: string;
  readonly why: string;
}

export type Decided =
  /** `as`: the record that the other one has become. `first`: what has become of the first, where it does not stand. */
  | { readonly kind: "done"; readonly as?: RecordKey; readonly first?: RecordState | "discarded" | "erased" | "gone" }
  /** The first is being delivered at this moment. The decision stands; the same command carries it out. */
  | { readonly kind: "busy" };

/** @throws {Failure} when it is decided otherwise, when its bytes are gone, or when it may not be delivered; nothing is done then. */
export const decideConflict = async (stores: ConflictDependencies, conflict: Conflict, order: ConflictOrder): Promise<Decided> => {
  const { key } = conflict;
  if (order.deliver !== "first") await mayBeDelivered(stores, conflict);
  await stores.conflicts.note([conflict]);
  const decided = await writeDown(stores, conflict, order);
  const left = order.deliver === "other" ? await leaveOutFirst(stores, key, order) : await leftOutBefore(stores, key);
  if (left === "busy") return { kind: "busy" };
  const as = order.deliver === "first" ? undefined : await recordOther(stores, conflict);
  await stores.conflicts.save({ ...decided, isDone: true }, decided);
  // Its finding closes now, or when the sweep looks: that it has to is written down with the decision.
  await stores.lookAtConflict(key).catch(() => {});
  return { kind: "done", ...(as !== undefined && { as }), ...(left !== undefined && { first: left }) };
};

/** What nothing has shown to be genuine is never delivered, no matter who decides it. */
const mayBeDelivered = async ({ records }: ConflictDependencies, conflict: Conflict): Promise<void> => {
  const read = await records.readConflict(conflict);
  if (read.kind === "none")
    throw new Failure(
      `What came under ${conflict.key} is gone: its retention time is over. Close it with --deliver first.`,
      "nothing found",
    );
  if (read.kind === "unreadable") {
    const remedy = read.cause.kind === "erased" ? "Close it with --deliver first." : "Decide again later.";
    throw new Failure(`Its bytes cannot be read: ${sentenceOf(read.cause)}. ${remedy}`);
  }
  if (read.record.verification !== "verified")
    throw new Failure(`It is not verified, and what is not verified is never delivered. Close it with --deliver first.`);
};

const writeDown = async (
  { conflicts, audit, clock }: ConflictDependencies,
  conflict: Conflict,
  order: ConflictOrder,
): Promise<Conflict> => {
  const { decision } = conflict;
  if (decision && decision.deliver !== order.deliver)
    throw new Failure(
      `${decision.by} has decided to deliver ${wordsFor(decision.deliver)}: ${decision.why}. A decision stands${conflict.isDone ? "" : `; carry it out with --deliver ${decision.deliver}`}.`,
    );
  if (decision) return conflict;
  const { deliver, by, why } = order;
  await audit.note({ at: clock(), by, what: "decide conflict", to: `${conflict.key} ${conflict.place}: deliver ${deliver}`, why });
  const saved = await conflicts.save({ ...conflict, decision: { deliver, by, why, at: clock() } }, conflict);
  if (!saved)
    throw new Failure(`${conflict.key} was decided by another operator at this moment: \`npx holdfast conflicts\` shows what is open.`);
  return saved;
};

export const wordsFor = (choice: ConflictChoice): string => ({ first: "the first", other: "the other", both: "both" })[choice];

const leaveOutFirst = async (
  stores: ConflictDependencies,
  key: RecordKey,
  { by, why }: ConflictOrder,
): Promise<RecordState | "discarded" | "gone" | "busy"> => {
  const discarded = await discardRecord(stores, key, { by, why: `the other that came under its id is delivered: ${why}` });
  switch (discarded.kind) {
    case "discarded":
      return "discarded";
    case "settled before":
      return discarded.state;
    case "not found":
      // No progress: it is on its first pass, or long gone.
      return (await stores.records.read(key)).kind === "none" ? "gone" : "busy";
    case "busy":
      return "busy";
    default:
      return discarded satisfies never;
  }
};

/** Of several others, one was decided for; or an operator has discarded it, or a person's data was erased. */
const leftOutBefore = async ({ ledger }: ConflictDependencies, key: RecordKey): Promise<"discarded" | "erased" | undefined> => {
  const progress = await ledger.progress(key);
  if (progress?.state !== "discarded") return undefined;
  return progress.erasedAt === undefined ? "discarded" : "erased";
};

/** Through the normal path, under a key of its own: repeating it finds it there. */
const recordOther = async ({ config, records, record, clock }: ConflictDependencies, conflict: Conflict): Promise<RecordKey> => {
  const read = await records.readConflict(conflict);
  if (read.kind !== "record") throw new Failure(`What came under ${conflict.key} cannot be read any more. Decide again later.`);
  const now = clock();
  const other = otherRecord(read.record, now);
  const item = await records.itemForConflict(conflict, other, keptFrom(now, config));
  const recorded = item && (await record(item));
  if (!recorded || recorded.kind === "conflict" || recorded.kind === "crowded")
    throw new Failure(
      `${other.key} could not be recorded: another callback has that key. Replay the first, or close it with --deliver first.`,
    );
  return other.key;
};
