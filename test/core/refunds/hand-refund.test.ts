import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { distinct } from "../../../core/refunds/hand-refund.ts";
import { charged, contract, granted, on, type Part, told, yen } from "../../support/both-sides/both-sides.ts";
import { byHand, ofAccountIn, type Said } from "./stories.ts";

const begin = on(1, 31);
const back = (at: number, minor: number, refund?: string) =>
  told("charge.refunded", at, { charge: "ch_1", contract, amount: yen(minor), ...(refund !== undefined && { refund }) });
/** What of 2,000 yen is left, and what counts as given back by hand. */
const left = (said: readonly Said[], ...parts: readonly Part[]) => {
  const { lines } = ofAccountIn([granted(begin), charged(begin, "ch_1", { amount: yen(2_000) }), ...parts], said);
  return lines.map((line) => [line.left, line.byHand]);
};

test("what operators said is taken each once, by its day and then its id, in whatever order it was read (P5)", () => {
  const said = [byHand("a", on(2, 9), 1, { id: "0" }), byHand("b", on(2, 5), 1, { id: "2" }), byHand("b", on(2, 5), 1, { id: "1" })].map(
    ({ refund }) => refund,
  );
  fc.assert(
    fc.property(fc.shuffledSubarray([...said, ...said], { minLength: 6 }), (read) => {
      expect(distinct(read).map(({ id, at }) => [at, id])).toEqual([
        [on(2, 5), "1"],
        [on(2, 5), "2"],
        [on(2, 9), "0"],
      ]);
    }),
  );
});

describe("what was given back by hand", () => {
  test("is deducted, and says so", () => {
    expect(left([byHand("ch_1", on(2, 5), 500)])).toEqual([[1_500, 500]]);
    const { lines, nothing } = ofAccountIn([granted(begin), charged(begin, "ch_1")], [byHand("ch_1", on(2, 5), 500)]);
    expect([lines, nothing]).toEqual([[], [expect.objectContaining({ id: "ch_1", why: "given back by hand" })]]);
  });

  test("is found by any id of the payment, and deducted once", () => {
    const also = told("notice", begin, { contract, charge: "ch_1", alsoKnownAs: ["in_1"] });
    expect(left([byHand("in_1", on(2, 5), 500, { id: "x" }), byHand("ch_1", on(2, 5), 500, { id: "x" })], also)).toEqual([[1_500, 500]]);
  });

  test("and is then reported by the gateway, is deducted once", () => {
    expect(left([byHand("ch_1", on(2, 5), 500)], back(on(2, 7), 500, "re_1"))).toEqual([[1_500, 0]]);
    expect(left([byHand("ch_1", on(2, 5), 500)], back(on(2, 7), 500))).toEqual([[1_500, 0]]);
    expect(left([byHand("ch_1", on(2, 5), 2_000)], back(on(2, 7), 2_000, "re_1"))).toEqual([]);
  });

  test("is the refund of the same amount also when the gateway reported it up to a week before, and no earlier one", () => {
    expect(left([byHand("ch_1", on(2, 12), 500)], back(on(2, 5), 500, "re_1"))).toEqual([[1_500, 0]]);
    expect(left([byHand("ch_1", on(2, 12), 500)], back(on(2, 5) - 1, 500, "re_1"))).toEqual([[1_000, 500]]);
    expect(left([byHand("ch_1", on(2, 12), 500)], back(on(2, 5), 400, "re_1"))).toEqual([[1_100, 500]]);
  });

  test("and is reported in parts, or together with another, is deducted once", () => {
    expect(left([byHand("ch_1", on(2, 5), 500)], back(on(2, 5), 200, "re_1"), back(on(2, 6), 300, "re_2"))).toEqual([[1_500, 0]]);
    expect(left([byHand("ch_1", on(2, 5), 500)], back(on(2, 5), 200, "re_1"))).toEqual([[1_500, 300]]);
    expect(left([byHand("ch_1", on(2, 5), 500), byHand("ch_1", on(2, 6), 100)], back(on(2, 7), 600, "re_1"))).toEqual([[1_400, 0]]);
  });

  test("twice, and is reported once, is deducted twice: a refund explains its amount once", () => {
    const twice = [byHand("ch_1", on(2, 5), 500, { id: "a" }), byHand("ch_1", on(2, 5), 500, { id: "b" })];
    expect(left(twice, back(on(2, 7), 500, "re_1"))).toEqual([[1_000, 500]]);
    expect(left(twice, back(on(2, 7), 500, "re_1"), back(on(2, 8), 500, "re_2"))).toEqual([[1_000, 0]]);
  });

  test("explains no more than a refund has, and each refund is used up by the first statement that it fits", () => {
    const [early, late] = [byHand("ch_1", on(2, 5), 300, { id: "a" }), byHand("ch_1", on(2, 5), 310, { id: "b" })];
    expect(left([early, late], back(on(2, 6), 400, "re_1"))).toEqual([[1_390, 210]]);
    const same = [byHand("ch_1", on(2, 12), 500, { id: "a" }), byHand("ch_1", on(2, 26), 500, { id: "b" })];
    expect(left(same, back(on(2, 6), 500, "re_1"), back(on(2, 20), 500, "re_2"))).toEqual([[1_000, 0]]);
    expect(left(same.toReversed(), back(on(2, 20), 500, "re_2"), back(on(2, 6), 1_000))).toEqual([[1_000, 0]]);
  });

  test("is held against what a running total has beyond the refunds that are named, at the time of the last total", () => {
    expect(left([byHand("ch_1", on(2, 8), 800)], back(on(2, 5), 300, "re_1"), back(on(2, 8), 800))).toEqual([[900, 300]]);
    expect(left([byHand("ch_1", on(2, 5), 600)], back(on(2, 3), 500), back(on(2, 8), 300, "re_1"))).toEqual([[1_200, 300]]);
    const part = (id: string, at: number) => told("charge.refunded", at, { charge: "ch_1", contract, part: id, amount: yen(300) });
    expect(left([byHand("ch_1", on(2, 5), 500)], part("p1", on(2, 2)), part("p2", on(2, 9)))).toEqual([[1_400, 0]]);
  });

  test("is deducted beside a refund from long before it", () => {
    expect(left([byHand("ch_1", on(4, 1), 1_500)], back(on(2, 2), 500, "re_1"))).toEqual([]);
    expect(left([byHand("ch_1", on(4, 1), 1_000)], back(on(2, 2), 500, "re_1"))).toEqual([[500, 1_000]]);
  });

  test("in another currency, or of a refund in one or that failed, explains nothing", () => {
    const dollars = told("charge.refunded", on(2, 7), {
      charge: "ch_1",
      contract,
      refund: "re_9",
      amount: { minor: 500, currency: "USD" },
    });
    expect(left([byHand("ch_1", on(2, 5), 500)], dollars)).toEqual([[1_500, 500]]);
    expect(left([byHand("ch_1", on(2, 5), 500, { amount: { minor: 500, currency: "USD" } })])).toEqual([[2_000, 0]]);
    const failed = told("refund.failed", on(2, 8), { charge: "ch_1", contract, refund: "re_1", amount: yen(500) });
    expect(left([byHand("ch_1", on(2, 5), 500)], back(on(2, 7), 500, "re_1"), failed)).toEqual([[1_500, 500]]);
  });
});
