/** Until when nothing happens: the next moment at which something falls due, so that an advance of the clock leaves nothing out. */
import type { Millis } from "../../core/callback.ts";
import { dayMs, secondMs } from "../../core/durations.ts";
import { type Hold, isProbing } from "../../core/lifecycle/holds/hold.ts";
import type { Holds } from "../../io/ledger/holds/holds.ts";
import type { OpenProgress } from "../../io/ledger/open-progress.ts";
import type { QueueLook } from "../engines/queue-look.ts";

interface Agenda {
  /** Undefined for a stack that has no ledger. */
  readonly ledger: { readonly holds: Holds; readonly open: OpenProgress; readonly targets: Readonly<Record<string, unknown>> } | undefined;
  /** What the queues hold, where their engine can be asked. */
  readonly queues: () => Promise<readonly QueueLook[]>;
  /** When each schedule runs next. */
  readonly schedules: () => readonly Millis[];
}

/** The sweep runs at least as often: it looks for what no index shows. */
const longestStepMs = dayMs;

/** A release makes up for fifteen seconds that it missed, and for one record in any case, so that its rate is kept. */
const releaseStepMs = (ratePerSecond: number): number => Math.max(5 * secondMs, secondMs / ratePerSecond);

/** How the breaker tries: less often the longer it holds. Its minute at most would make a month of 40,000 steps. */
const probeStepMs = (hold: Hold, now: Millis): number => Math.max(2 * secondMs, (now - hold.since) / 8);

/**
 * Later than `now`, and by a day at most. While the ledger cannot be read nobody knows what falls due in it: each run of a schedule is a moment
 * then, so that a rehearsed outage of the table takes its time as any other.
 */
export const nextMoment = async ({ ledger, queues, schedules }: Agenda, now: Millis): Promise<Millis> => {
  const visible = (await queues()).flatMap(({ inFlight }) => inFlight.map(({ visibleAt }) => visibleAt));
  const inLedger = ledger ? await momentsIn(ledger, schedules, now).catch(schedules) : [];
  return Math.min(...[...visible, ...inLedger].map(Math.ceil).filter((moment) => moment > now), now + longestStepMs);
};

const momentsIn = async (
  { holds, open, targets }: NonNullable<Agenda["ledger"]>,
  schedules: Agenda["schedules"],
  now: Millis,
): Promise<readonly Millis[]> => {
  const held = await Promise.all((await holds.targets(targets)).map((target) => holds.current(target)));
  const released = held.flatMap((hold) => {
    if (hold?.ratePerSecond !== undefined) return [now + releaseStepMs(hold.ratePerSecond)];
    return isProbing(hold) ? [now + probeStepMs(hold, now)] : [];
  });
  const due = await firstDue(open, now);
  // The sweep looks when it runs, so what falls due before that waits for it.
  return due === undefined ? released : [...released, Math.max(due, Math.min(...schedules()))];
};

/** What was due already, the last sweep has taken up. */
const firstDue = async (open: OpenProgress, now: Millis): Promise<Millis | undefined> => {
  for await (const { storedAt: dueAt } of open.keys("due", { from: now + 1, to: Number.MAX_SAFE_INTEGER, newestFirst: false }))
    return dueAt;
  return undefined;
};
