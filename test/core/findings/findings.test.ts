import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ApplicationEvent } from "../../../core/application/event.ts";
import { eventTypes } from "../../../core/event.ts";
import { remedyOf, sentenceOf } from "../../../core/findings/finding-text.ts";
import { findingsOf } from "../../../core/findings/findings.ts";
import { granted, hours, on, type Part, partsOf, says, settings, start, told, yen } from "../../support/both-sides/both-sides.ts";

const contracts = fc.constantFrom("sub_1", "sub_2", "sub_3");
const moments = fc.nat({ max: 60 }).map((day) => start + day * hours(24));
const optional = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined });

/** Few ids and few times, so that what is said often meets. */
const gatewaySays: fc.Arbitrary<Part> = fc
  .record({
    type: fc.constantFrom(...eventTypes),
    at: moments,
    contract: optional(contracts),
    charge: optional(fc.constantFrom("ch_1", "ch_2", "ch_3")),
    customer: optional(fc.constantFrom("cus_1", "cus_2")),
    order: optional(fc.constantFrom("A-1", "A-2")),
    minor: fc.constantFrom(1, 500, 800),
    renews: fc.boolean(),
    source: fc.constantFrom("shop", "shop-2"),
    endsAt: optional(moments),
  })
  .map(({ type, at, minor, renews, ...about }) => {
    const known = Object.fromEntries(Object.entries(about).filter(([, value]) => value !== undefined));
    return told(type, at, { ...known, amount: yen(minor) }, ...(renews ? (["contract.renewed"] as const) : []));
  });

const applicationSays: fc.Arbitrary<Part> = fc
  .record({
    type: fc.constantFrom<ApplicationEvent["type"]>(
      "entitlement.granted",
      "entitlement.granted",
      "entitlement.revoked",
      "cancellation.requested",
      "account.closed",
      "account.reopened",
      "contract.linked",
      "refund.requested",
    ),
    at: moments,
    contract: contracts,
    byOrder: fc.boolean(),
    account: fc.constantFrom("acc_1", "acc_2"),
    source: fc.constantFrom("shop", "shop-2"),
    price: fc.constantFrom(yen(500), yen(800)),
    freeUntil: optional(moments),
  })
  .map(({ type, at, contract, byOrder, account, source, price, freeUntil }) => {
    if (type === "contract.linked")
      return says(type, at, {
        contracts: [
          { source, contract },
          { source: "shop", contract: "sub_2" },
        ],
      });
    if (type === "account.closed" || type === "account.reopened") return says(type, at, { account });
    if (type === "refund.requested") return says(type, at, { account, source, contract, charge: "ch_1", amount: price });
    if (type !== "entitlement.granted") return says(type, at, { account, source, contract } as object);
    return says(type, at, {
      account,
      source,
      price,
      ...(byOrder ? { order: "A-1", customer: "cus_1" } : { contract }),
      ...(freeUntil && { freeUntil }),
    });
  });

const story = fc.array(fc.oneof(gatewaySays, applicationSays), { maxLength: 24 });
const runs = { numRuns: 100 };

describe("findings", () => {
  test("are the same for every order, interleaving and repetition of what both sides said (P5)", () => {
    const retold = story.chain((parts) =>
      fc.tuple(
        fc.constant(parts),
        fc
          .tuple(
            fc.shuffledSubarray(parts, { minLength: parts.length }),
            parts.length ? fc.array(fc.constantFrom(...parts), { maxLength: 6 }) : fc.constant([]),
          )
          .chain(([all, again]) => fc.shuffledSubarray([...all, ...again], { minLength: all.length + again.length })),
      ),
    );
    fc.assert(
      fc.property(retold, fc.nat({ max: 120 }), ([once, again], day) => {
        const now = start + day * hours(24);
        expect(findingsOf(partsOf(again), settings, now)).toEqual(findingsOf(partsOf(once), settings, now));
      }),
      runs,
    );
  });

  test("change with time alone only at the moments they announce", () => {
    fc.assert(
      fc.property(story, fc.array(fc.nat({ max: 120 * 24 }), { minLength: 1, maxLength: 3 }), (parts, ticks) => {
        const component = partsOf(parts);
        const at = (now: number) => findingsOf(component, settings, now);
        for (const tick of ticks) {
          const now = start + hours(tick);
          const { findings, again } = at(now);
          if (again !== undefined) expect(again).toBeGreaterThan(now);
          const last = again === undefined ? on(12, 31, 2099) : again - 1;
          for (const later of [last, Math.floor((now + last) / 2)]) expect(at(later).findings).toEqual(findings);
        }
      }),
      runs,
    );
  });

  test("stand once for each cause and subject, with whole amounts of more than nothing, each with a sentence and a remedy (R-ONE-1)", () => {
    fc.assert(
      fc.property(story, fc.nat({ max: 120 }), (parts, day) => {
        const { findings } = findingsOf(partsOf(parts), settings, start + day * hours(24));
        expect(new Set(findings.map(({ id }) => id)).size).toBe(findings.length);
        for (const finding of findings) {
          for (const { minor } of finding.money) expect(Number.isSafeInteger(minor) && minor > 0).toBe(true);
          expect(new Set(finding.money.map(({ currency }) => currency)).size).toBe(finding.money.length);
          expect(sentenceOf(finding)).not.toBe("");
          expect(remedyOf(finding).advice).not.toBe("");
        }
      }),
      runs,
    );
  });

  test("of two that share an id is the one that began first: an order may have a contract's name", () => {
    const both = [granted(start + hours(1), { contract: "A-1" }), granted(start, { contract: undefined, order: "A-1" })];
    expect(findingsOf(partsOf(both), settings, start + hours(48)).findings).toMatchObject([
      { id: "A2:shop/A-1", subject: { kind: "order" }, since: start },
    ]);
  });

  test("of nothing are none", () => {
    expect(findingsOf({ events: [], applicationEvents: [] }, settings, start)).toEqual({ findings: [] });
  });
});
