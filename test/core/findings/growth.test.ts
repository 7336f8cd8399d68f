/** A contract can have tens of thousands of events, and an account a hundred contracts: each callback's look must not take longer than they are many. */
import { expect, test } from "vitest";
import { findingsOf } from "../../../core/findings/findings.ts";
import { charged, granted, hours, type Part, partsOf, says, settings, start, told, yen } from "../../support/both-sides/both-sides.ts";
import { growsGently } from "../../support/processor-time.ts";

const tokyo = { ...settings, traitsOf: () => ({ zone: "Asia/Tokyo", tellsRefunds: true, tellsEnds: true }) };

const many = (size: number, of: (at: number) => Part): readonly Part[] => Array.from({ length: size }, (_, at) => of(at));
const after = (at: number): number => start + hours(at);

test.each<readonly [string, (size: number) => readonly Part[]]>([
  ["charges", (size) => many(size, (at) => charged(after(at), `ch_${at}`))],
  [
    "charges of another price than was granted",
    (size) => [granted(start), ...many(size, (at) => charged(after(at), `ch_${at}`, { amount: yen(800) }))],
  ],
  ["card checks", (size) => many(size, (at) => told("card.verified", after(at), { contract: "sub_1", customer: "cus_1" }))],
  [
    "renewals that are reported apart from their charges",
    (size) => [
      granted(start),
      ...many(size, (at) => (at % 2 ? told("contract.renewed", after(at), { contract: "sub_1" }) : charged(after(at), `ch_${at}`))),
    ],
  ],
  [
    "charges of many contracts with one plan",
    (size) => [
      ...many(100, (at) => granted(start, { contract: `sub_${at}` })),
      ...many(size, (at) => charged(after(at), `ch_${at}`, { contract: `sub_${at % 100}` })),
    ],
  ],
  [
    "refunds that are asked for",
    (size) => [
      ...many(size, (at) => charged(after(at), `ch_${at}`)),
      ...many(size, (at) => says("refund.requested", after(at), { charge: `ch_${at}`, amount: yen(500) })),
    ],
  ],
  [
    "grants by order",
    (size) => [
      ...many(size, (at) => charged(after(at), `ch_${at}`, { order: `A-${at}` })),
      ...many(size, (at) => says("entitlement.granted", after(at), { order: `A-${at}` })),
    ],
  ],
])("take their time gently: %s", (_, story) => {
  expect(growsGently((size) => findingsOf(partsOf(story(size)), tokyo, after(100_000)), 1_000)).toBe(true);
});
