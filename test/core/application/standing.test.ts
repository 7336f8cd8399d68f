import fc from "fast-check";
import { expect, test } from "vitest";
import type { ApplicationEntry } from "../../../core/application/both-sides.ts";
import type { ApplicationEvent } from "../../../core/application/event.ts";
import { applicationEventText } from "../../../core/application/event-text.ts";
import { applicationEventsOf, closedSince, standingOf } from "../../../core/application/standing.ts";
import type { Entry } from "../../../core/ledger/entry.ts";

const price = { minor: 1_980, currency: "JPY" };
const of = { account: "a-1", source: "sbps", contract: "c-1" };
const applicationEntry = (id: string, occurredAt: number, event: object): ApplicationEntry => ({
  record: `app/${id}`,
  event: { id, occurredAt, receivedAt: 9, ...event } as ApplicationEvent,
});
const granted = applicationEntry("g", 1, { type: "entitlement.granted", ...of, plan: "premium", price, interval: "month" });
const dearer = applicationEntry("h", 3, {
  type: "entitlement.granted",
  ...of,
  plan: "premium",
  price: { ...price, minor: 2_480 },
  interval: "month",
});
const cancelled = applicationEntry("k", 4, { type: "cancellation.requested", ...of });
const revoked = applicationEntry("r", 5, { type: "entitlement.revoked", ...of, reason: "non_payment" });

test("R-APP-6: the last grant says plan and price, and a grant after a cancellation takes that back", () => {
  expect(standingOf([granted, dearer])).toMatchObject({ state: "entitled", since: 3, grant: { price: { minor: 2_480 } } });
  expect(standingOf([granted, dearer, cancelled])).toMatchObject({ state: "entitled", cancelledAt: 4 });
  expect(standingOf([granted, cancelled, applicationEntry("x", 6, granted.event)])).not.toHaveProperty("cancelledAt");
  expect(standingOf([granted, revoked])).toMatchObject({ state: "revoked", since: 5, revocation: { reason: "non_payment" } });
  expect(standingOf([])).toEqual({ state: "silent" });
});

test("what is said of a contract is that which names it, or the order that turned out to be it, in whatever order it came", () => {
  const byOrder = applicationEntry("o", 2, {
    type: "entitlement.granted",
    account: "a-1",
    source: "sbps",
    order: "o-1",
    plan: "premium",
    price,
    interval: "month",
  });
  const linked = (id: string, ...contracts: readonly object[]) => applicationEntry(id, 7, { type: "contract.linked", contracts });
  const link = linked("l", { source: "sbps", contract: "c-1" }, { source: "stripe", contract: "c-1" });
  const sibling = linked("m", { source: "sbps", contract: "c-2" }, { source: "sbps", contract: "c-1" });
  const others = [
    applicationEntry("z", 1, { type: "cancellation.requested", ...of, contract: "c-2" }),
    applicationEntry("y", 1, { type: "cancellation.requested", ...of, source: "stripe" }),
    applicationEntry("w", 1, { type: "account.closed", account: "a-1" }),
    // Of an order that the gateway has not reported, and links of others.
    applicationEntry("v", 1, { ...byOrder.event, id: "v", order: "o-9" }),
    linked("u", { source: "sbps", contract: "c-2" }, { source: "stripe", contract: "c-1" }),
    linked("t", { source: "sbps", contract: "c-2" }, { source: "sbps", contract: "c-3" }),
  ];
  const entry: Entry = {
    ...{ source: "sbps", contract: "c-1", record: "sbps/e" },
    event: { id: "e", type: "charge.succeeded", gatewayType: "paid", occurredAt: 1, contract: "c-1", order: "o-1" },
  };
  // The order began a second contract too: what is said of the order is said of both.
  const renewal: Entry = { ...entry, contract: "c-7", event: { ...entry.event, id: "f", contract: "c-7" } };
  fc.assert(
    fc.property(fc.shuffledSubarray([granted, byOrder, link, sibling, ...others], { minLength: 10 }), (some) => {
      const found = applicationEventsOf({ source: "sbps", contract: "c-1" }, some, [entry, renewal]);
      expect(found.map(({ event }) => event.id)).toEqual(["g", "o", "l", "m"]);
    }),
  );
});

test("an account is closed from its last closing on, until it is reopened", () => {
  const closed = applicationEntry("c", 5, { type: "account.closed", account: "a-1" });
  const reopened = applicationEntry("d", 6, { type: "account.reopened", account: "a-1" });
  expect(closedSince("a-1", [closed])).toBe(5);
  expect(closedSince("a-1", [reopened, closed])).toBeUndefined();
  expect(closedSince("a-2", [closed])).toBeUndefined();
  expect(closedSince("a-1", [closed, reopened, applicationEntry("e", 7, { type: "account.closed", account: "a-1" })])).toBe(7);
});

test.each([
  [granted, "granted premium, 1,980 JPY a month"],
  [
    applicationEntry("f", 1, { ...granted.event, freeUntil: Date.UTC(2026, 11, 20), basis: "campaign" }),
    "granted premium, 1,980 JPY a month, free until 2026-12-20, campaign",
  ],
  [
    applicationEntry("f", 1, { type: "entitlement.granted", ...of, plan: "premium", basis: "complimentary" }),
    "granted premium, complimentary",
  ],
  [
    applicationEntry("f", 1, { type: "entitlement.granted", ...of, plan: "premium", price, basis: "complimentary" }),
    "granted premium, 1,980 JPY, complimentary",
  ],
  [revoked, "revoked: non payment"],
  [cancelled, "cancellation requested"],
  [applicationEntry("c", 5, { type: "account.closed", account: "a-1" }), "account closed"],
  [applicationEntry("c", 5, { type: "account.reopened", account: "a-1" }), "account reopened"],
  [
    applicationEntry("c", 5, {
      type: "contract.linked",
      contracts: [
        { source: "s", contract: "1" },
        { source: "t", contract: "2" },
      ],
    }),
    "linked: s/1 and t/2",
  ],
  [applicationEntry("c", 5, { type: "refund.requested", ...of, charge: "p", amount: price }), "refund of 1,980 JPY requested"],
])("for people: %#", ({ event }, text) => {
  expect(applicationEventText(event)).toBe(text);
});
