import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sidesOf } from "../../../core/findings/sides/sides.ts";
import { ofAccount } from "../../../core/refunds/of-account.ts";
import { createListed, placeOfId, refundList } from "../../../core/refunds/refund-list.ts";
import { refundSums } from "../../../core/refunds/refund-sums.ts";
import { charged, contract, granted, on, type Part, partsOf, revoked, says, told, yen } from "../../support/both-sides/both-sides.ts";
import { byHand, linesOf, listOf, ofAccountIn, records } from "./stories.ts";

const begin = on(1, 31);
const refund = (at: number, charge: string, minor: number, about = {}) =>
  told("charge.refunded", at, { charge, contract, amount: yen(minor), refund: `re_${at}`, ...about });
const dispute = (type: "dispute.opened" | "dispute.won" | "dispute.lost", charge: string, minor: number) =>
  told(type, on(3, 1), { charge, contract, dispute: "dp_1", amount: yen(minor) });

describe("R-BACK-1: to give back is what was charged, less what was refunded and what lost disputes took", () => {
  const owed = (...parts: readonly Part[]) => linesOf(ofAccountIn([granted(begin), charged(begin, "ch_1"), ...parts]));

  test("in parts", () => {
    expect(owed(refund(on(2, 2), "ch_1", 100), refund(on(2, 3), "ch_1", 150))).toEqual(["ch_1 250 of 500 JPY"]);
    expect(owed(dispute("dispute.lost", "ch_1", 200), refund(on(2, 2), "ch_1", 100))).toEqual(["ch_1 200 of 500 JPY"]);
  });

  test("with all that is known of the payment, and nothing that is not", () => {
    const parts = [
      granted(begin, { customer: "cus_1" }),
      charged(begin, "ch_1", { customer: "cus_1", order: "A-7", alsoKnownAs: ["in_1"] }),
    ];
    expect(ofAccountIn(parts).lines).toEqual([
      {
        source: "shop",
        contract: "sub_1",
        account: "acc_1",
        customer: "cus_1",
        id: "ch_1",
        ids: ["ch_1", "in_1"],
        order: "A-7",
        isEstimated: false,
        at: begin,
        currency: "JPY",
        charged: 500,
        refunded: 0,
        chargedBack: 0,
        byHand: 0,
        left: 500,
      },
    ]);
  });

  test("a line of which nothing is left is not listed", () => {
    expect(owed(refund(on(2, 2), "ch_1", 500))).toEqual([]);
    expect(owed(dispute("dispute.lost", "ch_1", 500))).toEqual([]);
    expect(owed(refund(on(2, 2), "ch_1", 400), dispute("dispute.lost", "ch_1", 500))).toEqual([]);
  });

  test("won and open disputes deduct nothing, and an open one is marked", () => {
    expect(owed(dispute("dispute.won", "ch_1", 500))).toEqual(["ch_1 500 JPY"]);
    const { lines } = ofAccountIn([granted(begin), charged(begin, "ch_1"), dispute("dispute.opened", "ch_1", 500)]);
    expect(lines).toMatchObject([{ left: 500, isDisputed: true }]);
  });

  test("what went back in another currency deducts nothing, and is said beside the line", () => {
    const back = refund(on(2, 2), "ch_1", 300);
    const euros = refund(on(2, 2), "ch_1", 300, { amount: { minor: 300, currency: "EUR" } });
    const { lines } = ofAccountIn([granted(begin), charged(begin, "ch_1"), euros]);
    expect(lines).toMatchObject([{ left: 500, otherwise: [{ currency: "EUR", refunded: 300, chargedBack: 0 }] }]);
    expect(ofAccountIn([granted(begin), charged(begin, "ch_1"), back]).lines[0]).not.toHaveProperty("otherwise");
  });

  test("a refund that is announced deducts nothing, and is marked", () => {
    const announced = told("refund.pending", on(2, 2), { charge: "ch_1", contract, refund: "re_1", amount: yen(200) });
    expect(ofAccountIn([granted(begin), charged(begin, "ch_1"), announced]).lines).toMatchObject([{ left: 500, pending: 200 }]);
  });

  test("of several ways in which it went back, that it was by hand or by the bank is said first, however little that was", () => {
    const whyOf = (parts: readonly Part[], hands: Parameters<typeof ofAccountIn>[1] = []) =>
      ofAccountIn([granted(begin), charged(begin, "ch_1"), refund(on(2, 2), "ch_1", 499), ...parts], hands).nothing.map(({ why }) => why);
    expect(whyOf([], [byHand("ch_1", on(3, 1), 1)])).toEqual(["given back by hand"]);
    expect(whyOf([dispute("dispute.lost", "ch_1", 1)])).toEqual(["charged back"]);
  });

  test("what is announced is added up alone, and one of several disputes that is open counts", () => {
    const announced = told("refund.pending", on(2, 2), { charge: "ch_1", contract, refund: "re_9", amount: yen(1) });
    const won = told("dispute.won", on(2, 3), { charge: "ch_1", contract, dispute: "dp_9", amount: yen(5) });
    const parts = [
      granted(begin),
      charged(begin, "ch_1"),
      refund(on(2, 1), "ch_1", 100),
      announced,
      won,
      dispute("dispute.opened", "ch_1", 9),
    ];
    expect(ofAccountIn(parts).lines).toMatchObject([{ left: 400, pending: 1, isDisputed: true }]);
  });

  test("failed, voided, merely authorised payments, free ones and card checks are none, and it is said why", () => {
    const parts = [
      granted(begin),
      told("charge.failed", begin, { charge: "failed", contract, amount: yen(500) }),
      charged(begin, "voided"),
      told("charge.voided", begin + 1, { charge: "voided", contract }),
      told("charge.authorized", begin, { charge: "held", contract, amount: yen(500) }),
      charged(begin, "free", { amount: yen(0) }),
      charged(begin, "back"),
      refund(begin + 1, "back", 500),
      charged(begin, "lost"),
      dispute("dispute.lost", "lost", 500),
      charged(begin, "untold", { amount: undefined } as object),
      told("charge.voided", begin, { charge: "only voided", contract }),
      told("card.verified", begin, { charge: "check", contract }),
      told("charge.authorized", begin, { charge: "one", contract, amount: yen(1) }),
    ] as readonly Part[];
    const { lines, nothing } = ofAccountIn(parts);
    expect(lines).toEqual([]);
    expect(Object.fromEntries(nothing.map(({ id, why }) => [id, why]))).toEqual({
      failed: "failed",
      voided: "voided",
      "only voided": "voided",
      held: "authorized",
      free: "free",
      back: "refunded",
      lost: "charged back",
      untold: "amount unknown",
    });
  });

  test("single purchases are listed behind the contracts of their source, whatever these are called", () => {
    const parts = [
      granted(begin, { contract: "zeta", customer: "cus_1" }),
      charged(begin, "ch_2", { contract: "zeta", customer: "cus_1" }),
      told("charge.succeeded", begin, { charge: "ch_1", customer: "cus_1", amount: yen(500) }),
    ];
    const { payments } = ofAccount("acc_1", sidesOf(partsOf(parts)));
    for (const some of [payments, payments.toReversed()])
      expect(linesOf(listOf({ payments: some, past: [] }))).toEqual(["ch_2 500 JPY", "ch_1 500 JPY"]);
  });

  test("currencies are never added up", () => {
    const dollars = charged(on(2, 1), "ch_2", { amount: { minor: 1_950, currency: "USD" } });
    const { lines } = ofAccountIn([granted(begin), charged(begin, "ch_1"), dollars, charged(on(2, 3), "ch_3")]);
    for (const some of [lines, lines.toReversed(), lines.toSorted((one) => (one.currency === "USD" ? -1 : 1))])
      expect(refundSums(some)).toEqual([
        { currency: "JPY", lines: 2, left: 1_000, estimated: 0, isEstimated: false },
        { currency: "USD", lines: 1, left: 1_950, estimated: 0, isEstimated: false },
      ]);
  });
});

describe("R-BACK-3: an account has", () => {
  const other = { contract: "sub_2", source: "shop-2" };

  test("the contracts of all sources, living and ended, and not those of another account", () => {
    const parts = [
      granted(begin),
      charged(begin, "ch_1"),
      told("contract.cancelled", on(2, 3), { contract }),
      granted(begin, other),
      charged(on(2, 1), "ch_2", other),
      says("contract.linked", on(2, 1), {
        contracts: [
          { source: "shop", contract },
          { source: "shop", contract: "sub_9" },
        ],
      }),
      granted(begin, { account: "acc_9", contract: "sub_9" }),
      charged(on(2, 2), "ch_9", { contract: "sub_9" }),
    ];
    expect(linesOf(ofAccountIn(parts)).toSorted()).toEqual(["ch_1 500 JPY", "ch_2 500 JPY"]);
  });

  test("the single purchases of the same customers, and contracts of theirs that the application never named", () => {
    const parts = [
      granted(begin, { customer: "cus_1" }),
      charged(begin, "ch_1", { customer: "cus_1" }),
      charged(on(2, 1), "ch_2", { contract: "sub_x", customer: "cus_1" }),
      told("charge.succeeded", on(2, 2), { charge: "single", customer: "cus_1", order: "A-7", amount: yen(70) }),
      told("charge.succeeded", on(2, 2), { charge: "stranger", customer: "cus_2", amount: yen(70) }),
      charged(on(2, 3), "ch_3", { contract: "sub_y", customer: "cus_2" }),
      granted(begin, { account: "acc_2", contract: "sub_2", customer: "cus_9" }),
      charged(on(2, 4), "ch_4", { contract: "sub_2", customer: "cus_9" }),
    ];
    const { lines } = ofAccountIn(parts);
    expect(ofAccount("acc_1", sidesOf(partsOf(parts))).shared).toEqual([]);
    expect(lines.map(({ id }) => id)).toEqual(["ch_1", "ch_2", "single"]);
    expect(lines[2]).toMatchObject({ account: "acc_1", customer: "cus_1", order: "A-7" });
    expect(lines[2]).not.toHaveProperty("contract");
  });

  test("none of what a customer bought who is another account's too, unless the application asks it back for this one", () => {
    const parts = [
      granted(begin, { customer: "cus_1" }),
      charged(begin, "ch_1", { customer: "cus_1" }),
      granted(begin, { account: "acc_2", contract: "sub_2", customer: "cus_1" }),
      told("charge.succeeded", on(2, 2), { charge: "single", alsoKnownAs: ["other"], customer: "cus_1", amount: yen(70) }),
    ];
    const selection = ofAccount("acc_1", sidesOf(partsOf(parts)));
    expect(selection.shared).toEqual([{ source: "shop", customer: "cus_1" }]);
    expect(linesOf(listOf(selection))).toEqual(["ch_1 500 JPY"]);
    const more = [
      granted(begin, { customer: "cus_0", contract: "sub_3" }),
      granted(begin, { account: "acc_2", contract: "sub_4", customer: "cus_0" }),
    ];
    const both = ofAccount("acc_1", sidesOf(partsOf([...parts, ...more])));
    expect(both.shared.map(({ customer }) => customer)).toEqual(["cus_0", "cus_1"]);
    const asked = says("refund.requested", on(2, 3), { charge: "single", amount: yen(70) });
    expect(linesOf(ofAccountIn([...parts, asked]))).toEqual(["ch_1 500 JPY", "single 70 JPY"]);
  });

  test("nothing twice: neither a payment of two contracts, nor one that several ids or a granted order lead to", () => {
    const parts = [
      granted(begin, { customer: "cus_1" }),
      granted(begin, { contract: "sub_2" }),
      charged(begin, "ch_1", { alsoKnownAs: ["in_1"] }),
      told("notice", begin, { contract: "sub_2", charge: "in_1" }),
      charged(begin, "ch_1", { contract: "sub_2" }),
      granted(begin, { contract: undefined, order: "A-7" } as object),
      told("charge.succeeded", on(2, 2), { charge: "single", alsoKnownAs: ["x"], customer: "cus_1", order: "A-7", amount: yen(70) }),
      told("notice", on(2, 2), { charge: "x" }),
    ];
    expect(ofAccountIn(parts).lines.reduce((sum, { left }) => sum + left, 0)).toBe(570);
  });
});

test("lines are in the order of their contracts and of time, single purchases last", () => {
  const about = { customer: "cus_1" };
  const parts = [
    granted(begin, about),
    granted(begin, { ...about, contract: "sub_2", plan: "gold" }),
    told("charge.succeeded", begin, { ...about, charge: "single", amount: yen(70) }),
    charged(on(2, 2), "c", { ...about, contract: "sub_2" }),
    charged(on(2, 3), "b", about),
    charged(on(2, 3), "a", about),
    charged(on(2, 1), "d", about),
  ];
  const { payments, past } = ofAccount("acc_1", sidesOf(partsOf(parts)));
  const ids = linesOf(listOf({ payments: payments.toReversed(), past })).map((text) => text.slice(0, text.indexOf(" ")));
  expect(ids).toEqual(["d", "a", "b", "c", "single"]);
});

test("what was listed by one of its ids is listed, and so are its others; an estimate is listed once", () => {
  const { first } = createListed();
  expect([first("s", ["a", "b"]), first("s", ["b", "c"]), first("s", ["c"]), first("t", ["a"])]).toEqual([true, false, false, true]);
  expect(placeOfId("shop", "ch_1")).toBe("shop/ch_1");
  const selection = ofAccount("acc_1", sidesOf(partsOf([granted(on(9, 5, 2024))])));
  const how = { listed: createListed(), byHand: new Map(), records };
  expect([refundList(selection, how), refundList(selection, how)].map(({ lines }) => lines.length)).toEqual([3, 0]);
});

test("R-TIME-4: between two moments is from the first up to and without the last, by the charges' own time", () => {
  const parts = [granted(begin), ...[0, 1, 2].map((after) => charged(on(2, 1) + after, `ch_${after}`))];
  expect(linesOf(ofAccountIn(parts, [], { from: on(2, 1), to: on(2, 1) + 2 }))).toEqual(["ch_0 500 JPY", "ch_1 500 JPY"]);
});

describe("whatever is told", () => {
  const amounts = fc.integer({ min: 2, max: 900 });
  const charge = fc.constantFrom("ch_1", "ch_2", "ch_3");
  const moment = fc.integer({ min: 0, max: 40 }).map((day) => begin + day * 86_400_000);
  const part = fc.oneof(
    fc
      .record({ charge, moment, amounts })
      .map((one) => charged(one.moment, one.charge, { id: `c${one.charge}${one.moment}${one.amounts}`, amount: yen(one.amounts) })),
    fc
      .record({ charge, moment, amounts })
      .map((one) => refund(one.moment, one.charge, one.amounts, { id: `r${one.charge}${one.moment}${one.amounts}` })),
    fc
      .record({ charge, moment })
      .map((one) => told("charge.voided", one.moment, { id: `v${one.charge}${one.moment}`, charge: one.charge, contract })),
    fc.record({ charge, amounts }).map((one) => dispute("dispute.lost", one.charge, one.amounts)),
  );
  const said = fc.array(
    fc.record({ charge, moment, amounts }).map((one) => byHand(one.charge, one.moment, one.amounts)),
    { maxLength: 4 },
  );
  const stories = fc.array(part, { maxLength: 12 }).map((parts) => [granted(begin, { id: "g" }), ...parts]);

  test("no line is below nothing or above what was charged, and the sum is that of its parts", () => {
    fc.assert(
      fc.property(stories, said, (parts, hands) => {
        const { lines } = ofAccountIn(parts, hands);
        for (const { left, charged: taken } of lines) expect(left > 0 && left <= taken).toBe(true);
        const sum = lines.reduce((all, { left }) => all + left, 0);
        expect(refundSums(lines).map(({ left }) => left)).toEqual(sum > 0 ? [sum] : []);
      }),
    );
  });

  test("neither order nor repetition changes the list (P5)", () => {
    fc.assert(
      fc.property(stories, said, fc.gen(), (parts, hands, pick) => {
        const shuffled = pick(fc.shuffledSubarray, parts, { minLength: parts.length });
        const again = [...shuffled, ...pick(fc.subarray, parts)];
        expect(ofAccountIn(again, [...hands, ...hands].toReversed())).toEqual(ofAccountIn(parts, hands));
      }),
    );
  });

  test("two selections that overlap give no payment back twice in one run", () => {
    fc.assert(
      fc.property(stories, fc.nat(), fc.nat(), (parts, one, other) => {
        const { payments, past } = ofAccount("acc_1", sidesOf(partsOf(parts)));
        const how = { listed: createListed(), byHand: new Map(), records };
        const cut = (at: number) => ({ payments: payments.slice(0, at % (payments.length + 1)), past });
        const both = [cut(one), cut(other)].flatMap((selection) => refundList(selection, how).lines);
        const whole = refundList({ payments, past }, { ...how, listed: createListed() }).lines;
        expect(new Set(both.map(({ id }) => id)).size).toBe(both.length);
        expect(both.every(({ id, left }) => whole.some((line) => line.id === id && line.left === left))).toBe(true);
      }),
    );
  });
});

test("a pause in the entitlement takes no recorded charge away", () => {
  expect(linesOf(ofAccountIn([granted(begin), revoked(on(2, 1)), charged(on(2, 2), "ch_1")]))).toEqual(["ch_1 500 JPY"]);
});
