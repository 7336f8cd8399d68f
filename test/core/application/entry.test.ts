import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applicationEntriesOf } from "../../../core/application/entry.ts";
import type { ApplicationEvent, EntitlementGranted, RefundRequested } from "../../../core/application/event.ts";
import type { PaymentEvent } from "../../../core/event.ts";
import { entriesOf } from "../../../core/ledger/entry.ts";

const reported = { id: "msg-1", occurredAt: 1, receivedAt: 2 };
const price = { minor: 1_980, currency: "JPY" };
const granted: EntitlementGranted = {
  ...{ ...reported, type: "entitlement.granted", account: "a-1", source: "sbps", plan: "premium", price, interval: "month" },
  ...{ contract: "c-1", order: "o-1", customer: "cus-1", freeUntil: 3, basis: "campaign" },
};
const refund: RefundRequested = { ...reported, type: "refund.requested", account: "a-1", source: "sbps", charge: "p-1", amount: price };
const closed: ApplicationEvent = { ...reported, type: "account.closed", account: "a-1" };
const linkOf = (one: string, other: string): ApplicationEvent => ({
  ...{ ...reported, type: "contract.linked" },
  contracts: [
    { source: "sbps", contract: one },
    { source: "stripe", contract: other },
  ],
});

const entered = (event: ApplicationEvent): ApplicationEvent | undefined => applicationEntriesOf("app/msg-1", [event])[0]?.event;

/** The ids as the gateway's side writes them. */
const ofGateway = (ids: Partial<PaymentEvent>): PaymentEvent | undefined => {
  const paid: PaymentEvent = { id: "evt-1", type: "charge.succeeded", gatewayType: "paid", occurredAt: 1, ...ids };
  return entriesOf("sbps/evt-1", "sbps", [paid])[0]?.event;
};

/** From outside: ordinary ones, too long ones, with what no key can have. */
const anyId = fc.oneof(fc.string({ minLength: 1, unit: "binary" }), fc.constantFrom("c-1", "x".repeat(2_000), "a\u0000b", "\ud800"));

describe("an event of the application enters the ledger", () => {
  test("as it was said, where its texts fit, with the record that has its bytes", () => {
    const events = [granted, refund, closed, linkOf("c-1", "c-2")];
    expect(applicationEntriesOf("app/msg-1", events)).toStrictEqual(events.map((event) => ({ event, record: "app/msg-1" })));
  });

  test("with its ids as the gateway's side writes them, so that both sides meet, whatever the ids are", () => {
    fc.assert(
      fc.property(anyId, anyId, anyId, anyId, (contract, order, customer, charge) => {
        const ids = ofGateway({ contract, order, customer, charge });
        expect(entered({ ...granted, contract, order, customer })).toEqual({
          ...granted,
          ...{ contract: ids?.contract, order: ids?.order, customer: ids?.customer },
        });
        expect(entered({ ...refund, contract, charge })).toEqual({ ...refund, contract: ids?.contract, charge: ids?.charge });
        const other = ofGateway({ contract: order })?.contract;
        expect(entered(linkOf(contract, order))).toEqual(linkOf(String(ids?.contract), String(other)));
      }),
    );
  });

  test("with an account and an id of its own that fit a sort key, distinct where they were", () => {
    const long = (letter: string) => "注".repeat(400) + letter;
    const accounts = [long("a"), long("b"), "a\u0000b", "a-1"].map((account) => (entered({ ...closed, account }) as typeof closed).account);
    expect(accounts).toEqual([...Array(3).fill(expect.stringMatching(/^sha256:[0-9a-f]{64}$/)), "a-1"]);
    expect(new Set(accounts).size).toBe(4);
    expect(entered({ ...closed, id: long("a") })).toEqual({ ...closed, id: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) });
  });
});
