/**
 * Replay: a record goes through the same door again, as if its bell rang for the first time. Its events are read and applied
 * anew, so that a mended parser counts; the ledger is a set, so that nothing counts twice; the event id stays the same.
 */
import type { Millis } from "../callback.ts";
import { type CallbackRecord, lineOrder, splitKey } from "../record.ts";
import { type Doorbell, groupOf } from "./doorbell.ts";
import { isSettled, type Progress } from "./progress.ts";

export type Replay =
  /** To be saved, and then rung. */
  | { readonly kind: "ring"; readonly progress: Progress }
  /** Acknowledged without proof: to be saved; the sweep proves it anew before anything else may happen. */
  | { readonly kind: "verify"; readonly progress: Progress }
  /** On its first way: relay or sweep rings for it in stored order, and a ring of ours would let it pass those before it. */
  | { readonly kind: "under way" }
  /** Nothing to send again. */
  | { readonly kind: "left"; readonly why: string };

/** The sweep rings if we do not come to it: the table says that the record is due before the bell is touched. */
export const ringWithinMs = 60_000;

/** @param contracts those its events concern as they are read today; none when they cannot be read. */
export const replay = (
  record: Pick<CallbackRecord, "key" | "storedAt" | "verification">,
  known: Progress | undefined,
  { contracts, now }: { readonly contracts: readonly string[]; readonly now: Millis },
): Replay => {
  if (record.verification === "refused") return { kind: "left", why: "it could not be proven, and is in quarantine" };
  const { source } = splitKey(record.key);
  const fresh: Progress = {
    key: record.key,
    state: "stored",
    at: now,
    epoch: 0,
    revision: 0,
    attempts: 0,
    order: lineOrder(record),
    source,
    group: groupOf(source, record.key, contracts),
    contracts: [],
    applied: false,
    inLine: false,
  };
  const { failingSince: _, held: __, releasing, ...before } = known ?? fresh;
  if (record.verification === "unverified") {
    if (before.state === "ignored") return { kind: "left", why: before.reason ?? "it was verified late, and recorded under its own key" };
    return { kind: "verify", progress: { ...before, state: "stored", at: now, dueAt: now, reason: "replayed: to be verified again" } };
  }
  if (before.state === "stored") return { kind: "under way" };
  return {
    kind: "ring",
    progress: {
      ...before,
      ...placeOf(before, releasing === true, { group: groupOf(source, record.key, contracts), contracts }),
      state: "retrying",
      at: now,
      epoch: before.epoch + 1,
      attempts: 0,
      applied: false,
      dueAt: now + ringWithinMs,
      reason: "replayed",
    },
  };
};

type Place = Pick<Progress, "group" | "contracts" | "inLine">;

const placeOf = (before: Progress, releasing: boolean, today: Pick<Place, "group" | "contracts">): Place => {
  const { contracts } = before;
  // A line entry that exists belongs to the group it was made in.
  if (before.inLine) return { group: before.group, contracts, inLine: true };
  // Those behind it had not all been woken yet: it goes back to its place, and wakes them when it is settled again.
  if (isSettled(before.state)) return { group: today.group, contracts, inLine: releasing && contracts.length > 0 };
  // Its older ring, which stood before others of its contract in the queue, is stale from now on.
  return { ...today, inLine: today.contracts.length > 0 };
};

export const doorbellOf = ({ key, source, group, epoch }: Progress): Doorbell => ({ key, source, group, epoch });
