import { describe, expect, test } from "vitest";
import {
  charged,
  contract,
  days,
  finds,
  granted,
  on,
  renewed,
  revoked,
  says,
  start,
  told,
  yen,
} from "../../../../support/both-sides/both-sides.ts";

const silent = (now: number, ...parts: Parameters<typeof finds>[1]) =>
  finds(now, [granted(start), charged(start, "ch_1"), ...parts], "SILENT");
const id = "SILENT:shop/sub_1";

describe("R-SILENT: a renewal was due, and nothing was reported", () => {
  test("is found 5 days after it was due, counted from the anchor", () => {
    expect(silent(on(2, 28) + days(5) - 1)).toEqual([]);
    expect(silent(on(2, 28) + days(5))).toEqual([id]);
    expect(silent(on(4, 4), renewed(on(2, 28), "ch_2"))).toEqual([]);
    expect(silent(on(4, 5), renewed(on(2, 28), "ch_2"))).toEqual([id]);
  });

  test("is none where it failed, or where nothing had to be paid", () => {
    expect(silent(on(3, 6), told("charge.failed", on(2, 28), { contract, charge: "ch_2", amount: yen(500) }))).toEqual([]);
    expect(silent(on(3, 6), told("contract.renewed", on(2, 28), { contract }))).toEqual([]);
  });

  test.each(["contract.paused", "contract.past_due", "contract.cancelled"] as const)("is none after %s", (type) => {
    expect(silent(on(3, 6), told(type, on(2, 20), { contract }))).toEqual([]);
  });

  test("is none once it was asked to end, revoked, or its account closed", () => {
    expect(silent(on(3, 6), says("cancellation.requested", on(2, 20), { contract }))).toEqual([]);
    expect(silent(on(3, 6), revoked(on(2, 20), { reason: "paused" }))).toEqual([]);
    expect(silent(on(3, 6), says("account.closed", on(2, 20)))).toEqual([]);
    expect(silent(on(3, 6), told("notice", on(2, 20), { contract, endsAt: on(2, 28) }))).toEqual([]);
  });

  test("is due at the end of the free time", () => {
    const free = [granted(start, { freeUntil: on(2, 28) }), told("contract.started", start, { contract })];
    expect(finds(on(3, 4), free, "SILENT")).toEqual([]);
    expect(finds(on(3, 5), free, "SILENT")).toEqual([id]);
  });

  test("a gap that a later charge has followed is silent no more", () => {
    expect(silent(on(4, 3), renewed(on(3, 31), "ch_3"))).toEqual([]);
  });

  test("a year is a year", () => {
    const yearly = [granted(start, { interval: "year", price: yen(5_000) }), charged(start, "ch_1", { amount: yen(5_000) })];
    expect(finds(on(2, 4, 2027), yearly, "SILENT")).toEqual([]);
    expect(finds(on(2, 5, 2027), yearly, "SILENT")).toEqual([id]);
  });
});
