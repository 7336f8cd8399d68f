import { describe, expect, test } from "vitest";
import type { PaymentEvent } from "../../../../core/event.ts";
import { entriesOf } from "../../../../core/ledger/entry.ts";
import { ourPaymentsOf } from "../../../../core/reconcile/compare/our-payments.ts";
import { compare, day, line, october, short, yen } from "./sides.ts";

const event = (id: string, type: PaymentEvent["type"], days: number, more: Partial<PaymentEvent> = {}): PaymentEvent => ({
  ...{ id, type, gatewayType: type, contract: "sub_1", charge: "pi_1", amount: yen(1_980), occurredAt: october + days * day },
  ...more,
});

const paymentsOf = (...events: readonly PaymentEvent[]) =>
  ourPaymentsOf("shop", "sub_1", entriesOf("shop/r", "shop", events), { asOf: october + 31 * day, isWaiting: () => false });

/** Each attempt is a charge of the gateway's, and all are of one payment. */
const failed = (attempt: number, days: number) => line([`ch_${attempt}`, "pi_1"], { outcome: "failed", at: october + days * day });
const taken = line(["ch_3", "pi_1"], { at: october + 7 * day });

test("the attempts that failed before a payment was taken agree with an export that lists them all, and with one that lists none", () => {
  const payments = paymentsOf(
    event("e1", "charge.failed", 1, { part: "ch_1" }),
    event("e2", "charge.failed", 3, { part: "ch_2" }),
    // Reported once more, by another event of the same attempt.
    event("e3", "charge.failed", 3, { part: "ch_2" }),
    event("e4", "charge.succeeded", 7),
  );
  for (const lines of [[failed(1, 1), failed(2, 3), taken], [taken]]) {
    const { differences, money } = compare({ lines, payments });
    expect([differences.map(short), money]).toEqual([[], [{ currency: "JPY", moved: 1_980, explained: 1_980 }]]);
  }
});

test("one of several attempts that no callback has said is never sent, and no money is at stake", () => {
  const payments = paymentsOf(event("e1", "charge.failed", 1, { part: "ch_1" }), event("e4", "charge.succeeded", 7));
  const { differences } = compare({ lines: [failed(1, 1), failed(2, 3), taken], payments });
  expect(differences.map(short)).toEqual(["never sent missing failure ch_2"]);
});

test("a payment that failed each time agrees with each attempt", () => {
  const payments = paymentsOf(event("e1", "charge.failed", 1), event("e2", "charge.failed", 3));
  expect(compare({ lines: [failed(1, 1), failed(2, 3)], payments }).differences.map(short)).toEqual([]);
});

test("a failure of what was taken is one difference, and the money is at stake once", () => {
  const { differences, money, sums } = compare({ lines: [failed(1, 7)], payments: paymentsOf(event("e4", "charge.succeeded", 7)) });
  expect(differences.map(short)).toEqual(["export wrong data failure ch_1 1980 JPY"]);
  expect(money).toEqual([{ currency: "JPY", moved: 1_980, explained: 0 }]);
  expect(sums.map(({ minor }) => minor)).toEqual([1_980]);
});

describe("of a file that says beside a charge what has gone back of it until it was fetched", () => {
  const charge = event("e1", "charge.succeeded", 7);
  const back = (id: string, days: number, minor: number) => event(id, "charge.refunded", days, { refund: `re_${id}`, amount: yen(minor) });
  const differences = (refunded: number, ...events: readonly PaymentEvent[]) =>
    compare({
      lines: [line(["ch_3", "pi_1"], { at: october + 7 * day, refunded: yen(refunded) })],
      payments: paymentsOf(charge, ...events),
      covers: ["charge"],
    }).differences.map(short);

  test("a refund after the time that is compared agrees, as far as the file may have heard of it", () => {
    const [first, second] = [back("1", 33, 500), back("2", 36, 480)];
    expect(differences(500, first, second)).toEqual([]);
    expect(differences(980, first, second)).toEqual([]);
    expect(differences(0, first, second)).toEqual([]);
    expect(differences(480, first, second)).toEqual(["never sent missing refund ch_3 480 JPY"]);
  });

  test("together with one before it", () => {
    const [first, second] = [back("1", 20, 500), back("2", 36, 480)];
    expect(differences(980, first, second)).toEqual([]);
    expect(differences(500, first, second)).toEqual([]);
    expect(differences(0, first, second)).toEqual(["export wrong missing refund ch_3 500 JPY"]);
    expect(differences(990, first, second)).toEqual(["never sent over refund ch_3 490 JPY"]);
  });
});

describe("of a callback whose time is a little after the export's", () => {
  const minutes = 1 / 1_440;
  const asOf = october + 31 * day;
  const last = line("pi_1", { at: asOf - 1_000 });

  test("the last line of a file agrees, and more than a quarter of an hour later it does not", () => {
    for (const [after, says] of [
      [2 * minutes, []],
      [16 * minutes, ["never sent missing charge pi_1 1980 JPY"]],
    ] as const)
      expect(compare({ lines: [last], payments: paymentsOf(event("e1", "charge.succeeded", 31 + after)) }).differences.map(short)).toEqual(
        says,
      );
  });

  test("what was taken so soon after the export's moment is not missing in it, and what was undone then is as it was before", () => {
    expect(compare({ payments: paymentsOf(event("e1", "charge.succeeded", 31 + minutes)) }).differences).toEqual([]);
    const undone = [event("e1", "charge.succeeded", 30), event("e2", "charge.voided", 31 + minutes)];
    expect(compare({ lines: [line("pi_1", { at: october + 30 * day })], payments: paymentsOf(...undone) }).differences).toEqual([]);
  });
});

test.each([
  [0, []],
  [1, [expect.stringMatching(/^processed late missing charge /)]],
])("R-REC-1: a charge that the ledger heard of a day and %i ms after it happened", (more, says) => {
  const entries = entriesOf("shop/r", "shop", [event("e1", "charge.succeeded", 7)], october + 8 * day + more);
  const payments = ourPaymentsOf("shop", "sub_1", entries, { asOf: october + 31 * day, isWaiting: () => false });
  expect(compare({ lines: [taken], payments }).differences.map(short)).toEqual(says);
});
