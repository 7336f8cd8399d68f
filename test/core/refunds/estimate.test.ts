/** R-EST, each of its eight points. The records begin on 2024-11-27 at midnight in Tokyo. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { midnightOf } from "../../../core/formats/local-time.ts";
import { readEstimateId, recordsOf } from "../../../core/refunds/estimate.ts";
import { refundSums } from "../../../core/refunds/refund-sums.ts";
import { charged, contract, granted, type Part, revoked, says, told, yen } from "../../support/both-sides/both-sides.ts";
import { byHand, linesOf, ofAccountIn, records } from "./stories.ts";

const day = (text: string, time = "12:00"): number => Date.parse(`${text}T${time}:00+09:00`);
const owed = (...parts: readonly Part[]) => linesOf(ofAccountIn(parts));
const estimated = (...days: readonly string[]) => days.map((one) => `${one} estimated 500 JPY`);
const first = day("2024-08-31");

test("the records begin two years ago at midnight in the deployment's zone, of 29 February on the 28th", () => {
  expect(new Date(records.from).toISOString()).toBe("2024-11-26T15:00:00.000Z");
  expect(recordsOf(Date.UTC(2028, 1, 29, 12), 2, "UTC").from).toBe(Date.UTC(2026, 1, 28));
  expect(recordsOf(Date.UTC(2028, 1, 29, 12), 4, "UTC").from).toBe(Date.UTC(2024, 1, 29));
});

describe("R-EST 1: due is the first grant and each interval after it, counted from the anchor in the deployment's zone", () => {
  test("the 31st comes back after a shorter month", () => {
    expect(owed(granted(first))).toEqual(estimated("2024-08-31", "2024-09-30", "2024-10-31"));
  });

  test("29 February yearly is 28 February in common years", () => {
    const yearly = granted(day("2020-02-29"), { interval: "year" });
    expect(owed(yearly)).toEqual(estimated("2020-02-29", "2021-02-28", "2022-02-28", "2023-02-28", "2024-02-29"));
  });

  test("the day is that of the zone: shortly after midnight in Tokyo it is still the day before in UTC", () => {
    expect(owed(granted(day("2024-09-01", "00:30")))).toEqual(estimated("2024-09-01", "2024-10-01", "2024-11-01"));
  });

  test("an interval that changes counts from the due date at which it is in force", () => {
    const toYears = granted(day("2024-09-10"), { interval: "year", price: yen(5_000) });
    expect(owed(granted(day("2022-10-31")), granted(day("2022-12-01"), { interval: "year", price: yen(5_000) }))).toEqual([
      ...estimated("2022-10-31", "2022-11-30"),
      "2022-12-31 estimated 5000 JPY",
      "2023-12-31 estimated 5000 JPY",
    ]);
    expect(owed(granted(first), toYears)).toEqual([...estimated("2024-08-31"), "2024-09-30 estimated 5000 JPY"]);
  });

  test("a gift is no purchase", () => {
    expect(owed(granted(day("2024-01-05"), { basis: "complimentary" }), granted(day("2024-10-10")))).toEqual(
      estimated("2024-10-10", "2024-11-10"),
    );
  });
});

describe("R-EST 2: a due date counts when", () => {
  test("it is before the records begin: at that very moment it does not", () => {
    expect(owed(granted(records.from - 1))).toEqual(estimated("2024-11-26"));
    expect(owed(granted(records.from))).toEqual([]);
  });

  test("the application says that the customer was entitled then: pauses drop out, and the anchor stays", () => {
    const paused = [revoked(day("2024-09-15"), { reason: "paused" }), granted(day("2024-10-20"))];
    expect(owed(granted(first), ...paused)).toEqual(estimated("2024-08-31", "2024-10-31"));
    expect(owed(granted(first), revoked(day("2024-10-31")))).toEqual(estimated("2024-08-31", "2024-09-30"));
  });

  test("it is not within a free period, by either side; at its end it counts", () => {
    expect(owed(granted(first, { freeUntil: day("2024-09-30") }))).toEqual(estimated("2024-09-30", "2024-10-31"));
    expect(owed(granted(first, { freeUntil: day("2024-09-30") + 1 }))).toEqual(estimated("2024-10-31"));
    const said = told("notice", day("2025-01-05"), { contract, freeUntil: day("2024-10-01") });
    expect(owed(granted(first), said)).toEqual(estimated("2024-10-31"));
    const later = granted(day("2024-09-10"), { freeUntil: day("2024-10-01") });
    expect(owed(granted(first), later)).toEqual(estimated("2024-08-31", "2024-10-31"));
  });

  test("it is paid for: neither a gift by then, nor for nothing, however little it costs", () => {
    expect(owed(granted(first), granted(day("2024-09-15"), { basis: "complimentary" }))).toEqual(estimated("2024-08-31"));
    expect(ofAccountIn([granted(first, { price: yen(0) })])).toMatchObject({ lines: [], unpriced: [] });
    expect(owed(granted(first, { price: yen(1) }))).toHaveLength(3);
  });

  test("a free period that was over when it was said is the beginning's", () => {
    const over = day("2024-10-01");
    expect(owed(granted(first), told("notice", over, { contract, freeUntil: over }))).toEqual(estimated("2024-10-31"));
  });

  test("the gateway had not ended the contract, where an older record says so", () => {
    const ended = told("contract.cancelled", day("2024-10-01"), { contract });
    expect(owed(granted(first), ended)).toEqual(estimated("2024-08-31", "2024-09-30"));
  });
});

test("R-EST 3: the price is that of the grant in force, and a change at the very moment of a due date counts", () => {
  const dearer = granted(day("2024-09-30"), { price: yen(700) });
  expect(owed(granted(first), dearer)).toEqual([
    ...estimated("2024-08-31"),
    "2024-09-30 estimated 700 JPY",
    "2024-10-31 estimated 700 JPY",
  ]);
});

test("R-EST 4: months that failed before the records cannot be known, and count; one that an older record says failed does not", () => {
  expect(owed(granted(first))).toHaveLength(3);
  const failed = told("charge.failed", day("2024-09-30"), { contract, charge: "ch_1", amount: yen(500) });
  expect(owed(granted(first), failed)).toEqual(estimated("2024-08-31", "2024-10-31"));
});

test("R-EST 4: one that failed when it was due, and was paid later or had failed before, is known", () => {
  const about = { contract, charge: "ch_1", amount: yen(500) };
  const paidLater = [told("charge.failed", day("2024-09-30"), about), charged(day("2024-10-08"), "ch_1")];
  expect(owed(granted(first), ...paidLater)).toEqual([...estimated("2024-08-31"), "ch_1 500 JPY", ...estimated("2024-10-31")]);
  const failedBefore = [told("charge.failed", day("2024-09-20"), about), charged(day("2024-09-30"), "ch_1")];
  expect(owed(granted(first), ...failedBefore)).toEqual([...estimated("2024-08-31"), "ch_1 500 JPY", ...estimated("2024-10-31")]);
});

describe("R-EST 5: a due date whose charge is recorded is not estimated as well", () => {
  const threeDays = day("2024-10-03");
  test.each([
    [day("2024-09-30"), true],
    [day("2024-09-30", "00:00"), true],
    [threeDays, true],
    [threeDays + 1, false],
    [day("2024-09-29", "23:59"), false],
  ])("charged at %s: %s", (at, isSame) => {
    const lines = owed(granted(first), charged(at, "ch_1"));
    expect(lines).toContain("ch_1 500 JPY");
    expect(lines.includes("2024-09-30 estimated 500 JPY")).toBe(!isSame);
  });

  test("also when the grant, from which the dates are counted, followed its charge over midnight", () => {
    const bought = day("2024-09-01", "00:00");
    expect(owed(granted(bought), charged(bought - 60_000, "ch_1"))).toEqual(["ch_1 500 JPY", ...estimated("2024-10-01", "2024-11-01")]);
  });

  test("also when it was bought in the evening and is charged half a day before, and no earlier", () => {
    const bought = day("2024-09-01", "05:00");
    const halfADay = day("2024-09-30", "17:00");
    expect(owed(granted(bought), charged(halfADay, "ch_1"))).toEqual([
      "2024-09-01 estimated 500 JPY",
      "ch_1 500 JPY",
      ...estimated("2024-11-01"),
    ]);
    expect(owed(granted(bought), charged(halfADay - 1, "ch_1"))).toEqual([
      ...estimated("2024-09-01"),
      "ch_1 500 JPY",
      ...estimated("2024-10-01", "2024-11-01"),
    ]);
  });

  test("also when it was charged after the records begin", () => {
    expect(owed(granted(day("2024-11-26")), charged(day("2024-11-28"), "ch_1"))).toEqual(["ch_1 500 JPY"]);
  });
});

test("R-EST 6: from the start of the records on only recorded charges count", () => {
  expect(owed(granted(day("2024-10-30")), charged(day("2025-03-30"), "ch_1"))).toEqual([...estimated("2024-10-30"), "ch_1 500 JPY"]);
});

test("R-EST 7: every estimated line is marked, and every sum with one in it", () => {
  const { lines } = ofAccountIn([granted(day("2024-10-30")), charged(day("2025-03-30"), "ch_1")]);
  expect(lines.map(({ isEstimated }) => isEstimated)).toEqual([true, false]);
  expect(refundSums(lines)).toEqual([{ currency: "JPY", lines: 2, left: 1_000, estimated: 500, isEstimated: true }]);
  expect(refundSums(lines.slice(1))).toMatchObject([{ isEstimated: false }]);
});

describe("R-EST 8: a recorded refund of a payment from before the records", () => {
  const back = (at: string, minor: number, about = {}) =>
    told("charge.refunded", day(at), { contract, charge: "old_1", amount: yen(minor), ...about });

  test("is deducted, and shown beside the charge that it paid back, or the last before it", () => {
    const { lines } = ofAccountIn([granted(first), back("2024-12-05", 500)]);
    expect(lines.map(({ left, refunded, ids }) => [left, refunded, ids])).toEqual([
      [500, 0, []],
      [500, 0, []],
      [0, 500, ["old_1"]],
    ]);
    expect(linesOf(ofAccountIn([granted(first), back("2024-12-05", 600)]))).toEqual([
      "2024-08-31 estimated 500 JPY",
      "2024-09-30 estimated 400 of 500 JPY",
      "2024-10-31 estimated 0 of 500 JPY",
    ]);
  });

  test("pays back what it pays in full, also before a later one that it would pay in part", () => {
    const some = back("2024-12-01", 100, { charge: "old_0", id: "r0" });
    const { lines } = ofAccountIn([granted(first), some, back("2024-12-05", 500)]);
    expect(lines.map(({ left, ids }) => [left, ids])).toEqual([
      [500, []],
      [0, ["old_1"]],
      [400, ["old_0"]],
    ]);
    const both = ofAccountIn([granted(first), some, back("2024-12-05", 450)]);
    expect(both.lines.map(({ left, ids }) => [left, ids])).toEqual([
      [500, []],
      [450, ["old_1"]],
      [0, ["old_0", "old_1"]],
    ]);
  });

  test("is of what was due by then, that moment included, and only what is more of what was due later", () => {
    const at = (moment: number, minor: number) =>
      ofAccountIn([granted(first), told("charge.refunded", moment, { contract, charge: "old_1", amount: yen(minor) })]).lines.map(
        ({ left }) => left,
      );
    expect(at(day("2024-09-30"), 500)).toEqual([500, 0, 500]);
    expect(at(day("2024-09-30") - 1, 500)).toEqual([0, 500, 500]);
    expect(at(day("2024-09-15"), 700)).toEqual([0, 300, 500]);
    expect(at(day("2024-08-01"), 700)).toEqual([0, 300, 500]);
  });

  test("takes no due date for charged, though it came soon after it", () => {
    expect(owed(granted(first), back("2024-11-01", 100))).toEqual([
      ...estimated("2024-08-31", "2024-09-30"),
      "2024-10-31 estimated 400 of 500 JPY",
    ]);
  });

  test("of a contract without an estimate is said to be of a payment that was taken before", () => {
    const { lines, nothing } = ofAccountIn([granted(day("2025-01-05")), back("2025-02-01", 500)]);
    expect([lines, nothing]).toEqual([[], [expect.objectContaining({ id: "old_1", why: "taken before the records" })]]);
  });

  test("never deducts more than is estimated, nor from another currency or a recorded charge", () => {
    const parts = [granted(first), charged(day("2025-01-31"), "ch_1")];
    expect(linesOf(ofAccountIn([...parts, back("2024-12-05", 9_000)])).at(-1)).toBe("ch_1 500 JPY");
    expect(refundSums(ofAccountIn([...parts, back("2024-12-05", 9_000)]).lines)).toMatchObject([{ left: 500, estimated: 0 }]);
    const dollars = back("2024-12-05", 500, { amount: { minor: 500, currency: "USD" } });
    expect(refundSums(ofAccountIn([...parts, dollars]).lines)).toMatchObject([{ left: 2_000 }]);
  });

  test("and a lost dispute of one do the same", () => {
    const lost = told("dispute.lost", day("2024-12-05"), { contract, charge: "old_1", dispute: "dp", amount: yen(500) });
    expect(ofAccountIn([granted(first), lost]).lines.at(-1)).toMatchObject({ left: 0, chargedBack: 500, ids: ["old_1"] });
  });

  test("is none of a payment that was recorded", () => {
    const recorded = [charged(day("2025-01-31"), "ch_1"), back("2025-02-01", 500, { charge: "ch_1" })];
    expect(owed(granted(first), ...recorded)).toEqual(estimated("2024-08-31", "2024-09-30", "2024-10-31"));
  });
});

test("neither the order nor the repetition of refunds and statements changes what is deducted (P5)", () => {
  const moment = fc.integer({ min: -3, max: 20 }).map((month) => day("2024-08-31") + month * 20 * 86_400_000);
  const refund = fc
    .record({ moment, minor: fc.integer({ min: 1, max: 700 }), charge: fc.constantFrom("old_1", "old_2", "old_3") })
    .map((one) =>
      told("charge.refunded", one.moment, {
        contract,
        charge: one.charge,
        refund: `${one.moment}${one.minor}`,
        amount: yen(one.minor),
        id: `${one.charge}${one.moment}${one.minor}`,
      }),
    );
  const said = fc
    .record({ moment, minor: fc.integer({ min: 1, max: 700 }), due: fc.constantFrom("2024-08-31", "2024-10-31", "2024-01-01") })
    .map((one) => byHand(contract, one.moment, one.minor, { due: one.due, id: JSON.stringify(one) }));
  fc.assert(
    fc.property(fc.array(refund, { maxLength: 4 }), fc.array(said, { maxLength: 4 }), fc.gen(), (refunds, hands, pick) => {
      const parts = [granted(first, { id: "g" }), ...refunds];
      const shuffled = <One>(all: readonly One[]) =>
        [...pick(fc.shuffledSubarray, [...all], { minLength: all.length }), ...pick(fc.subarray, [...all])] as One[];
      const list = ofAccountIn(parts, hands);
      expect(ofAccountIn(shuffled(parts), shuffled(hands))).toEqual(list);
      for (const { charged: price, refunded, byHand: hand, left } of list.lines) {
        expect(left).toBeGreaterThanOrEqual(0);
        expect(price - refunded - hand).toBe(left);
      }
    }),
  );
});

test("what was given back by hand for a day is deducted there, although a later one is of the same price", () => {
  const { lines } = ofAccountIn([granted(first)], [byHand(contract, day("2026-11-01"), 500, { due: "2024-09-30" })]);
  expect(lines.map(({ byHand: hand }) => hand)).toEqual([0, 500, 0]);
});

test("what was given back by hand for a day is deducted there, and for a day that is due no more, elsewhere", () => {
  const ofDay = (due: string) => byHand(contract, day("2026-11-01"), 500, { id: due, due });
  const { lines } = ofAccountIn([granted(first)], [ofDay("2024-09-30"), ofDay("2024-09-01")]);
  expect(lines.map(({ left, byHand: hand }) => [left, hand])).toEqual([
    [500, 0],
    [0, 500],
    [0, 500],
  ]);
});

test("a contract whose price or interval nobody has said is named, and not guessed", () => {
  const { lines, unpriced } = ofAccountIn([granted(first, { price: undefined } as object)]);
  expect([lines, unpriced]).toEqual([[], [expect.objectContaining({ contract, account: "acc_1" })]]);
  expect(ofAccountIn([granted(first)]).unpriced).toEqual([]);
  expect(ofAccountIn([granted(first, { interval: undefined } as object)]).unpriced).toHaveLength(1);
  const unsaid = [granted(first, { interval: undefined } as object), told("notice", day("2025-01-01"), { contract, interval: "month" })];
  expect(linesOf(ofAccountIn(unsaid))).toHaveLength(3);
});

test("an order that is no contract yet has a past too, and a closed account's contract as long as it is granted", () => {
  const byOrder = granted(first, { contract: undefined, order: "A-7" } as object);
  expect(ofAccountIn([byOrder]).lines[0]).not.toHaveProperty("contract");
  expect(owed(byOrder, says("account.closed", day("2024-09-15")))).toEqual(estimated("2024-08-31", "2024-09-30", "2024-10-31"));
});

test("an estimate's id says its contract and day, and is read again", () => {
  const [line] = ofAccountIn([granted(first)]).lines;
  expect(line?.id).toBe("estimate:shop/sub_1@2024-08-31");
  expect(readEstimateId(line?.id ?? "")).toEqual({ source: "shop", contract, due: "2024-08-31" });
  expect(readEstimateId("estimate:shop/a@b/c@2024-08-31")).toEqual({ source: "shop", contract: "a@b/c", due: "2024-08-31" });
  for (const other of ["ch_1", `x${line?.id}`, `${line?.id}x`]) expect(readEstimateId(other)).toBeUndefined();
});

test("between two moments is what was due then", () => {
  const between = { from: day("2024-09-30"), to: day("2024-10-31") };
  expect(linesOf(ofAccountIn([granted(first)], [], between))).toEqual(estimated("2024-09-30"));
});

test("the estimates of a month's contract are as many as there are months, whatever the day", () => {
  const days = fc.integer({ min: 1, max: 31 });
  const months = fc.integer({ min: 1, max: 60 });
  fc.assert(
    fc.property(days, months, (date, count) => {
      const begin = new Date(Date.UTC(2024, 10 - count, 1));
      const anchor =
        midnightOf({ year: begin.getUTCFullYear(), month: begin.getUTCMonth() + 1, day: 1 }, "Asia/Tokyo") + (date - 1) * 86_400_000;
      const lines = owed(granted(anchor));
      const stepped = new Set(lines.map((line) => line.slice(0, 7)));
      // Each month has one, from the first one's to the last one's.
      expect(stepped.size).toBe(lines.length);
      if (date <= 26) expect(lines.length).toBe(count + 1);
    }),
  );
});
