import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contractStates, type EventType, eventTypes, type PaymentEvent } from "../../../core/event.ts";
import type { Entry } from "../../../core/ledger/entry.ts";
import { balance, type Contract } from "../../../core/ledger/ledger.ts";
import { describeCharge } from "../../../core/ledger/payment/charge.ts";
import { noon, paymentEvent } from "../../support/samples.ts";

const entryOf = (event: PaymentEvent): Entry => ({ source: "sandbox", contract: "sub_1", event, record: `sandbox/${event.id}` });

const ledger = (...events: readonly PaymentEvent[]): Contract => balance("sandbox", "sub_1", events.map(entryOf));

/** Events told in this order, each a minute after the one before. */
const told = (...events: readonly (Partial<PaymentEvent> & { readonly type: EventType })[]): readonly PaymentEvent[] =>
  events.map((event, index) => paymentEvent({ id: `evt_${index}`, gatewayType: event.type, occurredAt: noon + index * 60_000, ...event }));

const permutations = <Value>(values: readonly Value[]): readonly (readonly Value[])[] =>
  values.length < 2 ? [values] : values.flatMap((value, at) => permutations(values.toSpliced(at, 1)).map((rest) => [value, ...rest]));

const yen = (minor: number) => ({ minor, currency: "JPY" });

/** Few ids, few times and few charges, so that events of one history often meet. */
const history = fc.uniqueArray(
  fc
    .record(
      {
        id: fc.nat({ max: 40 }).map((number) => `evt_${number}`),
        type: fc.constantFrom(...eventTypes),
        occurredAt: fc.nat({ max: 4 }).map((minutes) => noon + minutes * 60_000),
        charge: fc.constantFrom("ch_1", "ch_2", "ch_3"),
        amount: fc.record({ minor: fc.constantFrom(1, 300, 1_980), currency: fc.constantFrom("JPY", "USD") }),
        refund: fc.constantFrom("re_1", "re_2"),
        customer: fc.constantFrom("cus_1", "cus_2"),
        order: fc.constantFrom("A-1", "A-2"),
        reason: fc.constantFrom("card expired", "no funds"),
        replacedBy: fc.constantFrom("sub_2", "sub_3"),
      },
      { requiredKeys: ["id", "type", "occurredAt"] },
    )
    .map((event) => paymentEvent({ gatewayType: event.type, ...event })),
  { selector: ({ id }) => id, maxLength: 14 },
);

/** A history, and the same events in another order with some of them told again. */
const retold = history.chain((events) =>
  fc.tuple(
    fc.constant(events),
    fc
      .tuple(
        fc.shuffledSubarray(events, { minLength: events.length }),
        events.length ? fc.array(fc.constantFrom(...events)) : fc.constant([]),
      )
      .chain(([all, again]) => fc.shuffledSubarray([...all, ...again], { minLength: all.length + again.length })),
  ),
);

describe("the ledger of a contract", () => {
  test("is the same for any order and any number of repetitions of the same events", () => {
    fc.assert(
      fc.property(retold, ([events, again]) => {
        expect(ledger(...again)).toEqual(ledger(...events));
      }),
      { numRuns: 2_000 },
    );
  });

  test("is in the state of the latest event that has one, but for what comes after an end without beginning anew", () => {
    const states: Partial<Record<EventType, string>> = {
      "contract.started": "active",
      "contract.renewed": "active",
      "contract.resumed": "active",
      "contract.past_due": "past_due",
      "contract.paused": "paused",
      "contract.cancelled": "cancelled",
      "contract.expired": "expired",
      "contract.replaced": "replaced",
    };
    const begins = ["contract.started", "contract.resumed", "contract.replaced"];
    fc.assert(
      fc.property(history, (events) => {
        const apart = events.map((event, minute) => ({ ...event, occurredAt: noon + minute * 60_000 }));
        let latest: PaymentEvent | undefined;
        for (const event of apart) {
          if (!states[event.type]) continue;
          const hasEnded = latest && ["contract.cancelled", "contract.expired", "contract.replaced"].includes(latest.type);
          if (!hasEnded || begins.includes(event.type)) latest = event;
        }
        const { state, since, replacedBy } = ledger(...apart);
        expect({ state, since, replacedBy }).toEqual({
          state: latest ? states[latest.type] : "unknown",
          since: latest?.occurredAt,
          replacedBy: latest?.replacedBy,
        });
        expect(contractStates).toContain(state);
      }),
    );
  });

  test("keeps every event once, oldest first, and loses none", () => {
    fc.assert(
      fc.property(retold, ([events, again]) => {
        const kept = ledger(...again).entries.map(({ event }) => event);
        expect(kept.map(({ id }) => id).toSorted()).toEqual(events.map(({ id }) => id).toSorted());
        expect(kept.map(({ occurredAt }) => occurredAt)).toEqual(kept.map(({ occurredAt }) => occurredAt).toSorted((a, b) => a - b));
      }),
    );
  });

  test("counts each payment once, however many events report it, and as a charge or as a card check", () => {
    fc.assert(
      fc.property(history, (events) => {
        const { charges, cardChecks } = ledger(...events);
        const about = new Set(events.flatMap(({ type, charge }) => (/^(charge|refund|dispute)\./.test(type) && charge ? [charge] : [])));
        const ids = charges.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(new Set(cardChecks.map(({ id }) => id)).size).toBe(cardChecks.length);
        const known = new Set([...ids, ...cardChecks.map(({ id }) => id)]);
        for (const charge of about) expect(known).toContain(charge);
        for (const id of ids) expect(about).toContain(id);
      }),
    );
  });

  test("of nothing is empty and its state unknown", () => {
    expect(ledger()).toEqual({
      source: "sandbox",
      id: "sub_1",
      state: "unknown",
      charges: [],
      sums: [],
      cardChecks: [],
      disputes: 0,
      unknownEvents: 0,
      entries: [],
    });
  });

  test("counts a dispute once per charge, however often it is announced, and each one without a charge separately", () => {
    const events = told(
      { type: "dispute.opened", charge: "ch_1" },
      { type: "dispute.opened", charge: "ch_1" },
      { type: "dispute.opened", charge: "ch_2" },
      { type: "dispute.opened" },
      { type: "dispute.opened" },
    );
    for (const order of permutations(events)) expect(ledger(...order).disputes).toBe(4);
  });

  test("counts disputes and unknown events, and keeps the latest customer", () => {
    const events = told(
      { type: "dispute.opened", customer: "cus_1" },
      { type: "dispute.lost" },
      { type: "unknown" },
      { type: "notice", customer: "cus_2" },
      { type: "unknown" },
    );
    for (const order of permutations(events)) expect(ledger(...order)).toMatchObject({ disputes: 1, unknownEvents: 2, customer: "cus_2" });
  });

  test("is in the state that its own events say, not those of another contract whose payment is in its line", () => {
    const [started, cancelled] = told({ type: "contract.started", contract: "sub_1" }, { type: "contract.cancelled", contract: "sub_2" });
    expect(ledger(...[started, cancelled].filter((event) => event !== undefined))).toMatchObject({ state: "active", since: noon });
  });

  test("lists its charges in the order of time, and then of their ids", () => {
    const events = (["ch_3", "ch_2", "ch_1", "ch_4"] as const).map((charge, at) =>
      paymentEvent({ id: `evt_${at}`, type: "charge.succeeded", charge, occurredAt: charge === "ch_4" ? noon - 1 : noon }),
    );
    for (const order of permutations(events))
      expect(ledger(...order).charges.map(({ id }) => id)).toEqual(["ch_4", "ch_1", "ch_2", "ch_3"]);
    // A payment is as old as its sale, and not as what was reported of it first.
    const sale = { type: "charge.succeeded" } as const;
    const late = told({ type: "charge.failed", charge: "ch_1" }, { ...sale, charge: "ch_2" }, { ...sale, charge: "ch_1" });
    expect(ledger(...late).charges.map(({ id }) => id)).toEqual(["ch_2", "ch_1"]);
  });

  test("calls a payment by the id under which it was taken, or by the first of its others", () => {
    const [paid] = told({ type: "charge.succeeded", charge: "pi_1", alsoKnownAs: ["in_1"] });
    const [other] = told({ type: "charge.succeeded", alsoKnownAs: ["in_2", "in_1"] });
    expect(ledger(paid as PaymentEvent).charges).toMatchObject([{ id: "pi_1", ids: ["in_1", "pi_1"] }]);
    expect(ledger(other as PaymentEvent).charges).toMatchObject([{ id: "in_1", ids: ["in_1", "in_2"] }]);
  });
});

describe("a late event", () => {
  test("that is older than the cancellation does not revive the contract", () => {
    const late = fc.constantFrom<EventType>(
      "contract.started",
      "contract.renewed",
      "contract.resumed",
      "contract.past_due",
      "contract.paused",
    );
    fc.assert(
      fc.property(late, fc.integer({ min: 1, max: 10 ** 12 }), (type, earlierBy) => {
        const [cancelled] = told({ type: "contract.cancelled" });
        const before = paymentEvent({ id: "zzz", type, occurredAt: noon - earlierBy });
        expect(ledger(cancelled as PaymentEvent, before)).toMatchObject({ state: "cancelled", since: noon });
      }),
    );
  });

  test("that is younger does: the gateway has changed its mind", () => {
    expect(ledger(...told({ type: "contract.cancelled" }, { type: "contract.resumed" })).state).toBe("active");
  });

  test("never changes what a charge, a dispute or an unknown event says about the contract's state", () => {
    const other = eventTypes.filter((type) => !type.startsWith("contract."));
    for (const type of other) expect(ledger(...told({ type: "contract.cancelled" }, { type, charge: "ch_1" })).state).toBe("cancelled");
  });
});

describe("a charge", () => {
  const charge = "ch_1";
  const amount = yen(1_980);

  test.each<[name: string, events: readonly PaymentEvent[], is: object]>([
    [
      "that succeeded",
      told({ type: "charge.succeeded", charge, amount, order: "A-1" }),
      { state: "succeeded", amount, order: "A-1", at: noon },
    ],
    ["that was only authorised", told({ type: "charge.authorized", charge, amount }), { state: "authorized", amount }],
    [
      "that was authorised and captured",
      told({ type: "charge.authorized", charge, amount: yen(2_000) }, { type: "charge.succeeded", charge, amount }),
      { state: "succeeded", amount, at: noon + 60_000 },
    ],
    ["that failed", told({ type: "charge.failed", charge, amount, reason: "no funds" }), { state: "failed", amount, reason: "no funds" }],
    [
      "that failed and then succeeded",
      told({ type: "charge.failed", charge, amount, reason: "no funds" }, { type: "charge.succeeded", charge, amount }),
      { state: "succeeded", amount },
    ],
    [
      "that was refunded in part",
      told({ type: "charge.succeeded", charge, amount }, { type: "charge.refunded", charge, refund: "re_1", amount: yen(980) }),
      { state: "partly_refunded", amount, refunded: yen(980) },
    ],
    [
      "that was refunded in two parts",
      told(
        { type: "charge.succeeded", charge, amount },
        { type: "charge.refunded", charge, refund: "re_1", amount: yen(980) },
        { type: "charge.refunded", charge, refund: "re_2", amount: yen(1_000) },
      ),
      { state: "refunded", amount, refunded: yen(1_980) },
    ],
    [
      "of whose one refund was told twice",
      told(
        { type: "charge.succeeded", charge, amount },
        { type: "charge.refunded", charge, refund: "re_1", amount: yen(980) },
        { type: "charge.refunded", charge, refund: "re_1", amount: yen(980) },
      ),
      { state: "partly_refunded", refunded: yen(980) },
    ],
    [
      "that was refunded without saying how much",
      told({ type: "charge.succeeded", charge, amount }, { type: "charge.refunded", charge }),
      { state: "refunded", amount, refunded: amount },
    ],
    [
      "that was voided",
      told({ type: "charge.authorized", charge, amount }, { type: "charge.voided", charge }),
      { state: "voided", amount },
    ],
    ["of which only the refund is known", told({ type: "charge.refunded", charge, amount }), { state: "refunded", refunded: amount }],
    ["of which only the void is known", told({ type: "charge.voided", charge, amount }), { state: "voided" }],
  ])("%s is told so, whatever order its events came in", (_, events, is) => {
    for (const order of permutations(events)) {
      const { charges, cardChecks } = ledger(...order);
      expect(charges).toEqual([expect.objectContaining({ id: charge, ...is })]);
      expect(cardChecks).toEqual([]);
    }
  });

  test("is what was reported last, between equal times void outweighing success and success failure", () => {
    const weights = { "charge.failed": 1, "charge.succeeded": 2, "charge.voided": 3 } as const;
    const states = { "charge.failed": "failed", "charge.succeeded": "succeeded", "charge.voided": "voided" } as const;
    const telling = fc.record({ type: fc.constantFrom("charge.failed", "charge.succeeded", "charge.voided"), minute: fc.nat({ max: 3 }) });
    fc.assert(
      fc.property(fc.array(telling, { minLength: 1, maxLength: 5 }), (tellings) => {
        const [last] = tellings.toSorted((one, other) => other.minute - one.minute || weights[other.type] - weights[one.type]);
        const events = tellings.map(({ type, minute }, index) =>
          paymentEvent({ id: `evt_${index}`, type, charge, amount, occurredAt: noon + minute * 60_000 }),
        );
        expect(ledger(...events).charges.map(({ state }) => state)).toEqual([last && states[last.type]]);
      }),
      { numRuns: 500 },
    );
  });

  test("was not taken when its authorisation failed or was voided afterwards, and was when it succeeded after that", () => {
    const minute = (minutes: number) => ({ charge, amount, occurredAt: noon + minutes * 60_000 });
    const authorized = paymentEvent({ id: "evt_1", type: "charge.authorized", ...minute(1) });
    const state = (...events: readonly PaymentEvent[]) => ledger(authorized, ...events).charges[0]?.state;
    expect(state(paymentEvent({ type: "charge.failed", id: "evt_2", ...minute(2) }))).toBe("failed");
    expect(state(paymentEvent({ type: "charge.failed", id: "evt_2", ...minute(0) }))).toBe("authorized");
    expect(state(paymentEvent({ type: "charge.voided", id: "evt_2", ...minute(2) }))).toBe("voided");
    expect(state(paymentEvent({ type: "charge.voided", id: "evt_2", ...minute(0) }))).toBe("authorized");
    const voided = paymentEvent({ type: "charge.voided", id: "evt_2", ...minute(2) });
    expect(state(voided, paymentEvent({ type: "charge.succeeded", id: "evt_3", ...minute(3) }))).toBe("succeeded");
  });

  test("is the latest of two reports, with its amount", () => {
    const events = told(
      { type: "charge.succeeded", charge, amount: yen(2_000), order: "A-1" },
      { type: "charge.succeeded", charge, amount, order: "A-2" },
    );
    for (const order of permutations(events))
      expect(ledger(...order).charges).toEqual([expect.objectContaining({ amount, order: "A-2", at: noon + 60_000 })]);
  });

  test("keeps no failure's reason once it has succeeded", () => {
    const [paid] = ledger(
      ...told({ type: "charge.failed", charge, reason: "no funds" }, { type: "charge.succeeded", charge, amount }),
    ).charges;
    expect(paid).not.toHaveProperty("reason");
  });

  test("has refunded the larger of the sum of its refunds and of their reported total", () => {
    const refund = (minor: number, id?: string) =>
      ({ type: "charge.refunded", charge, amount: yen(minor), ...(id && { refund: id }) }) as const;
    const refundedOf = (...refunds: readonly ReturnType<typeof refund>[]) => {
      const outcomes = permutations(told({ type: "charge.succeeded", charge, amount }, ...refunds)).map(
        (order) => ledger(...order).charges[0],
      );
      const [first] = outcomes;
      for (const outcome of outcomes) expect(outcome).toEqual(first);
      return [first?.state, first?.refunded?.minor];
    };
    expect(refundedOf(refund(500, "re_1"), refund(480, "re_2"), refund(980))).toEqual(["partly_refunded", 980]);
    expect(refundedOf(refund(500, "re_1"), refund(480, "re_2"), refund(500))).toEqual(["partly_refunded", 980]);
    expect(refundedOf(refund(500, "re_1"), refund(1_980))).toEqual(["refunded", 1_980]);
    expect(refundedOf(refund(1, "re_1"))).toEqual(["partly_refunded", 1]);
    const [dollars] = ledger(
      ...told({ type: "charge.refunded", charge, refund: "re_1", amount: { minor: 1, currency: "USD" } }, refund(500)),
    ).charges;
    expect(dollars?.refunded).toEqual(yen(500));
  });

  test("of which only refunds were reported is as old as the latest of them", () => {
    const [first, second] = told(
      { type: "charge.refunded", charge: "ch_1", refund: "re_1", order: "A-1" },
      { type: "charge.refunded", charge: "ch_1", refund: "re_2", order: "A-2" },
    );
    for (const events of [
      [first, second],
      [second, first],
    ])
      expect(ledger(...events.filter((event) => event !== undefined)).charges).toEqual([
        expect.objectContaining({ id: "ch_1", state: "refunded", at: noon + 60_000, order: "A-2" }),
      ]);
  });

  test("of which only its void was reported has the void's amount", () => {
    expect(ledger(...told({ type: "charge.voided", charge: "ch_1", amount: yen(980) })).charges).toEqual([
      expect.objectContaining({ id: "ch_1", state: "voided", at: noon, amount: yen(980) }),
    ]);
  });

  test("is one even where a card check was reported under the same id, unless only its void is known besides", () => {
    const check = { type: "card.verified", charge: "ch_1" } as const;
    expect(ledger(...told(check, { type: "charge.succeeded", charge: "ch_1", amount: yen(980) })).charges).toMatchObject([
      { id: "ch_1", state: "succeeded" },
    ]);
    expect(ledger(...told(check, { type: "charge.voided", charge: "ch_1" })).charges).toEqual([]);
  });

  test("has refunded what is known in its own currency, whatever a total in another one says", () => {
    const events = told(
      { type: "charge.succeeded", charge: "ch_1", amount: yen(1_980) },
      { type: "charge.refunded", charge: "ch_1", refund: "re_1", amount: yen(500) },
      { type: "charge.refunded", charge: "ch_1", amount: { minor: 3, currency: "USD" } },
    );
    expect(ledger(...events).charges[0]?.refunded).toEqual(yen(500));
  });

  test("has refunded nothing when its refund was reversed, which is reported as a refund of zero", () => {
    const events = told({ type: "charge.succeeded", charge, amount }, { type: "charge.refunded", charge, refund: "re_1", amount: yen(0) });
    expect(ledger(...events).charges).toEqual([expect.objectContaining({ state: "succeeded", amount })]);
  });

  test("leaves out refunds in another currency rather than adding yen to dollars", () => {
    const events = told(
      { type: "charge.succeeded", charge, amount },
      { type: "charge.refunded", charge, refund: "re_1", amount: yen(980) },
      { type: "charge.refunded", charge, refund: "re_2", amount: { minor: 500, currency: "USD" } },
    );
    expect(ledger(...events).charges).toEqual([expect.objectContaining({ state: "partly_refunded", refunded: yen(980) })]);
  });

  test("is described for people with its amount and what was given back", () => {
    const [first] = ledger(
      ...told({ type: "charge.succeeded", charge, amount }, { type: "charge.refunded", charge, refund: "re_1", amount: yen(980) }),
    ).charges;
    expect(first && describeCharge(first)).toBe("partly_refunded 1,980 JPY (refunded 980 JPY)");
    expect(describeCharge({ state: "failed" })).toBe("failed");
  });
});

describe("a card check", () => {
  const charge = "ch_1";
  const halves = ["charge.authorized", "charge.succeeded"] as const;

  test.each(halves)("of one unit, %s and voided, is never a charge, whichever half arrives first", (type) => {
    for (const currency of ["JPY", "USD"]) {
      const events = told({ type, charge, amount: { minor: 1, currency } }, { type: "charge.voided", charge });
      for (const order of permutations(events))
        expect(ledger(...order)).toMatchObject({ charges: [], cardChecks: [{ id: charge, at: noon, passed: true }] });
    }
  });

  test("adds nothing to the total, wherever its halves are in a contract's history", () => {
    fc.assert(
      fc.property(history, fc.constantFrom(...halves), fc.nat({ max: 4 }), fc.nat({ max: 4 }), (events, type, first, second) => {
        const check = [
          paymentEvent({ id: "check_1", type, charge: "check", amount: yen(1), occurredAt: noon + first * 60_000 }),
          paymentEvent({ id: "check_2", type: "charge.voided", charge: "check", occurredAt: noon + second * 60_000 }),
        ];
        const [without, having] = [ledger(...events), ledger(...events, ...check)];
        expect(having.charges).toEqual(without.charges);
        expect(having.state).toBe(without.state);
        expect(having.cardChecks.filter(({ id }) => id === "check")).toEqual([{ id: "check", at: check[0]?.occurredAt, passed: true }]);
      }),
    );
  });

  test.each(halves)("of one unit, %s, is one before it is undone too, and is open until then", (type) => {
    const [sale, undone] = told({ type, charge, amount: yen(1) }, { type: "charge.voided", charge });
    expect(ledger(sale as PaymentEvent)).toMatchObject({ charges: [], cardChecks: [{ id: charge, at: noon, passed: true, isOpen: true }] });
    expect(ledger(sale as PaymentEvent, undone as PaymentEvent).cardChecks).toEqual([{ id: charge, at: noon, passed: true }]);
  });

  test("of one unit that failed has nothing to be undone", () => {
    expect(ledger(...told({ type: "charge.failed", charge, amount: yen(1) })).cardChecks).toEqual([
      { id: charge, at: noon, passed: false },
    ]);
  });

  test("is not what one unit taken for a contract is", () => {
    const events = told({ type: "charge.succeeded", charge, contract: "sub_1", amount: yen(1) });
    expect(ledger(...events)).toMatchObject({ charges: [{ state: "succeeded", amount: yen(1) }], cardChecks: [] });
  });

  test("is not what a voided charge of two units is", () => {
    const events = told({ type: "charge.authorized", charge, amount: yen(2) }, { type: "charge.voided", charge });
    expect(ledger(...events)).toMatchObject({ charges: [{ state: "voided" }], cardChecks: [] });
  });

  test("is not what one unit authorised and captured for more is", () => {
    const events = told({ type: "charge.authorized", charge, amount: yen(1) }, { type: "charge.succeeded", charge, amount: yen(1_980) });
    for (const order of permutations(events)) expect(ledger(...order)).toMatchObject({ charges: [{ state: "succeeded" }], cardChecks: [] });
  });

  test("of the gateway's own is listed in the order of time, with its outcome", () => {
    const events = told({ type: "card.verified", charge: "ch_2" }, { type: "card.verification_failed" }, { type: "card.verified", charge });
    for (const order of permutations(events))
      expect(ledger(...order)).toMatchObject({
        charges: [],
        cardChecks: [
          { id: "ch_2", passed: true },
          { id: "evt_1", passed: false },
          { id: charge, passed: true },
        ],
      });
  });

  test("is listed by its time among all others, whether its halves or the gateway reported it", () => {
    const events = told(
      { type: "card.verified", charge: "ch_3" },
      { type: "charge.authorized", charge: "ch_2", amount: yen(1) },
      { type: "charge.voided", charge: "ch_2" },
      { type: "card.verified", charge: "ch_1" },
      { type: "card.verified", charge: "ch_3" },
    );
    for (const order of permutations(events))
      expect(ledger(...order).cardChecks).toEqual([
        { id: "ch_3", at: noon, passed: true },
        { id: "ch_2", at: noon + 60_000, passed: true },
        { id: "ch_1", at: noon + 180_000, passed: true },
      ]);
  });

  test("is listed by its id among those of the same time", () => {
    const events = ["ch_2", "ch_1", "ch_3"].map((charge, at) => paymentEvent({ id: `evt_${at}`, type: "card.verified", charge }));
    expect(ledger(...events).cardChecks.map(({ id }) => id)).toEqual(["ch_1", "ch_2", "ch_3"]);
  });

  test("that passed more than once passed when it did first, whatever reported it", () => {
    const halves = told({ type: "charge.voided", charge: "ch_1" }, { type: "charge.authorized", charge: "ch_1", amount: yen(1) });
    const own = (occurredAt: number) => paymentEvent({ id: `own_${occurredAt}`, type: "card.verified", charge: "ch_1", occurredAt });
    expect(ledger(...halves, own(noon)).cardChecks).toEqual([{ id: "ch_1", at: noon, passed: true }]);
    expect(ledger(...halves, own(noon + 90_000)).cardChecks).toEqual([{ id: "ch_1", at: noon + 60_000, passed: true }]);
  });

  test("reported by several events is one check: as a check and by its halves, twice, or undone by the gateway", () => {
    const half = { charge, amount: yen(1) };
    for (const events of [
      told({ type: "charge.authorized", ...half }, { type: "card.verified", charge }, { type: "charge.voided", charge }),
      told({ type: "card.verified", charge }, { type: "card.verified", charge }),
      told({ type: "card.verified", charge }, { type: "charge.voided", charge }),
      told({ type: "card.verification_failed", charge }, { type: "card.verified", charge }),
    ])
      for (const order of permutations(events))
        expect(ledger(...order)).toMatchObject({ charges: [], cardChecks: [expect.objectContaining({ id: charge, passed: true })] });
  });
});
