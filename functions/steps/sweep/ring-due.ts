/** Rings again for everything whose time has come: scheduled attempts, woken followers, and what the audit found. */

import type { Millis } from "../../../core/callback.ts";
import { linesOf } from "../../../core/lifecycle/contract-lines.ts";
import { type Doorbell, doorbellOf } from "../../../core/lifecycle/doorbell.ts";
import { can } from "../../../core/lifecycle/events.ts";
import type { Progress } from "../../../core/lifecycle/progress.ts";
import { expire, fallDue, ring, ringForFollowers } from "../../../core/lifecycle/transitions/sweep.ts";
import { understand } from "../../../core/understand.ts";
import { releaseFollowers } from "../consume/settle.ts";
import type { SweepDependencies } from "./dependencies.ts";
import { verifyLate } from "./verify-late.ts";

const recordsARound = 200;

export const ringDue = async (sweep: SweepDependencies): Promise<void> => {
  for (;;) {
    const due = await sweep.open.due("due", sweep.clock(), recordsARound);
    if (due.length === 0) return;
    const bells = (await Promise.all(due.map((progress) => prepare(sweep, progress)))).filter((bell) => bell !== undefined);
    // Two of one contract ring in the order stored.
    bells.sort((one, other) => (one.order < other.order ? -1 : 1));
    const silent = new Set((await sweep.doorbells.ring(bells.map(({ doorbell }) => doorbell))).map(({ key }) => key));
    for (const { doorbell } of bells) if (!silent.has(doorbell.key)) sweep.count("Resent", doorbell.source);
    if (due.length < recordsARound || !sweep.hasTime()) return;
  }
};

/** Saved before it rings, which makes any older ring stale. Undefined: there is nothing to ring for, or it was changed meanwhile. */
const prepare = async (sweep: SweepDependencies, known: Progress): Promise<{ doorbell: Doorbell; order: string } | undefined> => {
  const record = await sweep.records.load(known.key);
  const now = sweep.clock();
  if (!record) {
    if (can("expire", known)) await sweep.ledger.save(expire(known, now), known);
    else if (can("followersWoken", known) && known.releasing) await releaseFollowers(sweep, known);
    return undefined;
  }
  if (record.verification === "unverified") {
    await verifyLate(sweep, record, known);
    return undefined;
  }
  const understood = understand(record, sweep.findGateway(record.gateway), sweep.config);
  const contracts = understood.kind === "understood" ? linesOf(sweep.config, known.source, understood.events) : [];
  const rung = ringAgain(known, contracts, now);
  const saved = rung && (await sweep.ledger.save(rung, known));
  return saved?.kind === "saved" ? { doorbell: doorbellOf(saved.progress), order: saved.progress.order } : undefined;
};

/** Undefined for what is not due: the index follows the table, which has changed. */
const ringAgain = (known: Progress, contracts: readonly string[], now: Millis): Progress | undefined => {
  if (can("ring", known)) return ring(known, { contracts }, now);
  if (can("fallDue", known)) return fallDue(known, { contracts }, now);
  return can("ringForFollowers", known) && known.releasing ? ringForFollowers(known, now) : undefined;
};
