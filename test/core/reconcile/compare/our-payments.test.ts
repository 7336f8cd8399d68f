import { describe, expect, test } from "vitest";
import type { PaymentEvent } from "../../../../core/event.ts";
import { entriesOf } from "../../../../core/ledger/entry.ts";
import { ourPaymentsOf } from "../../../../core/reconcile/compare/our-payments.ts";
import type { OurPayment } from "../../../../core/reconcile/sides/our-side.ts";
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

  test("how much had gone back after each of them is kept, and nothing else that was told later", () => {
    const later = (...events: readonly PaymentEvent[]) => paymentsOf(charge, ...events)[0]?.refundedLater;
    expect(later(back("1", 20, 500), back("2", 31, 480), back("3", 36, 20))).toEqual([980, 1_000]);
    expect(later(back("1", 33, 500), event("4", "dispute.opened", 34))).toEqual([500]);
    // One that names the payment by one more id.
    expect(later({ ...back("1", 33, 500), alsoKnownAs: ["new"] })).toEqual([500]);
    expect(later(event("5", "charge.succeeded", 8, { charge: "pi_2" }), { ...back("1", 33, 500), charge: "pi_2" })).toBeUndefined();
    const other = [event("5", "charge.succeeded", 8, { charge: "pi_2" }), { ...back("1", 33, 500), charge: "pi_2" }];
    expect(later(back("6", 20, 300), ...other)).toBeUndefined();
    expect(paymentsOf(charge)[0]).not.toHaveProperty("refundedLater");
    expect(
      paymentsOf(charge, event("5", "charge.succeeded", 8, { charge: "pi_2" }), { ...back("1", 33, 500), charge: "pi_2" })[0],
    ).not.toHaveProperty("refundedLater");
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

  test("a quarter of an hour is the longest, also of what failed", () => {
    const known = (type: PaymentEvent["type"], after: number) => paymentsOf(event("e1", type, 31, { occurredAt: asOf + after })).length;
    const quarter = 15 * 60_000;
    expect([known("charge.succeeded", quarter - 1), known("charge.failed", quarter - 1), known("charge.voided", 1)]).toEqual([1, 1, 0]);
    expect([known("charge.succeeded", quarter), known("charge.failed", quarter)]).toEqual([0, 0]);
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

describe("what is recorded of a payment, as movements:", () => {
  const at = (days: number) => october + days * day;
  const movementsOf = (...events: readonly PaymentEvent[]) => paymentsOf(...events)[0]?.movements;
  const paid = event("e1", "charge.succeeded", 1);
  const without = ({ amount: _, ...rest }: PaymentEvent): PaymentEvent => rest;

  test.each<[string, readonly PaymentEvent[], OurPayment["movements"]]>([
    ["a charge, when it was taken", [paid], [{ type: "charge", amount: yen(1_980), at: at(1) }]],
    [
      "parts that add up to the whole, each by its id",
      [
        event("e1", "charge.succeeded", 1, { part: "ch_1", amount: yen(1_000) }),
        event("e2", "charge.succeeded", 2, { part: "ch_2", amount: yen(980) }),
      ],
      [
        { type: "charge", amount: yen(1_000), at: at(1), reference: "ch_1" },
        { type: "charge", amount: yen(980), at: at(2), reference: "ch_2" },
      ],
    ],
    [
      "the whole, where parts do not add up to it",
      [
        event("e1", "charge.succeeded", 1, { part: "ch_1", amount: yen(1_000) }),
        event("e2", "charge.succeeded", 2, { part: "ch_2", amount: yen(500) }),
        event("e3", "charge.succeeded", 3),
      ],
      [{ type: "charge", amount: yen(1_980), at: at(1) }],
    ],
    [
      "one of two parts, where the other failed",
      [
        event("e1", "charge.failed", 1, { part: "ch_1", amount: yen(1_000) }),
        event("e2", "charge.succeeded", 2, { part: "ch_2", amount: yen(980) }),
      ],
      [
        { type: "charge", amount: yen(980), at: at(2) },
        { type: "failure", amount: yen(1_000), at: at(1), isOptional: true },
      ],
    ],
    [
      "the void alone of what was voided",
      [paid, event("e2", "charge.voided", 2)],
      [{ type: "void", amount: yen(1_980), at: at(1), isOptional: true }],
    ],
    [
      "nothing taken, where it failed after it had succeeded",
      [paid, event("e2", "charge.failed", 2)],
      [{ type: "failure", amount: yen(1_980), at: at(2), isOptional: true }],
    ],
    [
      "nothing taken, where it was authorised again after that",
      [paid, event("e2", "charge.failed", 2), event("e3", "charge.authorized", 3)],
      [{ type: "failure", amount: yen(1_980), at: at(2), isOptional: true }],
    ],
    [
      "parts that were taken, without one that failed",
      [
        event("e1", "charge.succeeded", 1, { part: "ch_1", amount: yen(1_000) }),
        event("e2", "charge.failed", 2, { part: "ch_2", amount: yen(980) }),
        event("e3", "charge.succeeded", 3, { part: "ch_3", amount: yen(980) }),
      ],
      [
        { type: "charge", amount: yen(1_000), at: at(1), reference: "ch_1" },
        { type: "charge", amount: yen(980), at: at(3), reference: "ch_3" },
        { type: "failure", amount: yen(980), at: at(2), isOptional: true },
      ],
    ],
    [
      "the whole, where nobody says how much one of its parts was",
      [
        event("e1", "charge.succeeded", 1, { part: "ch_1", amount: yen(1_000) }),
        without(event("e2", "charge.succeeded", 2, { part: "ch_2" })),
      ],
      [{ type: "charge", amount: yen(1_000), at: at(1) }],
    ],
    [
      "two attempts of one moment, one of them without an amount of its own",
      [
        event("e1", "charge.failed", 1, { part: "ch_1", amount: yen(5) }),
        without(event("e2", "charge.failed", 1, { part: "ch_2" })),
        event("e3", "charge.succeeded", 2),
      ],
      [
        { type: "charge", amount: yen(1_980), at: at(2) },
        { type: "failure", amount: yen(5), at: at(1), isOptional: true },
        { type: "failure", amount: yen(1_980), at: at(1), isOptional: true },
      ],
    ],
    [
      "a running total alone",
      [paid, event("e2", "charge.refunded", 2, { amount: yen(700) })],
      [
        { type: "charge", amount: yen(1_980), at: at(1) },
        { type: "refund", amount: yen(700), at: at(2) },
      ],
    ],
    [
      "one yen that a running total says beyond a refund that came after it",
      [
        paid,
        event("e2", "charge.refunded", 2, { amount: yen(501) }),
        event("e3", "charge.refunded", 3, { refund: "re_1", amount: yen(500) }),
      ],
      [
        { type: "charge", amount: yen(1_980), at: at(1) },
        { type: "refund", amount: yen(500), at: at(3), reference: "re_1" },
        { type: "refund", amount: yen(1), at: at(2) },
      ],
    ],
    [
      "running totals of parts, when the last that is done was told",
      [
        paid,
        event("e2", "charge.refunded", 2, { part: "a", amount: yen(100) }),
        event("e3", "charge.refunded", 3, { part: "b", amount: yen(200) }),
        event("e4", "refund.pending", 4, { part: "c", amount: yen(50) }),
      ],
      [
        { type: "charge", amount: yen(1_980), at: at(1) },
        { type: "refund", amount: yen(300), at: at(3) },
      ],
    ],
    [
      "a refund of which nobody knows how much it was",
      [without(paid), without(event("e2", "charge.refunded", 2, { refund: "re_1" }))],
      [
        { type: "charge", at: at(1) },
        { type: "refund", at: at(2), reference: "re_1" },
      ],
    ],
    [
      "nothing of a running total of which nobody knows how much it is",
      [without(paid), without(event("e2", "charge.refunded", 2))],
      [{ type: "charge", at: at(1) }],
    ],
    ["nothing of what is only authorised", [event("e1", "charge.authorized", 1)], []],
    [
      "a failure, which no export has to list",
      [event("e1", "charge.failed", 1)],
      [{ type: "failure", amount: yen(1_980), at: at(1), isOptional: true }],
    ],
    [
      "refunds that are done, each by its id, and those that failed",
      [
        paid,
        event("e2", "charge.refunded", 2, { refund: "re_1", amount: yen(500) }),
        event("e3", "refund.failed", 3, { refund: "re_2", amount: yen(100) }),
        event("e4", "refund.pending", 4, { refund: "re_3", amount: yen(50) }),
      ],
      [
        { type: "charge", amount: yen(1_980), at: at(1) },
        { type: "refund", amount: yen(500), at: at(2), reference: "re_1" },
        { type: "refund failed", amount: yen(100), at: at(3), reference: "re_2", isOptional: true },
      ],
    ],
    [
      "what a running total says beyond the refunds that have a name",
      [
        paid,
        event("e2", "charge.refunded", 2, { refund: "re_1", amount: yen(500) }),
        event("e3", "charge.refunded", 3, { amount: yen(700) }),
      ],
      [
        { type: "charge", amount: yen(1_980), at: at(1) },
        { type: "refund", amount: yen(500), at: at(2), reference: "re_1" },
        { type: "refund", amount: yen(200), at: at(3) },
      ],
    ],
    [
      "nothing of a running total that the refunds with a name explain",
      [
        paid,
        event("e2", "charge.refunded", 2, { refund: "re_1", amount: yen(500) }),
        event("e3", "charge.refunded", 3, { amount: yen(500) }),
      ],
      [
        { type: "charge", amount: yen(1_980), at: at(1) },
        { type: "refund", amount: yen(500), at: at(2), reference: "re_1" },
      ],
    ],
    [
      "a dispute that is lost",
      [paid, event("e2", "dispute.lost", 2, { dispute: "dp_1" })],
      [
        { type: "charge", amount: yen(1_980), at: at(1) },
        { type: "chargeback", amount: yen(1_980), at: at(2), reference: "dp_1" },
      ],
    ],
    [
      "one that is open, which may have taken nothing",
      [paid, event("e2", "dispute.opened", 2)],
      [
        { type: "charge", amount: yen(1_980), at: at(1) },
        { type: "chargeback", amount: yen(1_980), at: at(2), isOptional: true },
      ],
    ],
    [
      "one that is won, which may have taken it and given it back",
      [paid, event("e2", "dispute.won", 2, { dispute: "dp_1" })],
      [
        { type: "charge", amount: yen(1_980), at: at(1) },
        { type: "chargeback", amount: yen(1_980), at: at(2), reference: "dp_1", isOptional: true },
        { type: "chargeback reversed", amount: yen(1_980), at: at(2), reference: "dp_1", isOptional: true },
      ],
    ],
  ])("%s", (_, events, movements) => expect(movementsOf(...events)).toEqual(movements));

  test("has the last names that its events say, and of a contract that only others name the line's", () => {
    const named = event("e1", "charge.succeeded", 1, { contract: "sub_1", customer: "cus_1", order: "#1" });
    expect(paymentsOf(named, event("e2", "charge.refunded", 2, { contract: "sub_1", customer: "cus_2", order: "#2" }))).toMatchObject([
      { ids: ["pi_1"], contract: "sub_1", customer: "cus_2", order: "#2", state: "refunded" },
    ]);
    const { contract: _, ...single } = named;
    expect(paymentsOf({ ...single, charge: "pi_9" })[0]).not.toHaveProperty("contract");
    expect(paymentsOf(named, event("e3", "charge.succeeded", 2, { charge: "pi_2", customer: "cus_3" }))).toMatchObject([
      { ids: ["pi_1"], customer: "cus_1" },
      { ids: ["pi_2"], customer: "cus_3" },
    ]);
  });

  test("nothing of it is known before it happened", () => {
    expect(paymentsOf()).toEqual([]);
    expect(paymentsOf(event("e1", "charge.succeeded", 40))).toEqual([]);
    expect(paymentsOf(event("e1", "charge.refunded", 31))).toEqual([]);
  });
});

describe("how a charge was heard of:", () => {
  const view = { asOf: october + 31 * day, isWaiting: (record: string) => record.endsWith("dead") };
  const entry = (record: `${string}/${string}`, id: string, heardAfter: number | undefined, more: Partial<PaymentEvent> = {}) =>
    entriesOf(
      record,
      "shop",
      [event(id, "charge.succeeded", 7, more)],
      heardAfter === undefined ? undefined : october + 7 * day + heardAfter,
    );
  const first = (...entries: readonly ReturnType<typeof entry>[]) => ourPaymentsOf("shop", "sub_1", entries.flat(), view)[0]?.movements[0];

  test("the first word of it counts, and what was found in an export has not come late", () => {
    expect(first(entry("shop/a", "e1", 3 * day), entry("shop/b", "e2", 2 * day))).toMatchObject({ late: 2 * day });
    expect(first(entry("shop/a", "e1", 3 * day), entry("shop/b", "e2", undefined))).toMatchObject({ late: 3 * day });
    expect(first(entry("shop/a", "e1", 3 * day), entry("shop/b", "e2", 60_000))).not.toHaveProperty("late");
    expect(first(entry("shop/a", "e1", undefined))).not.toHaveProperty("late");
    expect(first(entry("shop/found:x", "e1", 3 * day))).not.toHaveProperty("late");
  });

  test("what else is said of it says nothing of that", () => {
    const refund = entriesOf("shop/r", "shop", [event("e9", "charge.refunded", 8)], october + 8 * day);
    const late = entry("shop/a:dead", "e1", 3 * day, { part: "ch_1" });
    expect(ourPaymentsOf("shop", "sub_1", [...late, ...refund], view)[0]?.movements[0]).toMatchObject({
      late: 3 * day,
      waiting: "shop/a:dead",
    });
    expect(first(entry("shop/found:x", "e1", 3 * day), entry("shop/a", "e2", 3 * day))).not.toHaveProperty("late");
  });

  test("it waits where all that report it wait, and is named by the first of them", () => {
    expect(first(entry("shop/b:dead", "e1", 0), entry("shop/a:dead", "e2", 0))).toMatchObject({ waiting: "shop/a:dead" });
    expect(first(entry("shop/b:dead", "e1", 0), entry("shop/a", "e2", 0))).not.toHaveProperty("waiting");
  });

  test("of each part by itself", () => {
    const parts = ourPaymentsOf(
      "shop",
      "sub_1",
      [
        entry("shop/a:dead", "e1", 0, { part: "ch_1", amount: yen(1_000) }),
        entry("shop/b", "e2", 3 * day, { part: "ch_2", amount: yen(980), occurredAt: october + 8 * day }),
      ].flat(),
      view,
    )[0]?.movements;
    expect(parts).toEqual([
      { type: "charge", amount: yen(1_000), at: october + 7 * day, reference: "ch_1", waiting: "shop/a:dead" },
      { type: "charge", amount: yen(980), at: october + 8 * day, reference: "ch_2", late: 2 * day },
    ]);
  });
});
