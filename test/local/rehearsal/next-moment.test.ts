import { expect, test } from "vitest";
import { breaker, type Hold } from "../../../core/lifecycle/holds/hold.ts";
import type { OpenProgress } from "../../../io/ledger/open-progress.ts";
import { nextMoment } from "../../../local/rehearsal/next-moment.ts";

const now = Date.UTC(2026, 10, 20, 12);
const [second, minute, hour, day] = [1_000, 60_000, 3_600_000, 86_400_000];

const hold = (changes: Partial<Hold>): Hold => ({ target: "app", why: "", by: "ann", since: now - hour, revision: 1, ...changes });

/** How far it is to the next moment. */
const step = async ({
  held,
  due = [],
  visible = [],
  sweepIn = minute,
  refused = false,
}: {
  readonly held?: Hold;
  readonly due?: readonly number[];
  readonly visible?: readonly number[];
  readonly sweepIn?: number;
  /** The ledger's table refuses. */
  readonly refused?: boolean;
}) => {
  async function* keys(_kind: unknown, { from, to }: { readonly from: number; readonly to: number }) {
    if (refused) throw new Error("refused");
    for (const ms of due) if (now + ms >= from && now + ms <= to) yield { key: "sandbox/a" as const, storedAt: now + ms };
  }
  const next = await nextMoment(
    {
      ledger: {
        targets: { app: {} },
        holds: { targets: async () => ["app"], current: async () => held } as never,
        open: { keys } as unknown as OpenProgress,
      },
      queues: async () => [{ isReceivable: false, inFlight: visible.map((ms) => ({ handle: "h", visibleAt: now + ms })) }],
      schedules: () => [now + sweepIn, now + 2 * sweepIn],
    },
    now,
  );
  return next - now;
};

test("with nothing to do it is a day", async () => {
  expect(await step({})).toBe(day);
  expect(await step({ held: hold({}) })).toBe(day);
});

test("what falls due is taken up by the sweep, at its time or when the sweep runs next", async () => {
  expect(await step({ due: [2 * hour, 3 * hour] })).toBe(2 * hour);
  expect(await step({ due: [10 * second] })).toBe(minute);
});

test("what was due already has been taken up, and is waited for no more", async () => {
  expect(await step({ due: [-hour, 0] })).toBe(day);
});

test("while the ledger cannot be read it is the next run of a schedule, as long as no message comes before", async () => {
  expect(await step({ refused: true, due: [2 * hour] })).toBe(minute);
  expect(await step({ refused: true, visible: [7 * second] })).toBe(7 * second);
});

test("a message that becomes visible is not waited for beyond its time", async () => {
  expect(await step({ visible: [30 * second, 7 * second + 0.5], due: [hour] })).toBe(7 * second + 1);
  expect(await step({ visible: [-second] })).toBe(day);
});

test("a release goes on every few seconds, so that its rate is kept", async () => {
  expect(await step({ held: hold({ ratePerSecond: 1 }) })).toBe(5 * second);
  expect(await step({ held: hold({ ratePerSecond: 1 }), visible: [second] })).toBe(second);
  expect(await step({ held: hold({ ratePerSecond: 0.01 }) })).toBe(100 * second);
});

test("a target that is down is tried less often the longer it is down", async () => {
  expect(await step({ held: hold({ by: breaker, since: now - 4 * second }) })).toBe(2 * second);
  expect(await step({ held: hold({ by: breaker, since: now - 8 * hour }) })).toBe(hour);
  expect(await step({ held: hold({ by: breaker, since: now - 80 * day }) })).toBe(day);
});

test("a stack without a ledger goes by its queues", async () => {
  const queues = async () => [{ isReceivable: false, inFlight: [{ handle: "h", visibleAt: now + minute }] }];
  expect(await nextMoment({ ledger: undefined, queues, schedules: () => [] }, now)).toBe(now + minute);
});
