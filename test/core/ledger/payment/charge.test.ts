import { describe, expect, test } from "vitest";
import type { EventType, PaymentEvent } from "../../../../core/event.ts";
import { balance } from "../../../../core/ledger/ledger.ts";
import { describeCharge, chargeOf as outcomeOf } from "../../../../core/ledger/payment/charge.ts";
import { noon, paymentEvent } from "../../../support/samples.ts";

const yen = (minor: number) => ({ minor, currency: "JPY" });

/** Of one payment, each a minute after the one before; without an amount where it is zero. */
type Told = readonly [type: EventType, minor: number, more?: Partial<PaymentEvent>];

const permutations = <Value>(values: readonly Value[]): readonly (readonly Value[])[] =>
  values.length < 2 ? [values] : values.flatMap((value, at) => permutations(values.toSpliced(at, 1)).map((rest) => [value, ...rest]));

/** What they add up to, in whatever order they come; throws when the order matters. */
const chargeOf = (...told: readonly Told[]) => {
  const events = told.map(([type, minor, more], at) =>
    paymentEvent({
      id: `evt_${at}`,
      type,
      charge: "ch_1",
      occurredAt: noon + at * 60_000,
      ...(minor > 0 && { amount: yen(minor) }),
      ...more,
    }),
  );
  const outcomes = new Set(
    permutations(events).map((order) =>
      JSON.stringify(
        balance(
          "sandbox",
          "sub_1",
          order.map((event) => ({ source: "sandbox", contract: "sub_1", event, record: `sandbox/${event.id}` })),
        ).charges,
      ),
    ),
  );
  expect(outcomes.size).toBe(1);
  const [charges = "[]"] = outcomes;
  const [charge] = JSON.parse(charges);
  return {
    state: charge?.state,
    charged: charge?.amount?.minor,
    refunded: charge?.refunded?.minor,
    chargedBack: charge?.chargedBack?.minor,
  };
};

const paymentOf = (...events: readonly PaymentEvent[]) => outcomeOf({ ids: ["ch_1"], events });

const part = (id: string) => ({ part: id });
const refund = (id: string) => ({ refund: id });
const dispute = (id: string) => ({ dispute: id });

describe("the parts of a payment", () => {
  test.each<[what: string, told: readonly Told[], is: object]>([
    [
      "are added up",
      [
        ["charge.succeeded", 700, part("a")],
        ["charge.succeeded", 300, part("b")],
      ],
      { state: "succeeded", charged: 1_000 },
    ],
    [
      "leave what was taken when the rest of the authorisation expires",
      [
        ["charge.authorized", 1_000],
        ["charge.succeeded", 600, part("a")],
        ["charge.voided", 1_000],
      ],
      { state: "succeeded", charged: 600 },
    ],
    [
      "lose only the one that fails",
      [
        ["charge.succeeded", 700, part("a")],
        ["charge.succeeded", 300, part("b")],
        ["charge.failed", 300, part("b")],
      ],
      { state: "succeeded", charged: 700 },
    ],
    [
      "lose only the one that is voided",
      [
        ["charge.succeeded", 700, part("a")],
        ["charge.succeeded", 300, part("b")],
        ["charge.voided", 0, part("a")],
      ],
      { state: "succeeded", charged: 300 },
    ],
    [
      "stay when another one is declined afterwards",
      [
        ["charge.succeeded", 10_000, part("a")],
        ["charge.failed", 2_000, part("b")],
      ],
      { state: "succeeded", charged: 10_000 },
    ],
    [
      "are counted once when one is told twice",
      [
        ["charge.succeeded", 700, part("a")],
        ["charge.succeeded", 700, part("a")],
      ],
      { charged: 700 },
    ],
    [
      "are not added to the sum that is told besides",
      [
        ["charge.succeeded", 1_000],
        ["charge.succeeded", 1_000, part("a")],
      ],
      { charged: 1_000 },
    ],
    [
      "are less than the sum when some were never told",
      [
        ["charge.succeeded", 1_000],
        ["charge.succeeded", 300, part("a")],
      ],
      { charged: 1_000 },
    ],
    [
      "are more than a sum that is older",
      [
        ["charge.succeeded", 700],
        ["charge.succeeded", 700, part("a")],
        ["charge.succeeded", 300, part("b")],
      ],
      { charged: 1_000 },
    ],
    [
      "are authorised while none is taken",
      [
        ["charge.authorized", 700, part("a")],
        ["charge.failed", 300, part("b")],
      ],
      { state: "authorized" },
    ],
    [
      "have failed when all have",
      [
        ["charge.failed", 700, part("a")],
        ["charge.failed", 300, part("b")],
      ],
      { state: "failed" },
    ],
  ])("%s", (_, told, is) => {
    expect(chargeOf(...told)).toMatchObject(is);
  });
});

describe("the refunds of a payment", () => {
  const sale: Told = ["charge.succeeded", 1_000];
  test.each<[what: string, told: readonly Told[], is: object]>([
    [
      "have given nothing back while they are pending",
      [sale, ["refund.pending", 400, refund("r")]],
      { state: "succeeded", refunded: undefined },
    ],
    [
      "have given back what is done",
      [sale, ["refund.pending", 400, refund("r")], ["charge.refunded", 400, refund("r")]],
      { state: "partly_refunded", refunded: 400 },
    ],
    [
      "have given nothing back when they failed",
      [sale, ["charge.refunded", 400, refund("r")], ["refund.failed", 0, refund("r")]],
      { state: "succeeded", refunded: undefined },
    ],
    [
      "count a total only for what no named one explains, also when that one fails later",
      [sale, ["charge.refunded", 400, refund("r")], ["charge.refunded", 400], ["refund.failed", 400, refund("r")]],
      { state: "succeeded", charged: 1_000 },
    ],
    [
      "count a total for what is told by it alone",
      [sale, ["charge.refunded", 400, refund("r")], ["charge.refunded", 700]],
      { refunded: 700 },
    ],
    ["are the latest total, not the sum of totals", [sale, ["charge.refunded", 300], ["charge.refunded", 700]], { refunded: 700 }],
    ["are all of it, where no amount is told", [sale, ["charge.refunded", 0, refund("r")]], { state: "refunded", refunded: 1_000 }],
    [
      "of another currency are not added up",
      [sale, ["charge.refunded", 5, { ...refund("r"), amount: { minor: 500, currency: "USD" } }]],
      { state: "partly_refunded", refunded: undefined },
    ],
  ])("%s", (_, told, is) => {
    expect(chargeOf(...told)).toMatchObject(is);
  });

  test("of one second are the larger total, whatever their ids say", () => {
    const at = { occurredAt: noon + 60_000 };
    expect(
      chargeOf(sale, ["charge.refunded", 700, { ...at, id: "evt_a" }], ["charge.refunded", 300, { ...at, id: "evt_z" }]),
    ).toMatchObject({ refunded: 700 });
  });
});

describe("the disputes of a payment", () => {
  const sale: Told = ["charge.succeeded", 1_000];
  test.each<[what: string, told: readonly Told[], is: object]>([
    ["take nothing while they are open", [sale, ["dispute.opened", 1_000, dispute("d")]], { chargedBack: undefined }],
    [
      "take back what was lost",
      [sale, ["dispute.opened", 400, dispute("d")], ["dispute.lost", 400, dispute("d")]],
      { state: "succeeded", chargedBack: 400 },
    ],
    ["take back all, where no amount is told", [sale, ["dispute.lost", 0, dispute("d")]], { chargedBack: 1_000 }],
    [
      "give back what is won after it was lost",
      [sale, ["dispute.lost", 400, dispute("d")], ["dispute.won", 400, dispute("d")]],
      { chargedBack: undefined },
    ],
    ["count when they are told before the charge", [["dispute.lost", 400, dispute("d")], sale], { charged: 1_000, chargedBack: 400 }],
    [
      "are one where only some of their events have its name",
      [sale, ["dispute.opened", 400, dispute("d")], ["dispute.lost", 400]],
      { chargedBack: 400 },
    ],
    ["are two under two names", [sale, ["dispute.lost", 400, dispute("d")], ["dispute.lost", 300, dispute("e")]], { chargedBack: 700 }],
    ["say nothing about a payment that was not told", [["dispute.opened", 400, dispute("d")]], { state: "unknown", charged: undefined }],
  ])("%s", (_, told, is) => {
    expect(chargeOf(...told)).toMatchObject(is);
  });
});

describe("a payment", () => {
  test("of which only announced refunds and disputes are known is as old as the latest of them", () => {
    const events = [
      paymentEvent({ id: "evt_1", type: "refund.pending", charge: "ch_1", refund: "r" }),
      paymentEvent({ id: "evt_2", type: "dispute.opened", charge: "ch_1", occurredAt: noon + 1 }),
    ];
    expect(paymentOf(...events)).toMatchObject({ kind: "charge", charge: { state: "unknown", at: noon + 1 } });
    expect(paymentOf(...events.toReversed().map((event, at) => ({ ...event, occurredAt: noon + at })))).toMatchObject({
      charge: { state: "unknown", at: noon + 1 },
    });
  });

  test("that was authorised, undone and reported as a check is what it was for more than one unit", () => {
    const check = paymentEvent({ id: "evt_3", type: "card.verified", charge: "ch_1" });
    const undone = (minor: number) =>
      paymentOf(
        paymentEvent({ id: "evt_1", type: "charge.authorized", charge: "ch_1", amount: yen(minor) }),
        paymentEvent({ id: "evt_2", type: "charge.voided", charge: "ch_1" }),
        check,
      );
    expect(undone(1_980)).toMatchObject({ kind: "charge", charge: { state: "voided" } });
    expect(undone(1)).toMatchObject({ kind: "check" });
  });

  test("that was voided is voided, given back besides or not", () => {
    expect(chargeOf(["charge.succeeded", 980], ["charge.voided", 980], ["charge.refunded", 980, refund("r")])).toMatchObject({
      state: "voided",
    });
  });

  test("of one unit of which only the void is known is no check", () => {
    expect(chargeOf(["charge.voided", 1])).toMatchObject({ state: "voided" });
  });

  test("is described with what lost disputes took back", () => {
    expect(describeCharge({ state: "succeeded", amount: yen(1_980), chargedBack: yen(980) })).toBe(
      "succeeded 1,980 JPY (charged back 980 JPY)",
    );
    const described = (refunded: number, chargedBack: number) =>
      describeCharge({ state: "succeeded", amount: yen(1_980), otherwise: [{ currency: "JPY", refunded, chargedBack }] });
    expect(described(0, 0)).toBe("succeeded 1,980 JPY");
    expect(described(1, 0)).toBe("succeeded 1,980 JPY (refunded 1 JPY)");
    expect(described(0, 1)).toBe("succeeded 1,980 JPY (charged back 1 JPY)");
  });
});

describe("what went back in another currency than the payment was taken in", () => {
  const euros = (minor: number) => ({ amount: { minor, currency: "EUR" } });
  const paymentWith = (...told: readonly Told[]) => {
    const outcome = paymentOf(
      ...told.map(([type, minor, more], at) =>
        paymentEvent({ id: `evt_${at}`, type, charge: "ch_1", occurredAt: noon + at, ...(minor > 0 && { amount: yen(minor) }), ...more }),
      ),
    );
    if (outcome.kind !== "charge") throw new Error("it is no charge");
    return outcome.charge;
  };

  test("is in no sum of the payment's own, and is said beside it", () => {
    const charge = paymentWith(
      ["charge.succeeded", 1_000],
      ["charge.refunded", 300, refund("r1")],
      ["charge.refunded", 0, { ...refund("r2"), ...euros(200) }],
      ["charge.refunded", 0, { ...refund("r3"), ...euros(50) }],
      ["refund.failed", 0, { ...refund("r3"), ...euros(50) }],
      ["dispute.lost", 0, { ...dispute("d"), ...euros(70) }],
      ["refund.pending", 0, { ...refund("r4"), amount: { minor: 9, currency: "USD" } }],
    );
    expect(charge).toMatchObject({ state: "partly_refunded", refunded: yen(300) });
    expect(charge.chargedBack).toBeUndefined();
    expect(charge.otherwise).toEqual([{ currency: "EUR", refunded: 200, chargedBack: 70 }]);
    expect(describeCharge(charge)).toBe("partly_refunded 1,000 JPY (refunded 300 JPY) (refunded 2.00 EUR) (charged back 0.70 EUR)");
  });

  test("is of each currency by itself, sorted, and of a dispute alone too", () => {
    const dollars = { amount: { minor: 5, currency: "USD" } };
    const charge = paymentWith(
      ["charge.succeeded", 1_000],
      ["dispute.lost", 0, { ...dispute("d"), ...euros(4) }],
      ["charge.refunded", 0, { ...refund("r"), ...dollars }],
    );
    expect(charge.otherwise).toEqual([
      { currency: "EUR", refunded: 0, chargedBack: 4 },
      { currency: "USD", refunded: 5, chargedBack: 0 },
    ]);
  });

  test("is nothing where it is the payment's currency, or the first that is known of it", () => {
    expect(paymentWith(["charge.succeeded", 1_000], ["charge.refunded", 1, refund("r")])).not.toHaveProperty("otherwise");
    expect(paymentWith(["charge.refunded", 0, { ...refund("r"), ...euros(4) }])).not.toHaveProperty("otherwise");
    expect(paymentWith(["dispute.lost", 0, { ...dispute("d"), ...euros(4) }])).not.toHaveProperty("otherwise");
    const both = paymentWith(["charge.refunded", 0, { ...refund("r"), ...euros(4) }], ["dispute.lost", 3, dispute("d")]);
    expect(both.otherwise).toEqual([{ currency: "JPY", refunded: 0, chargedBack: 3 }]);
    expect(both).not.toHaveProperty("chargedBack");
  });
});

describe("one unit", () => {
  const unit: Told = ["charge.succeeded", 1];
  test("that was taken and given back is a card check, and no charge", () => {
    expect(chargeOf(unit, ["charge.refunded", 1, refund("r")])).toMatchObject({ state: undefined });
  });

  const outcomeOf = (...told: readonly Told[]) =>
    paymentOf(
      ...told.map(([type, minor, more], at) =>
        paymentEvent({ id: `evt_${at}`, type, charge: "ch_1", occurredAt: noon + at, amount: yen(minor), ...more }),
      ),
    );
  const contract = { contract: "sub_1" };

  test("that is authorised is a check that is open until it is undone, in a contract too", () => {
    const open = { kind: "check", check: { passed: true, isOpen: true } };
    expect(outcomeOf(["charge.authorized", 1])).toMatchObject(open);
    expect(outcomeOf(["charge.authorized", 1, contract])).toMatchObject(open);
    const undone = outcomeOf(["charge.authorized", 1, contract], ["charge.refunded", 1, refund("r")]);
    expect(undone).toEqual({ kind: "check", check: { id: "ch_1", at: noon, passed: true } });
  });

  test("that was taken without a contract and given back is undone", () => {
    const undone = { kind: "check", check: { id: "ch_1", at: noon, passed: true } };
    expect(outcomeOf(unit, ["charge.refunded", 1, refund("r")])).toEqual(undone);
    expect(outcomeOf(["charge.succeeded", 1, contract], ["charge.refunded", 1, refund("r")])).toMatchObject({ kind: "charge" });
  });

  test("that was taken stays open as long as its refund is not done", () => {
    const open = { kind: "check", check: { isOpen: true } };
    expect(outcomeOf(unit, ["refund.pending", 1, refund("r")])).toMatchObject(open);
    expect(outcomeOf(unit, ["charge.refunded", 1, refund("r")], ["refund.failed", 1, refund("r")])).toMatchObject(open);
  });

  test("that the gateway reports as a check besides is not for anybody to undo", () => {
    const check = outcomeOf(["charge.authorized", 1], ["card.verified", 1]);
    expect(check).toMatchObject({ kind: "check", check: { passed: true } });
    expect(check).not.toHaveProperty("check.isOpen");
  });

  test("is of a contract when any of its events says so", () => {
    expect(outcomeOf(["charge.succeeded", 1, contract], ["charge.succeeded", 1])).toMatchObject({ kind: "charge" });
    expect(outcomeOf(["charge.succeeded", 1], ["charge.succeeded", 1])).toMatchObject({ kind: "check" });
  });

  test("that belongs to a contract is a charge, given back or not", () => {
    expect(chargeOf(["charge.succeeded", 1, { contract: "sub_1" }], ["charge.refunded", 1, refund("r")])).toMatchObject({
      state: "refunded",
    });
  });
});
