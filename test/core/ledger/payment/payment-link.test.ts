import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Entry } from "../../../../core/ledger/entry.ts";
import { copiesFor, isAbout, mostIds, newLink, unlinked } from "../../../../core/ledger/payment/payment-link.ts";
import { paymentEvent } from "../../../support/samples.ts";

const event = paymentEvent({ charge: "ch_1", alsoKnownAs: ["in_1", "pi_1"], contract: "sub_1" });
const names = (prefix: string, count: number) => Array.from({ length: count }, (_, at) => `${prefix}_${at}`);

describe("what an event says of an id of its payment", () => {
  test("is the payment's other ids, and its contract", () => {
    expect(newLink(event, "ch_1", unlinked)).toEqual({ ids: ["in_1", "pi_1"], contracts: ["sub_1"] });
    expect(newLink(event, "in_1", unlinked)).toEqual({ ids: ["ch_1", "pi_1"], contracts: ["sub_1"] });
    const long = "x".repeat(3_000);
    expect(newLink(paymentEvent({ charge: "ch_1", contract: long }), "ch_1", unlinked)?.contracts).toEqual([
      expect.stringMatching(/^sha256:/),
    ]);
  });

  test("is what is not known yet, and nothing when all of it is", () => {
    expect(newLink(event, "ch_1", { ids: ["in_1"], contracts: ["sub_1"] })).toEqual({ ids: ["pi_1"], contracts: [] });
    expect(newLink(event, "ch_1", { ids: ["pi_1", "in_1"], contracts: [] })).toEqual({ ids: [], contracts: ["sub_1"] });
    expect(newLink(event, "ch_1", { ids: ["pi_1", "in_1"], contracts: ["sub_1"] })).toBeUndefined();
    expect(newLink(paymentEvent({ charge: "ch_1" }), "ch_1", unlinked)).toBeUndefined();
  });

  test("is 32 ids and eight contracts at most: what has more is no payment's id", () => {
    expect(mostIds).toBe(32);
    const many = paymentEvent({ charge: "ch_1", alsoKnownAs: names("in", 40) });
    expect(newLink(many, "ch_1", unlinked)?.ids).toEqual(names("in", 32));
    expect(newLink(many, "ch_1", { ids: names("pi", 31), contracts: [] })?.ids).toEqual(["in_0"]);
    expect(newLink(many, "ch_1", { ids: names("pi", 32), contracts: [] })).toBeUndefined();
    expect(newLink(many, "ch_1", { ids: names("pi", 33), contracts: [] })).toBeUndefined();
    const known = (count: number) => ({ ids: ["in_1", "pi_1"], contracts: names("sub_other", count) });
    expect(newLink(event, "ch_1", known(7))?.contracts).toEqual(["sub_1"]);
    expect(newLink(event, "ch_1", known(8))).toBeUndefined();
    expect(newLink(event, "ch_1", known(9))).toBeUndefined();
  });

  test("is learned in any order with the same end, and once", () => {
    const events = ["in_1", "in_2", "pi_1"].map((id) => paymentEvent({ charge: "ch_1", alsoKnownAs: [id], contract: `of_${id}` }));
    const learn = (all: typeof events) =>
      all.reduce((known, one) => {
        const link = newLink(one, "ch_1", known) ?? unlinked;
        return { ids: [...known.ids, ...link.ids], contracts: [...known.contracts, ...link.contracts] };
      }, unlinked);
    fc.assert(
      fc.property(fc.shuffledSubarray([...events, ...events], { minLength: 6 }), (all) => {
        const { ids, contracts } = learn(all);
        expect([ids.toSorted(), contracts.toSorted()]).toEqual([
          ["in_1", "in_2", "pi_1"],
          ["of_in_1", "of_in_2", "of_pi_1"],
        ]);
      }),
    );
  });
});

test("an event is about a payment when it names any of its ids", () => {
  expect(isAbout(event, new Set(["pi_1", "x"]))).toBe(true);
  expect(isAbout(event, new Set(["x"]))).toBe(false);
  expect(isAbout(paymentEvent(), new Set(["ch_1"]))).toBe(false);
});

describe("what was found about a payment", () => {
  const entry = (id: string, contract: string): Entry => ({
    source: "sandbox",
    contract,
    event: paymentEvent({ id }),
    record: `sandbox/${id}`,
  });

  test("is put into the line of each of its contracts, where it is not there already", () => {
    const found = [entry("evt_1", "ch_1"), entry("evt_2", "sub_1")];
    expect(copiesFor(["sub_1"], found)).toEqual([entry("evt_1", "sub_1")]);
    expect(copiesFor(new Set(["sub_1", "sub_2"]), found)).toEqual([
      entry("evt_1", "sub_1"),
      entry("evt_1", "sub_2"),
      entry("evt_2", "sub_2"),
    ]);
    expect(copiesFor(["sub_1"], [entry("evt_1", "sub_1"), entry("evt_1", "ch_1")])).toEqual([]);
    expect(copiesFor([], found)).toEqual([]);
  });
});
