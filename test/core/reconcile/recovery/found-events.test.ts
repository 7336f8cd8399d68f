import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PaymentEvent } from "../../../../core/event.ts";
import { entriesOf } from "../../../../core/ledger/entry.ts";
import { balance } from "../../../../core/ledger/ledger.ts";
import type { Difference } from "../../../../core/reconcile/compare/difference.ts";
import { isRunningTotal, recoveryOf } from "../../../../core/reconcile/recovery/found-events.ts";
import { type FoundEvent, foundRecord, readFound } from "../../../../core/reconcile/recovery/found-record.ts";

const day = Date.UTC(2026, 9, 1);
const asOf = day + 30 * 86_400_000;
const yen = (minor: number) => ({ minor, currency: "JPY" });

const missing = (
  about: Difference["about"],
  names: Partial<Difference["names"]>,
  more: { readonly [Name in keyof Difference]?: Difference[Name] | undefined } = {},
): Difference => ({
  id: `shop/${about}:${names.reference ?? names.payment?.[0] ?? names.contract}`,
  cause: "never sent",
  symptom: "missing",
  about,
  names: { payment: [], ...names },
  at: day,
  ...(about !== "contract" && { theirs: yen(1_980), money: yen(1_980) }),
  ...(more as Partial<Difference>),
});

const none = { asOf, refunded: new Map() };
const told = (differences: readonly Difference[], given = none) => {
  const { events, left } = recoveryOf(differences, given);
  return { events: events.map(({ type, charge, amount }) => `${type} ${charge} ${amount?.minor}`), left: left.map(({ why }) => why) };
};

describe("what was never sent becomes an event:", () => {
  test("with all names of the line, so that the callback is about the same payment", () => {
    const names = { payment: ["ch_1", "pi_1"], contract: "sub_1", customer: "cus_1", order: "o-1" };
    expect(recoveryOf([missing("charge", names)], none).events).toEqual([
      {
        type: "charge.succeeded",
        gatewayType: "found in an export",
        occurredAt: day,
        charge: "ch_1",
        alsoKnownAs: ["pi_1"],
        contract: "sub_1",
        customer: "cus_1",
        order: "o-1",
        amount: yen(1_980),
      },
    ]);
  });

  test("other causes are not: their callbacks are here, or the export is wrong", () => {
    for (const cause of ["sent, not received", "received, not processed", "processed late", "export wrong"] as const)
      expect(told([missing("charge", { payment: ["ch_1"] }, { cause })])).toEqual({ events: [], left: [] });
  });

  test("several lines of one payment are one sum", () => {
    const part = { payment: ["ch_1"] };
    expect(told([missing("charge", part, { theirs: yen(600) }), missing("charge", part, { theirs: yen(400) })]).events).toEqual([
      "charge.succeeded ch_1 1000",
    ]);
  });

  test("a refund without a name is what went back so far, with what is recorded of it", () => {
    const one = missing("refund", { payment: ["ch_1"] }, { theirs: yen(300), money: yen(300) });
    expect(told([one, one], { asOf, refunded: new Map([["ch_1", yen(500)]]) }).events).toEqual(["charge.refunded ch_1 1100"]);
    const named = missing("refund", { payment: ["ch_1"], reference: "re_1" }, { theirs: yen(300) });
    expect(told([named], { asOf, refunded: new Map([["ch_1", yen(500)]]) }).events).toEqual(["charge.refunded ch_1 300"]);
  });

  const back = { payment: ["ch_1"], reference: "re_1" };
  const disputed = { payment: ["ch_1"], reference: "dp_1" };
  test.each<[string, Difference, object]>([
    ["a failure", missing("failure", { payment: ["ch_1"] }), { type: "charge.failed", charge: "ch_1", amount: yen(1_980) }],
    [
      "a failure of which no amount is known, of a payment that the ledger has otherwise",
      missing("failure", { payment: ["ch_1"] }, { symptom: "data", theirs: undefined }),
      { type: "charge.failed", charge: "ch_1" },
    ],
    [
      "a void, without its amount",
      missing("void", { payment: ["ch_1"] }, { symptom: "data", theirs: undefined }),
      { type: "charge.voided", charge: "ch_1" },
    ],
    ["a refund", missing("refund", back), { type: "charge.refunded", charge: "ch_1", refund: "re_1", amount: yen(1_980) }],
    ["a refund that failed", missing("refund failed", back), { type: "refund.failed", charge: "ch_1", refund: "re_1", amount: yen(1_980) }],
    ["a dispute", missing("chargeback", disputed), { type: "dispute.opened", charge: "ch_1", dispute: "dp_1", amount: yen(1_980) }],
    [
      "a dispute that was won",
      missing("chargeback reversed", disputed),
      { type: "dispute.won", charge: "ch_1", dispute: "dp_1", amount: yen(1_980) },
    ],
    [
      "more that went back than is recorded: only what is at stake is added",
      missing("refund", { payment: ["ch_1"] }, { symptom: "over", theirs: yen(500), money: yen(200) }),
      { type: "charge.refunded", charge: "ch_1", amount: yen(200) },
    ],
    [
      "a charge whose line has a name that is no refund's",
      missing("charge", { payment: ["ch_1"], reference: "x" }),
      { type: "charge.succeeded", charge: "ch_1", amount: yen(1_980) },
    ],
  ])("%s", (_, difference, event) => {
    const { events, settled, left } = recoveryOf([difference], none);
    expect(events).toStrictEqual([{ gatewayType: "found in an export", occurredAt: day, ...event }]);
    expect([[...settled], left]).toEqual([[difference], []]);
  });

  test("payments and refunds of other names are events of their own; parts of one are told as of the last", () => {
    const parts = [day, day + 9, day + 5].map((at) => missing("charge", { payment: ["ch_1"] }, { at, theirs: yen(100) }));
    const others = [
      missing("charge", { payment: ["ch_2"] }),
      ...["re_1", "re_2"].map((reference) => missing("refund", { payment: ["ch_1"], reference })),
      ...["dp_1", "dp_2"].map((reference) => missing("chargeback", { payment: ["ch_1"], reference })),
    ];
    const { events, settled } = recoveryOf([...parts, ...others], none);
    expect(events.map(({ type, charge, refund, dispute, occurredAt }) => [type, charge, refund ?? dispute, occurredAt - day])).toEqual([
      ["charge.succeeded", "ch_1", undefined, 9],
      ["charge.succeeded", "ch_2", undefined, 0],
      ["charge.refunded", "ch_1", "re_1", 0],
      ["charge.refunded", "ch_1", "re_2", 0],
      ["dispute.opened", "ch_1", "dp_1", 0],
      ["dispute.opened", "ch_1", "dp_2", 0],
    ]);
    expect([...settled]).toEqual([...parts, ...others]);
  });

  test("a sum that went back has to be of the currency in which some is recorded as given back", () => {
    const one = missing("refund", { payment: ["ch_1"] });
    const recorded = new Map([["ch_1", { minor: 5, currency: "USD" }]]);
    expect(told([one], { asOf, refunded: recorded })).toEqual({ events: [], left: ["its amounts are of several currencies"] });
    expect(told([one, one], { asOf, refunded: recorded }).left).toHaveLength(2);
  });

  test("the recorded sum is asked for only of a refund without a name, of a payment that has one, and that was never sent", () => {
    const unnamed = missing("refund", { payment: ["ch_1"] });
    expect(isRunningTotal(unnamed)).toBe(true);
    for (const other of [
      missing("charge", { payment: ["ch_1"] }),
      { ...unnamed, cause: "export wrong" } as const,
      missing("refund", back),
      missing("refund", { payment: [] }),
    ])
      expect(isRunningTotal(other)).toBe(false);
    // Of a charge nothing that went back is added.
    expect(told([missing("charge", { payment: ["ch_1"] })], { asOf, refunded: new Map([["ch_1", yen(500)]]) }).events).toEqual([
      "charge.succeeded ch_1 1980",
    ]);
  });

  test("the end of a contract, and the beginning of one that lives", () => {
    const ended = missing("contract", { contract: "c-1" }, { symptom: "data", states: { theirs: "expired", ours: "active" } });
    const [begun, other] = ["c-2", "c-4"].map((contract) => missing("contract", { contract }, { states: { theirs: "active" } }));
    expect(recoveryOf([ended, begun as Difference, other as Difference], none).events).toMatchObject([
      { type: "contract.expired", contract: "c-1" },
      { type: "contract.started", contract: "c-2" },
      { type: "contract.started", contract: "c-4" },
    ]);
    // One that has ended already had ended before the list was made.
    const cancelled = missing(
      "contract",
      { contract: "c-3", customer: "cus_1" },
      { symptom: "data", states: { theirs: "cancelled" }, at: asOf },
    );
    const all = recoveryOf([ended, cancelled], none);
    expect(all.events).toEqual([
      { type: "contract.expired", gatewayType: "found in an export", occurredAt: day, contract: "c-1" },
      { type: "contract.cancelled", gatewayType: "found in an export", occurredAt: asOf - 1, contract: "c-3", customer: "cus_1" },
    ]);
    expect([...all.settled]).toEqual([ended, cancelled]);
  });
});

test("what has no name that a callback would have is left, with the reason", () => {
  expect(
    told([
      missing("charge", { order: "o-1" }),
      missing("charge", { payment: ["ch_1"] }, { symptom: "duplicate" }),
      missing("chargeback", { payment: ["ch_1"] }),
      missing("contract", { contract: "c-1" }, { states: { theirs: "active" }, at: asOf }),
      missing("contract", { contract: "c-2" }, { states: { theirs: "cancelled" } }),
      missing("contract", {}, { symptom: "data", states: { theirs: "cancelled" } }),
      missing("charge", { payment: ["ch_3"] }, { theirs: undefined }),
      missing("refund", { payment: ["ch_3"] }, { money: undefined }),
      missing("charge", { payment: ["ch_2"] }),
      missing("charge", { payment: ["ch_2"] }, { theirs: { minor: 20, currency: "USD" } }),
    ]),
  ).toEqual({
    events: [],
    left: [
      "the export does not name the payment as its callback would",
      "its payment is recorded already, and a second charge of it has no id of its own",
      "the export does not name the chargeback",
      "the list does not say since when it lives",
      "it has ended, and nothing of it is known here",
      "it names no contract",
      "the export has no amount of it",
      "the export has no amount of it",
      "its amounts are of several currencies",
      "its amounts are of several currencies",
    ],
  });
});

const entered = { source: "shop", gateway: "hmac", found: { run: "r", by: "kei", isToBeDelivered: false }, now: asOf, orderedAt: asOf };
const readBack = (event: FoundEvent): PaymentEvent => readFound(foundRecord(event, entered).raw)[0] as PaymentEvent;

describe("its record", () => {
  const event: FoundEvent = {
    type: "charge.succeeded",
    gatewayType: "found in an export",
    occurredAt: day,
    charge: "ch_1",
    amount: yen(1_980),
  };

  test("is the same for the same event, whoever enters it and whenever", () => {
    const again = foundRecord(
      { amount: yen(1_980), charge: "ch_1", occurredAt: day, gatewayType: "found in an export", type: "charge.succeeded" },
      { ...entered, now: asOf + 1, found: { run: "other", by: "ann", isToBeDelivered: true } },
    );
    const { key, sha256 } = foundRecord(event, entered);
    expect([again.key, again.sha256]).toEqual([key, sha256]);
    expect(foundRecord({ ...event, amount: yen(1_981) }, entered).key).not.toBe(key);
  });

  test("is a callback that nobody sent, stored when it was entered and in its place among the others", () => {
    const found = { run: "r", by: "kei", isToBeDelivered: false };
    const body = Buffer.from(
      '{"found":{"amount":{"minor":1980,"currency":"JPY"},"charge":"ch_1","gatewayType":"found in an export","occurredAt":' +
        `${day},"type":"charge.succeeded"}}`,
    );
    const headers = { "content-type": "application/json" };
    expect(foundRecord(event, { source: "shop", gateway: "hmac", found, now: asOf, orderedAt: asOf + 3 })).toEqual({
      key: expect.stringMatching(/^shop\/found:[0-9a-f]{32}$/),
      gateway: "hmac",
      raw: { source: "shop", method: "POST", url: "export:", headers, body, sourceIp: "", receivedAt: asOf },
      ...{ storedAt: asOf, orderedAt: asOf + 3, verification: "verified", found, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
  });

  test("says the event, and nothing that is none", () => {
    expect(readBack(event)).toEqual({ ...event, id: expect.stringMatching(/^found:[0-9a-f]{32}$/) });
    for (const body of ["{}", '{"found":{"type":"charge.eaten","occurredAt":1}}', '{"found":{"type":"charge.failed"}}', "["])
      expect(() => readFound({ body: Buffer.from(body) })).toThrow();
  });
});

test("a callback that comes after all changes nothing, in whatever order, with parts or as a whole", () => {
  const genuine = fc.record({
    amount: fc.integer({ min: 2, max: 100_000 }),
    part: fc.option(fc.constant("capture"), { nil: undefined }),
    asIntent: fc.boolean(),
    refund: fc.option(fc.record({ share: fc.double({ min: 0.01, max: 1, noNaN: true }), named: fc.boolean(), isTotal: fc.boolean() }), {
      nil: undefined,
    }),
    late: fc.integer({ min: -1_000, max: 1_000 }),
  });
  fc.assert(
    fc.property(genuine, fc.boolean(), ({ amount, part, asIntent, refund, late }, isFoundFirst) => {
      const back = refund && Math.max(1, Math.floor(amount * refund.share));
      const callbacks: PaymentEvent[] = [
        {
          id: "evt_1",
          type: "charge.succeeded",
          gatewayType: "x",
          occurredAt: day + late,
          charge: asIntent ? "pi_1" : "ch_1",
          contract: "sub_1",
          amount: yen(amount),
          ...(part && { part }),
        },
      ];
      if (refund && back)
        callbacks.push({
          id: "evt_2",
          type: "charge.refunded",
          gatewayType: "x",
          occurredAt: day + 5_000 + late,
          charge: asIntent ? "pi_1" : "ch_1",
          contract: "sub_1",
          amount: yen(back),
          ...(!refund.isTotal && { refund: "re_1" }),
        });
      const lines = [
        missing("charge", { payment: ["ch_1", "pi_1"] }, { theirs: yen(amount), money: yen(amount) }),
        ...(refund && back
          ? [
              missing(
                "refund",
                { payment: ["ch_1", "pi_1"], ...(refund.named && { reference: "re_1" }) },
                { theirs: yen(back), money: yen(back), at: day + 5_000 },
              ),
            ]
          : []),
      ];
      const found = recoveryOf(lines, none).events.map((one) => ({ ...readBack(one), contract: "sub_1" }));
      const charges = (events: readonly PaymentEvent[]) =>
        balance("shop", "sub_1", entriesOf("shop/r", "shop", events)).charges.map(({ state, amount: taken, refunded }) => ({
          state,
          taken,
          refunded,
        }));
      const both = isFoundFirst ? [...found, ...callbacks] : [...callbacks, ...found];
      expect(charges(both)).toEqual(charges(callbacks));
      expect(charges(found)).toEqual(charges(callbacks));
    }),
  );
});
