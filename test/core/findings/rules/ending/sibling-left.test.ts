import { expect, test } from "vitest";
import { charged, contract, finds, found, granted, on, says, source, start, told } from "../../../../support/both-sides/both-sides.ts";

const hosting = "sub_2";
const link = (at: number, one = contract, other = hosting) =>
  says("contract.linked", at, {
    contracts: [
      { source, contract: one },
      { source, contract: other },
    ],
  });
const both = [
  granted(start),
  charged(start, "ch_1"),
  granted(start, { contract: hosting, plan: "hosting" }),
  charged(start, "ch_2", { contract: hosting }),
];
const ended = told("contract.cancelled", on(2, 10), { contract });
const sibling = (now: number, ...parts: Parameters<typeof finds>[1]) => finds(now, [...both, ...parts], "SIBLING");
const id = "SIBLING:shop/sub_2";

test("R-SIBLING 1: the one that goes on is found 14 days after the end, with its charges since, as a notice", () => {
  expect(sibling(on(2, 24) - 1, link(start), ended)).toEqual([]);
  expect(sibling(on(2, 24), link(start), ended)).toEqual([id]);
  expect(sibling(on(3, 1), link(start), ended, charged(on(2, 28), "ch_3", { contract: hosting }))).toEqual([`${id} 500 JPY`]);
  expect(found(on(3, 1), [...both, link(start), ended]).findings.find((one) => one.class === "SIBLING")?.severity).toBe("notice");
});

test("R-SIBLING 1: counts from the link where that is the later", () => {
  expect(sibling(on(3, 6) - 1, link(on(2, 20)), ended)).toEqual([]);
  expect(sibling(on(3, 6), link(on(2, 20)), ended)).toEqual([id]);
});

test("R-SIBLING 1: is none while both live, or once both have ended", () => {
  expect(sibling(on(3, 6), link(start))).toEqual([]);
  expect(sibling(on(3, 6), link(start), ended, told("contract.cancelled", on(2, 12), { contract: hosting }))).toEqual([]);
});

test("R-SIBLING 3: nothing is concluded from the same account or customer", () => {
  expect(sibling(on(3, 6), ended)).toEqual([]);
});

test("R-SIBLING 4: over a third contract, the one that is linked to what ended is a finding", () => {
  const third = [granted(start, { contract: "sub_3", plan: "mail" }), charged(start, "ch_9", { contract: "sub_3" })];
  expect(sibling(on(3, 6), ...third, link(start), link(start, hosting, "sub_3"), ended)).toEqual([id]);
});
