import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ApplicationEvent, byEventOrder, type EntitlementGranted, isGift } from "../../../core/application/event.ts";

const event = (type: string, occurredAt: number, id: string): ApplicationEvent =>
  ({ type, id, occurredAt, receivedAt: 9, account: "a-1" }) as unknown as ApplicationEvent;

describe("events of the application are in the order", () => {
  const granted = "entitlement.granted";
  test.each([
    ["of its own time, whatever they mean and are called", event(granted, 1, "z"), event("entitlement.revoked", 2, "a")],
    ["of a revocation before a grant of the same moment: a change of plan", event("entitlement.revoked", 1, "z"), event(granted, 1, "a")],
    ["of a closing before a reopening of the same moment", event("account.closed", 1, "z"), event("account.reopened", 1, "a")],
    ["of a request before a grant of the same moment", event("cancellation.requested", 1, "z"), event(granted, 1, "a")],
    ["of their ids, where moment and meaning are the same", event(granted, 1, "a"), event(granted, 1, "b")],
  ])("%s", (_, one, other) => {
    expect(Math.sign(byEventOrder(one, other))).toBe(-1);
    expect(Math.sign(byEventOrder(other, one))).toBe(1);
  });

  test("that is the same for every reader, in whatever order they were read (P5)", () => {
    const types = ["entitlement.granted", "entitlement.revoked", "account.closed", "account.reopened"];
    const some = types.flatMap((type) => [1, 2].flatMap((at) => ["a", "b"].map((id) => event(type, at, `${id}-${type}`))));
    const ordered = some.toSorted(byEventOrder);
    fc.assert(
      fc.property(fc.shuffledSubarray(some, { minLength: some.length }), (read) => {
        expect(read.toSorted(byEventOrder)).toEqual(ordered);
      }),
    );
  });
});

test.each([
  ["names its contract", { contract: "c-1" }, false],
  ["names its order", { order: "o-1" }, false],
  ["names both", { contract: "c-1", order: "o-1" }, false],
  ["names neither", {}, true],
  ["names a contract and is complimentary", { contract: "c-1", basis: "complimentary" }, true],
  ["names a contract and rests on anything else", { contract: "c-1", basis: "campaign" }, false],
  ["names neither and rests on anything else", { basis: "campaign" }, true],
])("R-APP-4: a grant that %s is a gift: %#", (_, named, isMeant) => {
  const grant = { type: "entitlement.granted", id: "g", occurredAt: 1, receivedAt: 1, account: "a", source: "s", plan: "p", ...named };
  expect(isGift(grant as EntitlementGranted)).toBe(isMeant);
});
