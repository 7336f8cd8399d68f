/** What both sides say of one contract, where they say it more than once, or one of them does not say it. */
import { describe, expect, test } from "vitest";
import {
  announcedEnd,
  dueAfterPaid,
  endBefore,
  entitlementOf,
  failuresOf,
  freeUntilOf,
  grantAt,
  intervalIn,
  isAlive,
  paidAt,
  paidUntil,
  priceAt,
  standingAt,
} from "../../../../core/findings/sides/contract-side.ts";
import { sidesOf } from "../../../../core/findings/sides/sides.ts";
import {
  accepted,
  charged,
  contract,
  days,
  granted,
  hours,
  on,
  type Part,
  partsOf,
  renewed,
  revoked,
  start,
  told,
  yen,
} from "../../../support/both-sides/both-sides.ts";

const side = (...parts: readonly Part[]) => {
  const [one] = sidesOf(partsOf(parts)).contracts;
  if (!one) throw new Error("no contract");
  return one;
};
const says = (type: Parameters<typeof told>[0], at: number, about: object = {}) => told(type, at, { contract, ...about });
const nameless = (at: number) => granted(at, { interval: undefined });

describe("how often it is charged", () => {
  test.each<readonly [string, readonly Part[], "month" | "year" | undefined]>([
    ["is what the last grant says that says it", [granted(1), granted(2, { interval: "year" }), nameless(3)], "year"],
    ["is what the application says before what the gateway does", [granted(1), says("notice", 2, { interval: "year" })], "month"],
    [
      "is else what the gateway said last",
      [nameless(1), says("notice", 2, { interval: "month" }), says("notice", 3, { interval: "year" }), says("notice", 4)],
      "year",
    ],
    ["is else what the gaps between charges show", [nameless(1), charged(start, "ch_1"), charged(start + days(365), "ch_2")], "year"],
    [
      "is not shown by what was not taken",
      [nameless(1), charged(start, "ch_1"), says("charge.failed", start + days(30), { charge: "ch_2" })],
      undefined,
    ],
  ])("%s", (_, parts, expected) => expect(intervalIn(side(...parts))).toBe(expected));
});

describe("until when it is free", () => {
  test("is the latest that either side has said", () => {
    const grant = granted(start, { freeUntil: on(2, 28) });
    expect(freeUntilOf(side(grant, granted(start + 1)))).toBe(on(2, 28));
    expect(freeUntilOf(side(grant, says("notice", start, { freeUntil: on(3, 31) })))).toBe(on(3, 31));
    expect(freeUntilOf(side(grant, says("notice", start, { freeUntil: on(2, 10) })))).toBe(on(2, 28));
    expect(freeUntilOf(side(granted(start)))).toBeUndefined();
  });

  test("counts as paid for, where that is later than what was paid", () => {
    const free = (until: number) => paidUntil(side(granted(start, { freeUntil: until }), charged(start, "ch_1")), "UTC");
    expect(free(on(2, 28) - 1)).toBe(on(2, 28));
    expect(free(on(3, 15))).toBe(on(3, 15));
  });
});

describe("when the next renewals are due", () => {
  const due = (...parts: readonly Part[]) => [0, 1, 2].map((count) => dueAfterPaid(side(...parts), "UTC", count));

  test("counts from the anchor of what was paid (R-TIME-3)", () => {
    expect(due(granted(start), charged(start, "ch_1"))).toEqual([on(2, 28), on(3, 31), on(4, 30)]);
  });

  test("counts from the end of the free time where that is later, or nothing was paid", () => {
    const free = granted(start, { freeUntil: on(3, 10) });
    expect(due(free)).toEqual([on(3, 10), on(4, 10), on(5, 10)]);
    expect(due(free, charged(start, "ch_1"))).toEqual([on(3, 10), on(4, 10), on(5, 10)]);
    expect(due(granted(start, { freeUntil: on(2, 28) }), charged(start, "ch_1"))).toEqual([on(2, 28), on(3, 31), on(4, 30)]);
  });

  test("is not known further than the free time where nobody knows the interval, and not at all where nothing was paid", () => {
    expect(due(granted(start, { freeUntil: on(3, 10), interval: undefined }))).toEqual([on(3, 10), undefined, undefined]);
    expect(due(granted(start))).toEqual([undefined, undefined, undefined]);
    expect(due(nameless(start), charged(start, "ch_1"))).toEqual([undefined, undefined, undefined]);
  });
});

describe("what the application says of the entitlement", () => {
  const standing = (moment: number, ...parts: readonly Part[]) => standingAt(side(...parts), moment)?.type;

  test("is its last word at a moment, that of the moment itself included", () => {
    const parts = [granted(10), revoked(20), granted(30)];
    expect([9, 10, 19, 20, 29, 30].map((moment) => standing(moment, ...parts)?.replace("entitlement.", ""))).toEqual([
      undefined,
      "granted",
      "granted",
      "revoked",
      "revoked",
      "granted",
    ]);
  });

  test("has stood since the first grant that no revocation and no gift has followed", () => {
    const since = (...parts: readonly Part[]) => entitlementOf(side(...parts))?.since;
    const gift = (at: number) => granted(at, { basis: "complimentary" });
    expect(since(granted(1), granted(2))).toBe(1);
    expect(since(granted(1), revoked(2), granted(3), granted(4))).toBe(3);
    expect(since(granted(1), gift(2), granted(3))).toBe(3);
    expect(since(granted(1), revoked(2))).toBeUndefined();
    expect(entitlementOf(side(granted(1), gift(2), gift(3)))).toMatchObject({ since: 2, isGift: true, last: { occurredAt: 3 } });
  });

  test("R-APP-3: is what it has accepted, until it says something itself", () => {
    const start = accepted(says("contract.started", 10));
    expect(standing(10, start)).toBe("entitlement.granted");
    expect(standing(10, start, revoked(5))).toBe("entitlement.revoked");
  });

  test("R-APP-6: sets the price from its time on, and before the first grant as well", () => {
    const one = side(granted(10), granted(20, { price: yen(800) }));
    expect([9, 10, 19, 20].map((moment) => priceAt(one, moment)?.minor)).toEqual([500, 500, 500, 800]);
    expect(grantAt(side(revoked(1)), 9)).toBeUndefined();
  });
});

describe("what the gateway says of its end", () => {
  test("counts at a moment that lies after the end and before it begins again", () => {
    const one = side(
      says("contract.started", 1),
      says("contract.cancelled", 10),
      says("contract.started", 20),
      says("contract.expired", 30),
    );
    expect([10, 11, 19, 20, 30, 31].map((moment) => endBefore(one, moment))).toEqual([undefined, 10, 10, undefined, undefined, 30]);
    expect(isAlive(one)).toBe(false);
    expect(isAlive(side(says("contract.cancelled", 10), says("contract.started", 20)))).toBe(true);
  });

  test("is announced by its last word on it, and taken back by one that it goes on", () => {
    const end = (at: number, endsAt: number | null) => says("notice", at, { endsAt });
    expect(announcedEnd(side(end(1, 50), end(2, 60), says("notice", 3)))).toBe(60);
    expect(announcedEnd(side(end(1, 50), end(2, null)))).toBeUndefined();
    expect(announcedEnd(side(says("notice", 3)))).toBeUndefined();
  });

  test("is not awaited of a contract of which it never said anything", () => expect(isAlive(side(granted(1)))).toBe(false));
});

describe("when it was paid for", () => {
  const paid = (...parts: readonly Part[]) => paidAt(side(...parts));
  const renewal = (at: number) => says("contract.renewed", at);

  test("is when each charge was taken, sorted, also where a refund followed", () => {
    const back = says("charge.refunded", on(3, 2), { charge: "ch_2", amount: yen(500) });
    expect(paid(charged(on(3, 1), "ch_2"), charged(start, "ch_1"), back)).toEqual([start, on(3, 1)]);
  });

  test("is each renewal for nothing as well, and of one that belongs to a charge what became of that, up to a day beside it", () => {
    expect(paid(charged(start, "ch_1"), renewal(on(2, 28)), says("notice", on(3, 28)))).toEqual([start, on(2, 28)]);
    expect(paid(renewal(start), charged(on(2, 28), "ch_1"))).toEqual([start, on(2, 28)]);
    expect(paid(charged(start, "ch_1"), charged(on(2, 28), "ch_2"), renewal(on(2, 28) + 1))).toEqual([start, on(2, 28)]);
    expect(paid(charged(on(2, 20), "ch_1"), renewed(on(2, 28), "ch_1"))).toEqual([on(2, 20)]);
    for (const sideways of [1, -1]) {
      expect(paid(charged(on(2, 28), "ch_1"), renewal(on(2, 28) + sideways * hours(24)))).toEqual([on(2, 28)]);
      expect(paid(charged(on(2, 28), "ch_1"), renewal(on(2, 28) + sideways * (hours(24) + 1)))).toHaveLength(2);
    }
    expect(paid(says("charge.failed", on(2, 28), { charge: "ch_1", amount: yen(500) }), renewal(on(2, 28)))).toEqual([]);
    expect(paid(renewed(on(2, 28), "ch_1"), says("charge.voided", on(2, 28) + 1, { charge: "ch_1" }))).toEqual([]);
  });

  test("is not when nothing was charged, but is when nothing was charged for a renewal", () => {
    const nothing = { amount: yen(0) };
    expect(paid(charged(start, "ch_1", nothing))).toEqual([]);
    expect(paid(renewed(start, "ch_1", nothing))).toEqual([start]);
    expect(paid(charged(start, "ch_1", nothing), renewal(start + 1))).toEqual([start + 1]);
    expect(paid(charged(start, "ch_1", { amount: yen(1) }))).toEqual([start]);
  });

  test("is a moment once, whatever was paid in it", () => {
    expect(paid(charged(start, "ch_1"), charged(start, "ch_2"))).toEqual([start]);
  });
});

test("it was tried in vain when a payment failed or was voided, and when one failed to which the gateway gives no id", () => {
  const parts = [
    says("charge.failed", 30),
    says("charge.failed", 10, { charge: "ch_1" }),
    says("charge.failed", 20, { charge: "ch_1" }),
    charged(40, "ch_2"),
    says("charge.voided", 45, { charge: "ch_2" }),
    charged(50, "ch_3"),
    says("charge.failed", 60, { charge: "ch_4" }),
    charged(70, "ch_4"),
    says("charge.authorized", 80, { charge: "ch_5" }),
    says("charge.failed", 90, { charge: "ch_6" }),
    charged(91, "ch_6"),
    says("charge.voided", 92, { charge: "ch_6" }),
    says("notice", 99),
  ];
  expect(failuresOf(side(...parts))).toEqual([10, 30, 40, 90]);
});
