import { describe, expect, test } from "vitest";
import { digestOf } from "../../../../core/findings/tally/digest.ts";
import { type DigestDay, digestStep } from "../../../../core/findings/tally/digest-day.ts";
import type { Tally } from "../../../../core/findings/tally/tally.ts";

const hour = 3_600_000;
const day = 24 * hour;
const now = Date.UTC(2026, 10, 20, 12);
const tally: Tally = {
  count: 79,
  taken: 5,
  money: { USD: 2_000, JPY: 158_000, EUR: 0 },
  untaken: { JPY: 100_000 },
  waiting: { id: "A2:shop/sub_1", since: now - 12 * day },
  held: { id: "DISPUTE:shop/ch_7", since: now - day },
  classes: {
    A3: { count: 6, money: { JPY: 9_000 }, since: now - 40 * day },
    A2: { count: 71, money: { JPY: 149_000, USD: 2_000 }, since: now - 400 * day },
    SIBLING: { count: 2, money: {}, since: now - hour },
  },
};
const digest = (changes: Partial<Tally> = {}, more: object = {}) =>
  digestOf({ tally: { ...tally, ...changes }, asOf: now - 60_000 }, { name: "shop", now, ...more });

describe("the digest", () => {
  test("says how many of what are open, what is at stake of each currency, what has waited longest, and what to type", () => {
    expect(digest().subject).toBe("shop: 79 open findings, 158,000 JPY and 20.00 USD at stake");
    expect(digest().text).toBe(`79 findings are open at shop: a gateway and the application disagree, or money is at risk.
At stake: 158,000 JPY and 20.00 USD.

  71 A2       entitled without a charge    149,000 JPY and 20.00 USD  oldest: 400 days
   6 A3       charged without entitlement                  9,000 JPY  oldest: 40 days
   2 SIBLING  sibling left active                                  -  oldest: today

Nobody has taken 74 of them.
Waiting longest: A2:shop/sub_1, since 2026-11-08 12:00 UTC (12 days).
Taken longest ago: DISPUTE:shop/ch_7, since 2026-11-19 12:00 UTC (1 day).

To see them, the most money first:
  npx holdfast findings list
What to do about the one that has waited longest:
  npx holdfast findings show A2:shop/sub_1

Counted at 2026-11-20 11:59 UTC. Comes once a day, as long as anything is open.
`);
  });

  test("says of one what it says of many, of none taken, and of no amount known", () => {
    const { waiting, ...taken } = tally;
    const one = digestOf({ tally: { ...taken, count: 1, taken: 1, money: {}, classes: {} }, asOf: now }, { name: "shop", now });
    expect(one.subject).toBe("shop: 1 open finding");
    expect(one.text).toContain("1 finding is open at shop");
    expect(one.text).toContain("No amount is known.");
    expect(one.text).toContain("An operator has taken it.");
    expect(one.text).not.toContain("Waiting longest");
    expect(one.text).not.toContain("findings show");
  });

  test.each([
    [1, 0, "Nobody has taken it."],
    [2, 0, "Nobody has taken any of them."],
    [3, 2, "Nobody has taken 1 of them."],
    [2, 2, "An operator has taken each of them."],
  ])("of %d, %d of them taken, says that", (count, taken, applicationEvents) => {
    expect(digest({ count, taken }).text).toContain(`\n${applicationEvents}\n`);
  });

  test("says so when it may be the second", () => {
    expect(digest({}, { isUncertain: true }).text).toMatch(
      /^This may be today's second digest: it is not known whether the first one was sent\.\n\n79/,
    );
  });

  test("has no card number and no address in it, and then no command that would name it", () => {
    const { text } = digest({
      waiting: { id: "CLOSE.charged:account:ann@example.com", since: now },
      held: { id: "A2:shop/4242424242424242", since: now },
    });
    expect(text).not.toMatch(/ann@|42424242424242/);
    expect(text).toContain("@example.com, since");
    expect(text).not.toContain("findings show");
  });

  test("has a subject that a topic takes, however much is at stake", () => {
    const money = Object.fromEntries(["AUD", "CAD", "EUR", "GBP", "JPY", "USD", "ZAR"].map((currency) => [currency, 123_456_789_012]));
    const { subject } = digest({ money });
    expect(subject).toHaveLength(100);
    expect(subject).toMatch(/^[ -~]+\.\.\.$/);
    const whole = digest({ money: { JPY: 1 } }).subject;
    expect(whole).toContain(", 1 JPY at stake");
    const name = "s".repeat(100 - whole.length + "shop".length);
    expect(digest({ money: { JPY: 1 } }, { name }).subject).toBe(whole.replace("shop", name));
    expect(digest({ money: { JPY: 1 } }, { name: `${name}s` }).subject).toMatch(/\.\.\.$/);
  });
});

describe("a day's digest", () => {
  const noon = { now, open: 3 };
  const step = (known: Partial<DigestDay> | undefined, at = noon, from = 0) =>
    digestStep(known && { day: "2026-11-20", state: "sent", at: now, ...known }, from, at);

  test("is sent once, by the first sweep of the day that begins at the configuration's hour", () => {
    expect(step(undefined)).toEqual({ kind: "send", next: { day: "2026-11-20", state: "being sent", at: now } });
    expect(step({ day: "2026-11-19" })).toMatchObject({ kind: "send" });
    expect(step({})).toEqual({ kind: "done" });
    expect(step({ day: "2026-11-19" }, noon, 12)).toMatchObject({ kind: "send", next: { day: "2026-11-20" } });
    expect(step({ day: "2026-11-19" }, noon, 13)).toEqual({ kind: "done" });
  });

  test("is not sent where nothing is open then, also when something is an hour later", () => {
    const quiet = step({ day: "2026-11-19" }, { now, open: 0 });
    expect(quiet).toEqual({ kind: "note", next: { day: "2026-11-20", state: "nothing open", at: now } });
    expect(step({ state: "nothing open" }, { now: now + hour, open: 3 })).toEqual({ kind: "done" });
  });

  test("that another sweep has taken upon itself is left to it, and after five minutes sent as what may be the second", () => {
    const sending = { state: "being sent" } as const;
    expect(step(sending, { now: now + 299_999, open: 3 })).toEqual({ kind: "done" });
    expect(step(sending, { now: now + 300_000, open: 3 })).toEqual({
      kind: "send",
      next: { day: "2026-11-20", state: "being sent", at: now + 300_000, isUncertain: true },
    });
  });

  test("that was refused is sent with the next sweep, and stays uncertain where it was", () => {
    expect(step({ state: "refused" })).toEqual({ kind: "send", next: { day: "2026-11-20", state: "being sent", at: now } });
    expect(step({ state: "refused", isUncertain: true })).toMatchObject({ next: { isUncertain: true } });
  });

  test("of a day that died is followed by the next day's, which is the first of its day", () => {
    expect(step({ day: "2026-11-19", state: "being sent" })).toEqual({
      kind: "send",
      next: { day: "2026-11-20", state: "being sent", at: now },
    });
  });

  test("that a clock which was ahead has sent is not sent again", () => {
    expect(step({ day: "2026-11-21" })).toEqual({ kind: "done" });
  });
});
