import { describe, expect, test } from "vitest";
import { accountsOf, closedPeriodsOf, closedSince, isClosed } from "../../../../core/findings/sides/account-side.ts";
import { finds, granted, hours, on, partsOf, says, start } from "../../../support/both-sides/both-sides.ts";

const closed = (at: number, account = "acc_1") => says("account.closed", at, { account });
const reopened = (at: number, account = "acc_1") => says("account.reopened", at, { account });
const accounts = (...parts: Parameters<typeof partsOf>[0]) => accountsOf(partsOf(parts).applicationEvents);
const periods = (...parts: Parameters<typeof partsOf>[0]) => accounts(...parts).map(closedPeriodsOf);

test("an account is what was said of its closings and reopenings, and of nothing else", () => {
  expect(
    accounts(granted(start), closed(1), closed(2, "acc_2"), reopened(3)).map(({ id, applicationEvents }) => [id, applicationEvents.length]),
  ).toEqual([
    ["acc_1", 2],
    ["acc_2", 1],
  ]);
});

test("it was closed from each closing to the next reopening, and knows when it was closed once more in between", () => {
  expect(periods(closed(1), closed(2), reopened(3), reopened(4), closed(5), closed(7))).toEqual([
    [
      { from: 1, last: 2, to: 3 },
      { from: 5, last: 7 },
    ],
  ]);
  expect(periods(reopened(1))).toEqual([[]]);
});

test("it is not closed yet at the moment of its closing, and still is at that of its reopening", () => {
  const [account] = accounts(closed(10), reopened(20), closed(30));
  const since = [10, 11, 20, 21, 30, 31].map((moment) => account && closedSince(account, moment));
  expect(since).toEqual([undefined, 10, 10, undefined, undefined, 30]);
});

describe("whether it is closed now", () => {
  test.each([
    ["closed", [closed(1)], true],
    ["closed and reopened", [closed(1), reopened(2)], false],
    ["closed again", [closed(1), reopened(2), closed(3)], true],
    ["another one", [closed(1, "acc_2")], false],
    ["never closed", [granted(start)], false],
  ])("%s", (_, parts, expected) => expect(isClosed(accounts(...parts, closed(9, "acc_3")), "acc_1")).toBe(expected));

  test("nobody's contract is of a closed account", () => expect(isClosed(accounts(closed(1)), undefined)).toBe(false));
});

test("R-A2: an account that was reopened is entitled again, and the closing of another one changes nothing", () => {
  const late = (...parts: Parameters<typeof partsOf>[0]) => finds(start + hours(48), [granted(start), ...parts], "A2");
  expect(late(closed(on(2, 1)))).toEqual([]);
  expect(late(closed(on(2, 1)), reopened(on(2, 1) + 1))).toHaveLength(1);
  expect(late(closed(on(2, 1), "acc_2"))).toHaveLength(1);
});
