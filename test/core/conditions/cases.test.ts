/** What is said of each condition that holds: its sentence, since when, its numbers. And from where on it holds. */
import { describe, expect, test } from "vitest";
import type { Case } from "../../../core/conditions/condition.ts";
import { type ConditionName, judge } from "../../../core/conditions/conditions.ts";
import type { Look, Looks, Sight, SightOfSource } from "../../../core/conditions/sight.ts";
import { withDefaults } from "../../../core/config/defaults.ts";
import { nothing, type Sums } from "../../../core/findings/tally/tally.ts";
import { breaker } from "../../../core/lifecycle/holds/hold.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const now = Date.UTC(2026, 10, 20, 12);
const config = withDefaults({
  name: "shop",
  findings: { moneyAtStake: { USD: 5_000 } },
  targets: { app: { kind: "http", url: "https://app.example.com", mode: "signed" } },
  sources: {
    stripe: { gateway: "stripe", target: "app", expect: { atLeast: 2, everyMinutes: 60, hours: "09-22" } },
    paypal: { gateway: "paypal", target: "app", expect: { atLeast: 1, everyMinutes: 1440 } },
  },
});

/** Nothing could be looked at but this. */
const cases = <P extends keyof Sight>(part: P, seen: Sight[P], at = now) => {
  const nothing: Look<never> = { kind: "failed", why: "not asked" };
  const parts = ["unsettled", "dead", "conflicts", "findings", "waiting", "targets", "spill", "sweep", "sources", "quarantine"] as const;
  const looks = { ...Object.fromEntries(parts.map((name) => [name, nothing])), [part]: { kind: "seen", seen } } as unknown as Looks;
  return judge(looks, { now: at, config }, { name: "shop", holdfast: (...words) => words.join(" ") }).holding.map(
    ({ name, severity: _, money: __, next: ___, ...one }) => ({ name, ...one }),
  );
};
const held = (name: ConditionName, what: string, numbers: Case["numbers"], more: Partial<Case> = {}) => ({ name, what, numbers, ...more });

const oldest = (age: number) => ({ key: "stripe/evt_1" as const, storedAt: now - age });

test("dead records, and those that crashed consume", () => {
  expect(cases("dead", { count: 0, crashed: 0 })).toEqual([]);
  expect(cases("dead", { count: 1, crashed: 1, since: now - hour })).toEqual([
    held("crash-dead-letter", "1 record made consume or the sweep crash until it was given up", { crashed: 1 }, { since: now - hour }),
    held("dead-records", "1 record is dead; what follows in its contract waits", { dead: 1 }, { since: now - hour }),
  ]);
  expect(cases("dead", { count: 3, crashed: 2 })).toEqual([
    held("crash-dead-letter", "2 records made consume or the sweep crash until they were given up", { crashed: 2 }),
    held("dead-records", "3 records are dead; what follows in their contracts waits", { dead: 3 }),
  ]);
});

test("conflicts", () => {
  expect(cases("conflicts", { count: 0 })).toEqual([]);
  const what = "1 callback came under a known id with another content";
  expect(cases("conflicts", { count: 1 })).toEqual([held("conflicts-open", what, { conflicts: 1 })]);
  expect(cases("conflicts", { count: 1, oldest: oldest(hour) })).toEqual([
    held("conflicts-open", what, { conflicts: 1 }, { since: now - hour }),
  ]);
});

describe("findings", () => {
  const waiting = { id: "A2:stripe/sub_1", since: now - 3 * day };

  test("that nobody has taken, once the one that has waited longest has for three days", () => {
    const tally = { ...nothing, count: 3, taken: 1, waiting };
    expect(cases("findings", {})).toEqual([]);
    expect(cases("findings", { tally: nothing })).toEqual([]);
    expect(cases("findings", { tally }, now - 1)).toEqual([]);
    expect(cases("findings", { tally })).toEqual([
      held(
        "findings-open-too-long",
        "2 findings are taken by nobody, A2:stripe/sub_1 for the longest",
        { open: 3, untaken: 2 },
        { since: now - 3 * day },
      ),
    ]);
    expect(cases("findings", { tally: { ...tally, count: 2 } })).toMatchObject([
      { what: "1 finding is taken by nobody, A2:stripe/sub_1 for the longest" },
    ]);
  });

  test("in which more is at stake than is allowed, for each currency by itself", () => {
    const untaken = (sums: Sums) => cases("findings", { tally: { ...nothing, untaken: sums } });
    expect(untaken({ JPY: 99_999, USD: 4_999 })).toEqual([]);
    expect(untaken({ JPY: 100_000, USD: 6_000, EUR: 1 })).toEqual([
      held(
        "money-at-stake",
        "100,000 JPY are at stake in findings that nobody has taken; the alarm begins at 100,000 JPY",
        { minor: 100_000, most: 100_000 },
        { about: "JPY" },
      ),
      held(
        "money-at-stake",
        "60.00 USD are at stake in findings that nobody has taken; the alarm begins at 50.00 USD",
        { minor: 6_000, most: 5_000 },
        { about: "USD" },
      ),
    ]);
  });
});

test("records that wait for another, once the oldest has for an hour", () => {
  expect(cases("waiting", { count: 2 })).toEqual([]);
  expect(cases("waiting", { count: 2, oldest: oldest(hour - 1) })).toEqual([]);
  expect(cases("waiting", { count: 2, oldest: oldest(hour) })).toEqual([
    held(
      "waiting",
      "2 records wait for another of the same contract, the oldest of them stripe/evt_1",
      { waiting: 2 },
      { since: now - hour },
    ),
  ]);
  expect(cases("waiting", { count: 1, oldest: oldest(hour) })).toMatchObject([
    { what: expect.stringContaining("1 record waits for another") as string },
  ]);
});

describe("a target", () => {
  const hold = { target: "app", by: "ann", why: "maintenance", since: now - 2 * hour, revision: 1 };

  test("that the breaker holds is an application that is down, from the first moment on", () => {
    expect(cases("targets", [{ target: "app", held: 1, hold: { ...hold, by: breaker, why: "it does not answer" } }])).toEqual([
      held(
        "application-down",
        "the circuit breaker holds app with 1 record behind it: it does not answer",
        { held: 1 },
        { about: "app", since: now - 2 * hour },
      ),
    ]);
    const releasing = { ...hold, by: breaker, why: "it does not answer", ratePerSecond: 5 };
    expect(cases("targets", [{ target: "app", held: 7, hold: releasing }])).toMatchObject([
      { what: "the circuit breaker holds app with 7 records behind it: it does not answer; being released at 5 a second" },
    ]);
  });

  test("for which records wait is named once the oldest has for a quarter of an hour, and says who holds it", () => {
    const waiting = (age: number, more: Partial<Sight["targets"][number]>) =>
      cases("targets", [{ target: "app", held: 2, oldest: oldest(age), ...more }]);
    expect(cases("targets", [{ target: "app", held: 0, hold }])).toEqual([]);
    expect(waiting(15 * minute - 1, { hold })).toEqual([]);
    expect(waiting(15 * minute, { hold })).toEqual([
      held("held", "2 records wait for app, held by ann: maintenance", { held: 2 }, { about: "app", since: now - 15 * minute }),
    ]);
    expect(waiting(hour, { hold: { ...hold, ratePerSecond: 20 }, held: 1 })).toMatchObject([
      { what: "1 record waits for app, held by ann: maintenance; being released at 20 a second" },
    ]);
    expect(waiting(hour, {})).toMatchObject([{ what: "2 records wait for app, whose hold is lifted; they are released within a minute" }]);
    const former =
      "2 records wait for shop (not configured any more: once resumed they go where their sources go now), held by ann: maintenance";
    expect(waiting(hour, { target: "shop", hold })).toMatchObject([{ what: former }]);
  });
});

test("spilled callbacks, wherever they are", () => {
  const queue = { visible: 1, hidden: 2, delayed: 4 };
  const empty = { visible: 0, hidden: 0, delayed: 0 };
  expect(cases("spill", { queue: empty })).toEqual([]);
  expect(cases("spill", { queue })).toEqual([
    held("spill-not-recovered", "7 acknowledged callbacks are not recorded yet: 7 in the spill queue", { queue: 7, bucket: 0 }),
  ]);
  const run = { at: now, failed: [], spilled: { queue: 9, bucket: 3 }, spilledSince: now - hour };
  expect(cases("spill", { queue, run })).toEqual([
    held(
      "spill-not-recovered",
      "10 acknowledged callbacks are not recorded yet: 7 in the spill queue, 3 in the bucket",
      { queue: 7, bucket: 3 },
      { since: now - hour },
    ),
  ]);
  expect(cases("spill", { queue: { ...empty, hidden: 1 }, run: { ...run, spilled: { queue: 0, bucket: 1 } } })).toMatchObject([
    { what: "2 acknowledged callbacks are not recorded yet: 1 in the spill queue, 1 in the bucket" },
  ]);
  expect(cases("spill", { queue: empty, run: { ...run, spilled: { queue: 9, bucket: 1 } } })).toMatchObject([
    { what: "1 acknowledged callback is not recorded yet: 1 in the bucket" },
  ]);
});

test("the sweep: its failed steps, and its silence", () => {
  expect(cases("sweep", { run: { at: now, failed: [] } })).toEqual([]);
  expect(cases("sweep", { run: { at: now - minute, failed: ["audit", "measure"] } })).toEqual([
    held("sweep-failing", "the sweep's last run failed at audit, measure", { steps: 2 }, { since: now - minute }),
  ]);
  expect(cases("sweep", { run: { at: now, failed: ["audit"], failingSince: now - hour } })).toMatchObject([{ since: now - hour }]);
  expect(cases("sweep", {})).toEqual([held("sweep-silent", "the sweep has not run yet; once deployed it runs every minute", {})]);
  expect(cases("sweep", { run: { at: now - 6 * minute, failed: [] } })).toEqual([
    held("sweep-silent", "the sweep has not finished a run since then", {}, { since: now - 6 * minute }),
  ]);
});

test("unsettled records, and callbacks stored unverified", () => {
  const none = { count: 0, sources: [] };
  expect(cases("unsettled", { count: 0, unverified: none })).toEqual([]);
  expect(cases("unsettled", { count: 1, oldest: oldest(hour), auditedTo: now - minute, unverified: none })).toEqual([
    held(
      "oldest-unsettled",
      "1 record is unsettled, the oldest of them stripe/evt_1",
      { records: 1, seconds: 3_600 },
      { since: now - hour },
    ),
  ]);
  expect(cases("unsettled", { count: 2, oldest: oldest(hour), unverified: none })).toMatchObject([
    { what: "2 records are unsettled, the oldest of them stripe/evt_1" },
  ]);
  expect(cases("unsettled", { count: 0, auditedTo: now - hour, unverified: none })).toEqual([
    held(
      "oldest-unsettled",
      "nothing has looked for unsettled records since then",
      { records: 0, seconds: 3_540 },
      { since: now - 59 * minute },
    ),
  ]);
  // A clock ahead of ours.
  expect(cases("unsettled", { count: 1, oldest: oldest(-hour), unverified: none })).toEqual([]);
  const unverified = { count: 1, sources: ["stripe", "paypal"] };
  expect(cases("unsettled", { count: 0, unverified })).toEqual([
    held("secret-unreadable", "1 callback is stored unverified, of stripe, paypal", { records: 1 }),
  ]);
  expect(cases("unsettled", { count: 0, unverified: { ...unverified, count: 2, oldest: oldest(minute) } })).toEqual([
    held("secret-unreadable", "2 callbacks are stored unverified, of stripe, paypal", { records: 2 }, { since: now - minute }),
  ]);
});

describe("a source", () => {
  const quiet: SightOfSource = { source: "stripe", recorded: 10, quarantined: { count: 0, lately: 0, sinceLast: 0 } };
  const unverified = (recorded: number, quarantined: SightOfSource["quarantined"]) =>
    cases("sources", [{ ...quiet, recorded, quarantined }]);

  test("with callbacks in quarantine", () => {
    expect(cases("sources", [quiet])).toEqual([]);
    const lately = (count: number, words: string) =>
      held("callbacks-unproven", words, { quarantined: count }, { about: "stripe", since: now - 15 * minute });
    expect(unverified(10, { count: 1, lately: 1, sinceLast: 1 })).toEqual([
      lately(1, "1 callback of stripe within 15 minutes could not be verified and is in quarantine"),
    ]);
    expect(unverified(10, { count: 1, lately: 1, sinceLast: 1, first: now - 4 * minute })[0]).toMatchObject({ since: now - 4 * minute });
    expect(unverified(10, { count: 1, lately: 1, sinceLast: 1, first: now - hour })[0]).toMatchObject({ since: now - 15 * minute });
    expect(unverified(10, { count: 2, lately: 2, sinceLast: 1 })).toEqual([
      lately(2, "2 callbacks of stripe within 15 minutes could not be verified and are in quarantine"),
    ]);
  });

  test("of which too many could not be verified", () => {
    expect(unverified(0, { count: 3, lately: 0, sinceLast: 3, first: now - hour })).toEqual([
      held(
        "source-unverified",
        "none of the last 3 callbacks of stripe could be verified; 3 of the last day are in quarantine",
        { recorded: 0, quarantined: 3, sinceLast: 3, lately: 0 },
        { about: "stripe", since: now - hour },
      ),
    ]);
    const [page] = unverified(39, { count: 1, lately: 10, sinceLast: 0 });
    expect(page).toEqual(
      held(
        "source-unverified",
        "10 of 49 callbacks of stripe within 15 minutes could not be verified; 1 of the last day is in quarantine",
        { recorded: 39, quarantined: 1, sinceLast: 0, lately: 10 },
        { about: "stripe" },
      ),
    );
    // A fifth is not more than a fifth.
    expect(unverified(40, { count: 10, lately: 10, sinceLast: 0 }).map(({ name }) => name)).toEqual(["callbacks-unproven"]);
  });

  test("that is silent in the hours in which it is expected to send", () => {
    const silent = (inPeriod: number | undefined, at = now, source = "stripe") =>
      cases("sources", [{ ...quiet, source, ...(inPeriod !== undefined && { inPeriod }) }], at);
    expect(silent(2)).toEqual([]);
    expect(silent(undefined)).toEqual([]);
    expect(silent(0, now, "unknown")).toEqual([]);
    expect(silent(1, Date.UTC(2026, 10, 20, 8, 59))).toEqual([]);
    expect(silent(1)).toEqual([
      held(
        "source-silent",
        "1 callback of stripe within 60 minutes, where at least 2 are expected",
        { callbacks: 1, expected: 2 },
        { about: "stripe" },
      ),
    ]);
    expect(cases("sources", [{ ...quiet, source: "paypal", inPeriod: 0, lastAt: now - 24 * hour }])).toEqual([
      held(
        "source-silent",
        "0 callbacks of paypal within 1440 minutes, where at least 1 is expected",
        { callbacks: 0, expected: 1 },
        { about: "paypal", since: now - 24 * hour },
      ),
    ]);
  });
});

test("what was acknowledged and is in quarantine, from a quarter of an hour on", () => {
  const waiting = (age: number, count = 2) =>
    cases("quarantine", { undecided: 0, lastHour: 0, crowded: 0, acknowledged: [{ source: "sbps", count, first: now - age }] });
  expect(waiting(15 * minute - 1)).toEqual([]);
  const words = "2 callbacks of sbps that were acknowledged are in quarantine, and nobody has decided about them";
  const since = now - 15 * minute;
  expect(waiting(15 * minute)).toEqual([held("quarantine-undecided", words, { undecided: 2 }, { about: "sbps", since })]);
  expect(waiting(9 * day, 1)).toMatchObject([
    { what: "1 callback of sbps that was acknowledged is in quarantine, and nobody has decided about it" },
  ]);
});

test("a quarantine that fills up", () => {
  const room = { undecided: 70, lastHour: 0, crowded: 0, acknowledged: [] };
  expect(cases("quarantine", { ...room, lastHour: 50 })).toEqual([]);
  expect(cases("quarantine", { ...room, lastHour: 51, first: now - hour })).toEqual([
    held(
      "quarantine-full",
      "51 unverified callbacks came within an hour",
      { undecided: 70, lastHour: 51, networks: 0 },
      { since: now - hour },
    ),
  ]);
  expect(cases("quarantine", { ...room, crowded: 1 })).toEqual([
    held(
      "quarantine-full",
      "the quarantine is nearly full for 1 network, so that further callbacks from there may not be kept; it holds 70",
      { undecided: 70, lastHour: 0, networks: 1 },
    ),
  ]);
});

test("signatures refused as too old, of what is scheduled, and of a target that is held for it", () => {
  const resign = "set `resign: true` on it, and deploy";
  const hold = { target: "app", by: breaker, why: "its signatures", since: now - 2 * hour, revision: 1 };
  const tooOld = { count: 2, since: now - hour };
  expect(cases("targets", [{ target: "app", held: 0, tooOld }])).toEqual([
    held(
      "signatures-too-old",
      `app refuses the gateway's signatures as too old, of 2 records: ${resign}`,
      { refused: 2, held: 0 },
      { about: "app", since: now - hour },
    ),
  ]);
  const seen = (more: Partial<Sight["targets"][number]>) =>
    cases("targets", [{ target: "app", held: 0, ...more }]).filter(({ name }) => name === "signatures-too-old");
  expect(seen({ hold })).toEqual([]);
  expect(seen({ hold: { ...hold, isForAge: true } })).toMatchObject([
    {
      what: `app refuses the gateway's signatures as too old, of 1 record: ${resign}`,
      since: now - 2 * hour,
      numbers: { refused: 1, held: 0 },
    },
  ]);
  expect(seen({ hold: { ...hold, isForAge: true }, held: 3, tooOld })).toMatchObject([
    {
      what: expect.stringContaining("of 2 records; 3 records wait behind: ") as string,
      since: now - 2 * hour,
      numbers: { refused: 2, held: 3 },
    },
  ]);
  expect(seen({ hold: { ...hold, isForAge: true }, held: 1, tooOld })[0]?.what).toContain("of 2 records; 1 record waits behind: ");
  expect(seen({ hold, held: 3, tooOld })).toMatchObject([
    {
      what: `app refuses the gateway's signatures as too old, of 2 records: ${resign}`,
      since: now - hour,
      numbers: { refused: 2, held: 0 },
    },
  ]);
});
