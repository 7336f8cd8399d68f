/** Rings again for everything whose time has come: scheduled attempts, woken followers, and what the audit found. */

import { linesOf } from "../../../core/lifecycle/contract-lines.ts";
import { type Doorbell, groupOf } from "../../../core/lifecycle/doorbell.ts";
import { isSettled, type Progress } from "../../../core/lifecycle/progress.ts";
import { understand } from "../../../core/understand.ts";
import type { SweepDependencies } from "./dependencies.ts";
import { verifyLate } from "./verify-late.ts";

const recordsARound = 200;
/** Until a ring that seems to have been lost is repeated. Doubles with every repetition, so that a long queue is not made longer. */
const patienceMs = 5 * 60_000;
const longestPatienceMs = 60 * 60_000;

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

/**
 * Raises the epoch before it rings: should the ring be lost, the record is due again; the older ring is stale either way. The record's place
 * in the queue goes with it, behind others of its contract, and so it takes its place in the line at the same moment.
 */
const prepare = async (sweep: SweepDependencies, known: Progress): Promise<{ doorbell: Doorbell; order: string } | undefined> => {
  const record = await sweep.records.load(known.key);
  const now = sweep.clock();
  if (!record) {
    const { dueAt: _, releasing: __, ...rest } = known;
    await sweep.ledger.save({ ...rest, state: "ignored", at: now, inLine: false, reason: "the record's retention time is over" }, known);
    return undefined;
  }
  if (record.verification === "unverified") {
    await verifyLate(sweep, record, known);
    return undefined;
  }
  const understood = understand(record, sweep.findGateway(record.gateway), sweep.config);
  const contracts = understood.kind === "understood" ? linesOf(sweep.config, known.source, understood.events) : [];
  const isPlaced = known.inLine || isSettled(known.state);
  const group = known.inLine ? known.group : groupOf(known.source, known.key, contracts);
  const place = isPlaced ? { group } : { group, contracts, inLine: contracts.length > 0 };
  const patience = Math.min(longestPatienceMs, patienceMs * 2 ** Math.min(known.epoch, 10));
  const state = known.state === "scheduled" ? "retrying" : known.state;
  const saved = await sweep.ledger.save({ ...known, ...place, state, epoch: known.epoch + 1, dueAt: now + patience }, known);
  if (saved.kind === "overtaken") return undefined;
  const { key, source, epoch, order } = saved.progress;
  return { doorbell: { key, source, group, epoch }, order };
};
