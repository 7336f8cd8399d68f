/** Rings again for everything whose time has come: scheduled attempts, woken followers, and what the audit found. */

import type { Millis } from "../../../core/callback.ts";
import { errorMessage } from "../../../core/failure.ts";
import { type Doorbell, doorbellOf } from "../../../core/lifecycle/doorbell.ts";
import { can } from "../../../core/lifecycle/events.ts";
import { linesOf } from "../../../core/lifecycle/line.ts";
import type { Progress, Settled } from "../../../core/lifecycle/progress.ts";
import { expire, fallDue, find, ring, ringForFollowers } from "../../../core/lifecycle/transitions/sweep.ts";
import { isUnreadable } from "../../../core/lifecycle/unreadable.ts";
import { lineOrder } from "../../../core/record.ts";
import { understand } from "../../../core/understand.ts";
import { isNotStorable } from "../../../io/ledger/transact.ts";
import { recordIn } from "../../../io/records/records.ts";
import { giveUpUnreadable, postponeUnreadable, setRecordAside } from "../consume/failing/set-aside.ts";
import { releaseFollowers } from "../consume/settle.ts";
import { oneByOne } from "../one-by-one.ts";
import type { SweepDependencies } from "./dependencies.ts";
import { parseAll } from "./parsing/parse-all.ts";

const recordsARound = 200;

export const ringDue = async (sweep: SweepDependencies): Promise<void> => {
  const each = oneByOne(sweep, "ringDue");
  for (;;) {
    // Those that failed stay due, and stand before the others.
    const all = await sweep.open.due("due", sweep.clock(), recordsARound + each.failed.size);
    const due = all.filter(({ key }) => !each.failed.has(key));
    if (due.length === 0) break;
    const prepared = await parseAll(sweep, each, due, { parse: (progress) => prepareOrSetAside(sweep, progress) });
    const bells = prepared.filter((bell) => bell !== undefined);
    // Two of one contract ring in the order stored.
    bells.sort((one, other) => (one.order < other.order ? -1 : 1));
    const silent = new Set((await sweep.doorbells.ring(bells.map(({ doorbell }) => doorbell))).map(({ key }) => key));
    for (const { doorbell } of bells) if (!silent.has(doorbell.key)) sweep.count("Resent", doorbell.source);
    if (due.length < recordsARound || !sweep.hasTime()) break;
  }
  each.end();
};

interface Bell {
  readonly doorbell: Doorbell;
  readonly order: string;
}

/** What the ledger cannot hold now, it can never hold. */
const prepareOrSetAside = async (sweep: SweepDependencies, known: Progress): Promise<Bell | undefined> => {
  try {
    return await prepare(sweep, known);
  } catch (error) {
    if (!isNotStorable(error)) throw error;
    await setRecordAside(sweep, { kind: "not storable", detail: errorMessage(error) }, known, known);
    return undefined;
  }
};

/** Saved before it rings, which makes any older ring stale. Undefined: there is nothing to ring for, or it was changed meanwhile. */
const prepare = async (sweep: SweepDependencies, known: Progress): Promise<Bell | undefined> => {
  const read = await sweep.records.read(known.key);
  const now = sweep.clock();
  if (isUnreadable(known)) {
    if (read.kind !== "none") await giveUpUnreadable(sweep, recordIn(read), known);
    return undefined;
  }
  if (read.kind !== "record") {
    if (can("followersWoken", known)) return known.releasing ? ringForNext(sweep, known) : undefined;
    if (read.kind === "unreadable") await postponeUnreadable(sweep, read.cause, known, known);
    else if (can("expire", known)) await sweep.ledger.save(expire(known, now), known);
    return undefined;
  }
  const { record } = read;
  if (record.verification === "unverified" && can("find", known)) {
    // Found by an older version: from now on it is where those are that wait to be verified.
    await sweep.ledger.save(find(known, now), known);
    return undefined;
  }
  const understood = understand(record, sweep.findGateway(record.gateway), sweep.config);
  const contracts = understood.kind === "understood" ? linesOf(sweep.config, known.source, understood.events) : [];
  // The audit, which may have found it, does not know when it came.
  const placed = known.inLine ? known : { ...known, order: lineOrder(record) };
  const rung = ringAgain(placed, contracts, now);
  const saved = rung && (await sweep.ledger.save(rung, known));
  if (saved?.kind === "saved" && known.state === "stored" && known.epoch === 0) sweep.count("NotRelayed");
  return saved?.kind === "saved" ? { doorbell: doorbellOf(saved.progress), order: saved.progress.order } : undefined;
};

/** Of what has ended and cannot be read nobody takes a turn, in which what waited behind it would be answered. */
const ringForNext = async (sweep: SweepDependencies, settled: Settled): Promise<Bell | undefined> => {
  const { next } = await releaseFollowers(sweep, settled);
  const woken = next && (await sweep.ledger.progress(next.key));
  return woken && prepareOrSetAside(sweep, woken);
};

/** Undefined for what is not due: the index follows the table, which has changed. */
const ringAgain = (known: Progress, contracts: readonly string[], now: Millis): Progress | undefined => {
  if (can("ring", known)) return ring(known, { contracts }, now);
  if (can("fallDue", known)) return fallDue(known, { contracts }, now);
  return can("ringForFollowers", known) && known.releasing ? ringForFollowers(known, now) : undefined;
};
