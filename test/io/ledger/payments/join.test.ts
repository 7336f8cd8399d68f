import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PaymentEvent } from "../../../../core/event.ts";
import { type Entry, entriesOf } from "../../../../core/ledger/entry.ts";
import { paymentsOf } from "../../../../core/ledger/payment/payment-ids.ts";
import { createLedger } from "../../../../io/ledger/ledger.ts";
import { createStores } from "../../../support/aws/stores.ts";
import { noon, paymentEvent } from "../../../support/samples.ts";

const entered = (event: PaymentEvent): readonly Entry[] => entriesOf(`sandbox/${event.id}`, "sandbox", [event]);

/** Ids and contracts are few, so that events of one history often meet. */
const history = fc
  .array(
    fc.record({
      ids: fc.uniqueArray(fc.constantFrom("p1", "p2", "p3", "p4"), { minLength: 0, maxLength: 3 }),
      contract: fc.option(fc.constantFrom("c1", "c2"), { nil: undefined, freq: 2 }),
    }),
    { minLength: 2, maxLength: 5 },
  )
  .map((events) =>
    events.map(({ ids: [charge, ...others], contract }, at) =>
      paymentEvent({
        id: `evt_${at}`,
        occurredAt: noon + at,
        ...(charge !== undefined && { charge }),
        ...(others.length > 0 && { alsoKnownAs: others }),
        ...(contract !== undefined && { contract }),
      }),
    ),
  );

/** Which events belong to a contract: its own, and those of the payments of which one event names it. */
const eventsOf = (contract: string, events: readonly PaymentEvent[]): readonly string[] => {
  const joined = paymentsOf(events).flatMap((payment) =>
    payment.events.some((event) => event.contract === contract) ? payment.events : [],
  );
  return [...new Set([...events.filter((event) => event.contract === contract), ...joined].map(({ id }) => id))].sort();
};

/** A store of its own for each run, whose calls begin when they are told to. */
const setup = async () => {
  const { client, aws } = await createStores();
  let gate: () => Promise<void> = async () => {};
  client.middlewareStack.add(
    (next) => async (args) => {
      await gate();
      return next(args);
    },
    { step: "initialize", name: "gate" },
  );
  const ledger = createLedger({ client, table: aws.ledgerTable });
  return {
    ledger,
    through: (next: () => Promise<void>) => {
      gate = next;
    },
    linesOf: async (events: readonly PaymentEvent[]) => {
      gate = async () => {};
      const contracts = [...new Set(events.flatMap(({ contract }) => contract ?? []))];
      return Promise.all(
        contracts.map(async (contract) => {
          const found = await ledger.contract("sandbox", contract);
          return [contract, (found?.entries ?? []).map(({ event }) => event.id).toSorted()] as const;
        }),
      );
    },
  };
};

const expected = (events: readonly PaymentEvent[]) =>
  [...new Set(events.flatMap(({ contract }) => contract ?? []))].map((contract) => [contract, eventsOf(contract, events)]);

describe("the line of a contract has everything about its payments", () => {
  test("in whatever order the steps of those who enter them fall", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(history, fc.scheduler(), async (events, scheduler) => {
        const { ledger, through, linesOf } = await setup();
        through(() => scheduler.schedule(Promise.resolve()));
        const all = Promise.all(events.map((event, at) => ledger.enter(entered(event), at % 2 === 0 ? ledger.turnReads() : undefined)));
        await scheduler.waitFor(all);
        expect(await linesOf(events)).toEqual(expected(events));
      }),
      { numRuns: 20 },
    );
  });

  test("when one of them died at whatever step, and somebody finished what it had begun, before or after the others", {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(history, fc.nat({ max: 4 }), fc.nat({ max: 8 }), fc.boolean(), async (events, who, calls, isLater) => {
        const { ledger, through, linesOf } = await setup();
        const victim = events[who % events.length] as PaymentEvent;
        const others = events.filter((event) => event !== victim);
        let left = calls;
        through(async () => {
          if (left-- <= 0) throw new Error("the process died");
        });
        await ledger.enter(entered(victim), ledger.turnReads()).catch(() => undefined);
        through(async () => {});
        if (!isLater) await ledger.enter(entered(victim));
        for (const event of others) await ledger.enter(entered(event), ledger.turnReads());
        if (isLater) await ledger.enter(entered(victim));
        expect(await linesOf(events)).toEqual(expected(events));
      }),
      { numRuns: 30 },
    );
  });
});

describe("a payment", () => {
  const sale = paymentEvent({
    id: "evt_1",
    charge: "in_1",
    alsoKnownAs: ["pi_1"],
    contract: "sub_1",
    amount: { minor: 1_980, currency: "JPY" },
  });
  const refund = paymentEvent({ id: "evt_2", type: "charge.refunded", charge: "ch_1", alsoKnownAs: ["pi_1"], occurredAt: noon + 1 });

  test.each([
    ["after", [sale, refund]],
    ["before", [refund, sale]],
  ])("whose refund came %s the event that names the contract is one charge of it, refunded", async (_, events) => {
    const { ledger } = await createStores();
    for (const event of events) await ledger.enter(entered(event));
    const contract = await ledger.contract("sandbox", "sub_1");
    expect(contract?.charges).toMatchObject([{ ids: ["ch_1", "in_1", "pi_1"], state: "refunded", refunded: { minor: 1_980 } }]);
    expect(contract?.sums).toEqual([{ currency: "JPY", charged: 1_980, refunded: 1_980, chargedBack: 0, net: 0 }]);
  });

  test("is found by any of its ids, with the contract in which it is counted", async () => {
    const { ledger } = await createStores();
    for (const event of [refund, sale]) await ledger.enter(entered(event));
    for (const id of ["ch_1", "pi_1", "in_1"])
      expect(await ledger.contract("sandbox", id)).toMatchObject({ id, belongsTo: ["sub_1"], charges: [{ state: "refunded" }] });
    expect(await ledger.contract("sandbox", "ch_2")).toBeUndefined();
    expect(await ledger.contract("other", "ch_1")).toBeUndefined();
  });

  test("of no contract is found by any of its ids as well, and belongs to none", async () => {
    const { ledger } = await createStores();
    const { contract: _, ...single } = sale;
    for (const event of [refund, single]) await ledger.enter(entered(event));
    for (const id of ["ch_1", "in_1"]) {
      const found = await ledger.contract("sandbox", id);
      expect(found).toMatchObject({ charges: [{ state: "refunded" }] });
      expect(found).not.toHaveProperty("belongsTo");
    }
  });

  test("R-JOIN-1: whose link comes months later, after many events, brings all of them along", async () => {
    const { ledger } = await createStores();
    const events = Array.from({ length: 60 }, (_, at) =>
      paymentEvent({ id: `evt_${String(at).padStart(3, "0")}`, type: "notice", charge: "pi_1", occurredAt: noon + at }),
    );
    for (let at = 0; at < events.length; at += 25) await ledger.enter(events.slice(at, at + 25).flatMap(entered));
    await ledger.enter(entered(sale));
    expect((await ledger.contract("sandbox", "sub_1"))?.entries).toHaveLength(61);
  });

  test("whose id is that of every payment joins no more than a few of them, and fails nothing", async () => {
    const { ledger } = await createStores();
    const events = Array.from({ length: 40 }, (_, at) =>
      paymentEvent({ id: `evt_${at}`, charge: `ch_${at}`, alsoKnownAs: ["shop"], contract: `c_${at}` }),
    );
    for (const event of events) await ledger.enter(entered(event), ledger.turnReads());
    expect((await ledger.contract("sandbox", "c_39"))?.entries.map(({ event }) => event.id)).toContain("evt_39");
    // As many of its other ids as a payment can have.
    expect((await ledger.contract("sandbox", "shop"))?.belongsTo?.length).toBeLessThanOrEqual(32);
  });

  test("is read anew when a gateway's new version reads more in its events", async () => {
    const { ledger } = await createStores();
    for (const event of [sale, refund]) await ledger.enter(entered(event));
    await ledger.enter(entered({ ...refund, amount: { minor: 980, currency: "JPY" } }));
    expect((await ledger.contract("sandbox", "sub_1"))?.charges).toMatchObject([{ state: "partly_refunded", refunded: { minor: 980 } }]);
  });
});
