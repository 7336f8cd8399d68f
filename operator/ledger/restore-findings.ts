/**
 * Restores findings as both sides make them now. What operators have decided stays as it is; of one whose item is gone or cannot be read it is
 * taken from the audit trail. Repeating it, or interrupting it, does no harm.
 */
import type { Millis } from "../../core/callback.ts";
import { dayMs } from "../../core/durations.ts";
import type { Finding } from "../../core/findings/finding.ts";
import { type Deed, fromDeeds } from "../../core/findings/lifecycle/from-deeds.ts";
import { dayOf } from "../../core/formats/iso-time.ts";
import { inGroups } from "../../core/sequences.ts";
import type { AuditEntry } from "../../io/ledger/audit.ts";
import type { LookAnywhere } from "../../io/ledger/findings/open.ts";
import type { Connection } from "../connect/connect.ts";
import type { CheckedPlace, FindingDifference } from "./check-findings.ts";

export interface RestoreOrder {
  readonly by: string;
  readonly why: string;
}

type Stores = Pick<Connection, "findings" | "replaceBroken" | "audit" | "clock">;

/** Days of the audit trail that are read at a time, and at most: ten years. */
const together = 16;
const mostDays = 3_660;

/** Throws when not all of it could be written. */
export const restoreFindings = async (
  stores: Stores,
  look: LookAnywhere,
  differing: readonly CheckedPlace[],
  order: RestoreOrder,
): Promise<void> => {
  const lost = differing.flatMap(({ differences }) => differences.flatMap((one) => lostIn(one) ?? []));
  const deeds = await deedsOf(stores, lost);
  for (const { place, differences } of differing) {
    for (const one of differences) await restoreOne(stores, one, deeds, order);
    // What has to be raised, closed or brought up to date, and when to look again.
    await look(place);
  }
};

/** Whose standing is not known, or not to be trusted. */
const lostIn = (one: FindingDifference): Finding | undefined =>
  one.kind === "missing" || one.kind === "cannot be read" || one.kind === "should be open" ? one.found : undefined;

const restoreOne = async (
  { findings, replaceBroken, clock }: Stores,
  one: FindingDifference,
  deeds: ReadonlyMap<string, readonly Deed[]>,
  { by, why }: RestoreOrder,
): Promise<void> => {
  const at = clock();
  const audit: AuditEntry = { at, by, what: "finding restored", to: one.id, why };
  const restored = (found: Finding) => fromDeeds(found, deeds.get(one.id) ?? [], at);
  switch (one.kind) {
    case "missing":
      await findings.save(restored(one.found), 0, audit);
      return;
    case "should be open":
      // Closed by nobody that the audit trail knows of: what stood there before stands again.
      await findings.save(restored(one.found), one.stored.revision, audit);
      return;
    case "cannot be read":
      await replaceBroken(one.item, one.found && restored(one.found), audit);
      return;
    case "not listed":
      await findings.save(one.stored, one.stored.revision, audit);
      return;
    default:
      return;
  }
};

/** What the audit trail has of these findings, oldest first. Read once for all of them, from the day on which the first of them began. */
const deedsOf = async ({ audit, clock }: Stores, lost: readonly Finding[]): Promise<ReadonlyMap<string, readonly Deed[]>> => {
  const deeds = new Map<string, Deed[]>(lost.map(({ id }) => [id, []]));
  if (lost.length === 0) return deeds;
  const now = clock();
  const first = lost.reduce((earliest, { since }) => Math.min(earliest, since), now);
  for (const days of inGroups(daysBetween(Math.max(first, now - mostDays * dayMs), now), together)) {
    const read = await Promise.all(days.map((day) => deedsOfDay(audit, day, deeds)));
    for (const entry of read.flat()) deeds.get(entry.to)?.push(entry);
  }
  return deeds;
};

/** A day may have any number of others. */
const deedsOfDay = async (audit: Stores["audit"], day: string, wanted: ReadonlyMap<string, unknown>): Promise<readonly AuditEntry[]> => {
  const found: AuditEntry[] = [];
  for await (const entry of audit.ofDay(day)) if (entry.what.startsWith("finding ") && wanted.has(entry.to)) found.push(entry);
  return found;
};

const daysBetween = (from: Millis, to: Millis): readonly string[] => {
  const days: string[] = [];
  for (let at = from - (from % dayMs); at <= to; at += dayMs) days.push(dayOf(at));
  return days;
};
