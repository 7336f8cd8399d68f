import { expect, test } from "vitest";
import {
  charged,
  contract,
  finding,
  finds,
  granted,
  on,
  says,
  source,
  start,
  told,
  yen,
} from "../../../../support/both-sides/both-sides.ts";
import { linesOf, ofFindingIn } from "../../../refunds/stories.ts";

const hosting = "sub_2";
const link = (at: number, one = contract, other = hosting, id?: string) =>
  says("contract.linked", at, {
    ...(id !== undefined && { id }),
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

test("R-SIBLING 1: names the one that ended, and rests on its end, the link and what the living one was charged since", () => {
  const story = [
    ...both,
    link(start, contract, hosting, "link"),
    told("notice", on(2, 9), { contract }),
    told("contract.cancelled", on(2, 10), { contract, id: "end" }),
    charged(on(2, 10) - 1, "ch_3", { contract: hosting }),
    charged(on(2, 10), "ch_4", { contract: hosting, id: "charge" }),
    charged(on(2, 28), "ch_5", { contract: hosting }),
    told("charge.refunded", on(3, 1), { contract: hosting, charge: "ch_5", amount: yen(500) }),
  ];
  expect(finding(id, on(3, 1), story)).toMatchObject({
    cause: { kind: "sibling left active", ended: { source: "shop", contract }, endedAt: on(2, 10) },
    subject: { kind: "contract", source: "shop", id: hosting },
    severity: "notice",
    money: [yen(500)],
    since: on(2, 10),
    grace: { name: "sibling", until: on(2, 24) },
    names: { contracts: ["shop/sub_1", "shop/sub_2"], charges: ["ch_4"] },
    evidence: ["link", "charge", "end"],
  });
  const list = ofFindingIn(id, story);
  expect(list && linesOf(list)).toEqual(["ch_4 500 JPY"]);
});

test("R-SIBLING 1: of two that ended it names the one whose grace was over first", () => {
  const third = [charged(start, "ch_9", { contract: "sub_0" }), link(start, "sub_0", hosting)];
  const parts = [...both, ...third, link(start), ended, told("contract.cancelled", on(2, 12), { contract: "sub_0" })];
  expect(finding(id, on(3, 6), parts)?.cause).toMatchObject({ ended: { contract }, endedAt: on(2, 10) });
});

test("R-SIBLING 1: two that are linked more than once are so since the first time", () => {
  expect(sibling(on(2, 24), link(start), link(on(2, 20)), ended)).toEqual([id]);
});

test("R-SIBLING 3: a link is about the contracts of its sources, and not about others of those numbers", () => {
  const elsewhere = charged(start, "ch_8", { contract: hosting, source: "shop-2" });
  expect(sibling(on(3, 6), elsewhere, link(start), ended)).toEqual([id]);
});
