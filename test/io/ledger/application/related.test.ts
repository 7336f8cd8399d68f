import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applicationEntriesOf } from "../../../../core/application/entry.ts";
import type { ApplicationEvent } from "../../../../core/application/event.ts";
import type { PaymentEvent } from "../../../../core/event.ts";
import { type Entry, entriesOf } from "../../../../core/ledger/entry.ts";
import { bounds, type Related } from "../../../../io/ledger/application/related.ts";
import type { Ledger } from "../../../../io/ledger/ledger.ts";
import { customerPointerKey } from "../../../../io/table.ts";
import { manyCharges, putItems } from "../../../support/aws/many-entries.ts";
import { createStores, watchCalls } from "../../../support/aws/stores.ts";
import { noon, paymentEvent } from "../../../support/samples.ts";

type Step = { readonly gateway: PaymentEvent } | { readonly applicationEvents: ApplicationEvent };

const price = { minor: 1_980, currency: "JPY" };
const grant = (id: string, names: object): Step => ({
  applicationEvents: {
    ...{ id, type: "entitlement.granted", occurredAt: noon, receivedAt: noon, account: "a1", source: "sandbox", plan: "premium" },
    ...{ price, interval: "month", ...names },
  } as ApplicationEvent,
});
const told = (id: string, names: Partial<PaymentEvent>): Step => {
  const { contract: _, ...rest } = paymentEvent({ id });
  return { gateway: { ...rest, ...names } };
};
const applicationEvents = (event: object): Step => ({
  applicationEvents: { occurredAt: noon, receivedAt: noon, ...event } as ApplicationEvent,
});

const enter = (ledger: Ledger, step: Step): Promise<unknown> =>
  "applicationEvents" in step
    ? ledger.enterApplicationEvents(applicationEntriesOf(`app/${step.applicationEvents.id}`, [step.applicationEvents]))
    : ledger.enter(entriesOf(`sandbox/${step.gateway.id}`, "sandbox", [step.gateway]));

/** As a turn does it: enters, and looks at what that belongs to. */
const enterAndLook = async (ledger: Ledger, step: Step): Promise<Related> => {
  if ("applicationEvents" in step) {
    await enter(ledger, step);
    return ledger.related({ account: "a1" }, { withPayments: false });
  }
  const [reads, entries] = [ledger.turnReads(), entriesOf(`sandbox/${step.gateway.id}`, "sandbox", [step.gateway])];
  await ledger.enter(entries, reads);
  return ledger.related(entries[0] as Entry, { withPayments: false, reads });
};

const idsOf = ({ events, applicationEvents: heard }: Related) => ({
  events: [...new Set(events.map(({ event }) => event.id))].sort(),
  applicationEvents: heard.map(({ event }) => event.id).sort(),
});

/** One family: a grant that names an order, whose payment names its contract last; a second contract of the customer; a third by account; a link. */
const family: readonly Step[] = [
  told("sale", { charge: "p1", order: "o1", customer: "cus1" }),
  told("started", { type: "contract.started", contract: "c1", charge: "p1" }),
  told("other", { contract: "c2", charge: "p2", customer: "cus1" }),
  told("third", { contract: "c3", charge: "p3" }),
  told("sibling", { contract: "c4", charge: "p4" }),
  grant("by order", { order: "o1" }),
  grant("by contract", { contract: "c3" }),
  applicationEvents({ id: "closed", type: "account.closed", account: "a1" }),
  applicationEvents({
    id: "linked",
    type: "contract.linked",
    contracts: [
      { source: "sandbox", contract: "c3" },
      { source: "sandbox", contract: "c4" },
    ],
  }),
];

const all = {
  events: ["other", "sale", "sibling", "started", "third"],
  applicationEvents: ["by contract", "by order", "closed", "linked"],
};
const starts = [{ account: "a1" }, ...["c1", "c2", "c3", "c4"].map((contract) => ({ source: "sandbox", contract }))];

const setup = async () => {
  const { client, ledger } = await createStores();
  const gate = { through: async () => {} };
  client.middlewareStack.add(
    (next) => async (args) => {
      await gate.through();
      return next(args);
    },
    { step: "initialize", name: "gate" },
  );
  return { client, ledger, gate };
};

describe("both sides of a family of contracts are found from each of them, and from the account,", () => {
  test("in whatever order they were said, and however often", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([...family, ...family], { minLength: family.length * 2 }), async (steps) => {
        const { ledger } = await setup();
        for (const step of steps) await enter(ledger, step);
        for (const start of starts) expect(idsOf(await ledger.related(start, { withPayments: false }))).toEqual(all);
      }),
      { numRuns: 8 },
    );
  });

  test("by one at least of those who enter something and then look, in whatever order their steps fall", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.shuffledSubarray([...family], { minLength: family.length }), async (scheduler, steps) => {
        const { ledger, gate } = await setup();
        for (const step of steps.slice(0, 4)) await enter(ledger, step);
        gate.through = () => scheduler.schedule(Promise.resolve());
        const looked = Promise.all(steps.slice(4).map((step) => enterAndLook(ledger, step)));
        await scheduler.waitFor(looked);
        expect((await looked).map(idsOf)).toContainEqual(all);
      }),
      { numRuns: 15 },
    );
  });

  test("in whatever order the steps of those who enter them fall", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { ledger, gate } = await setup();
        gate.through = () => scheduler.schedule(Promise.resolve());
        await scheduler.waitFor(Promise.all(family.map((step) => enter(ledger, step))));
        gate.through = async () => {};
        for (const start of starts) expect(idsOf(await ledger.related(start, { withPayments: false }))).toEqual(all);
      }),
      { numRuns: 8 },
    );
  });

  test("when one who entered something died at whatever step, and it was finished before or after the others", {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...family), fc.nat({ max: 9 }), fc.boolean(), async (victim, calls, isLater) => {
        const { ledger, gate } = await setup();
        let left = calls;
        gate.through = async () => {
          if (left-- <= 0) throw new Error("the process died");
        };
        await enter(ledger, victim).catch(() => undefined);
        gate.through = async () => {};
        if (!isLater) await enter(ledger, victim);
        for (const step of family.filter((one) => one !== victim)) await enter(ledger, step);
        if (isLater) await enter(ledger, victim);
        for (const start of starts) expect(idsOf(await ledger.related(start, { withPayments: false }))).toEqual(all);
      }),
      { numRuns: 15 },
    );
  });
});

test("R-APP-5: a grant reaches the contract of its order, whichever comes first, and the contract its account", async () => {
  for (const steps of [family.slice(0, 2), [...family.slice(0, 2)].reverse()])
    for (const isFirst of [true, false]) {
      const { ledger } = await createStores();
      const grantStep = family[5] as Step;
      for (const step of isFirst ? [grantStep, ...steps] : [...steps, grantStep]) await enter(ledger, step);
      const found = await ledger.related({ source: "sandbox", contract: "c1" });
      expect([idsOf(found).applicationEvents, found.accounts]).toEqual([["by order"], ["a1"]]);
    }
});

test("a customer named in a grant leads from a contract that the application never named to its account", async () => {
  const { ledger } = await createStores();
  await enter(ledger, grant("g", { contract: "c1", customer: "cus1" }));
  await enter(ledger, told("unknown", { contract: "c9", customer: "cus1" }));
  expect(idsOf(await ledger.related({ source: "sandbox", contract: "c9" }))).toEqual({ events: ["unknown"], applicationEvents: ["g"] });
});

test("single purchases of the customer are among them only when they are asked for", async () => {
  const { ledger } = await createStores();
  for (const step of [told("e1", { contract: "c1", customer: "cus1" }), told("e2", { charge: "p9", customer: "cus1" })])
    await enter(ledger, step);
  const start = { source: "sandbox", contract: "c1" };
  expect(idsOf(await ledger.related(start)).events).toEqual(["e1", "e2"]);
  expect(idsOf(await ledger.related(start, { withPayments: false })).events).toEqual(["e1"]);
});

test("a refund that was asked for on a single purchase is found from the purchase, and the purchase from the account", async () => {
  const { ledger } = await createStores();
  await enter(
    ledger,
    applicationEvents({ id: "back", type: "refund.requested", account: "a1", source: "sandbox", charge: "p9", amount: price }),
  );
  await enter(ledger, told("e2", { charge: "p9" }));
  for (const start of [{ account: "a1" }, { source: "sandbox", contract: "p9" }])
    expect(idsOf(await ledger.related(start))).toEqual({ events: ["e2"], applicationEvents: ["back"] });
});

test("R-APP-2: the application has a side for a source once it has said anything about it, of whatever contract", async () => {
  const { ledger } = await createStores();
  await enter(ledger, told("e1", { contract: "c1" }));
  expect([...(await ledger.related({ source: "sandbox", contract: "c1" })).sides]).toEqual([]);
  await enter(ledger, grant("g", { contract: "c7" }));
  expect([...(await ledger.related({ source: "sandbox", contract: "c1" })).sides]).toEqual(["sandbox"]);
});

test("a customer that all contracts share is followed to the bound, and says so", { timeout: 60_000 }, async () => {
  const { ledger } = await createStores();
  for (let at = 0; at < bounds.ofCustomer + 2; at++) await enter(ledger, told(`e${at}`, { contract: `c${at}`, customer: "guest" }));
  const found = await ledger.related({ source: "sandbox", contract: "c0" });
  expect(found.isCut).toBe(true);
  expect(idsOf(found).events.length).toBeLessThanOrEqual(bounds.ofCustomer + 1);
  expect(idsOf(found).events).toContain("e0");
  expect((await ledger.related({ source: "sandbox", contract: "none" })).isCut).toBe(false);
});

describe("where only so many events are asked for", () => {
  const setup = async () => {
    const { aws, client, ledger } = await createStores();
    for (const [at, contract] of ["c1", "c2", "c3"].entries())
      await enter(ledger, told(`e${at}`, { contract, charge: `p${at}`, customer: "cus1" }));
    return { ledger, many: (contract: string) => putItems(client, aws.ledgerTable, manyCharges(contract, 30)) };
  };
  const start = { source: "sandbox", contract: "c1" };

  test("all is there when they are enough", async () => {
    const { ledger, many } = await setup();
    await many("c2");
    const all = await ledger.related(start);
    const found = await ledger.related(start, { most: 33 });
    expect([found.isCut, found.isTooLarge, idsOf(found)]).toEqual([false, undefined, idsOf(all)]);
    expect(all.events).toHaveLength(33);
  });

  test("what is further away is left out, side by side with what has no room", async () => {
    const { ledger, many } = await setup();
    await many("c2");
    const found = await ledger.related(start, { most: 32 });
    expect([found.isCut, found.isTooLarge, idsOf(found).events]).toEqual([true, "in part", ["e0"]]);
  });

  test("nothing is there where there is no room for the start, or for a payment's contract", async () => {
    const { ledger, many } = await setup();
    await many("c1");
    for (const contract of ["c1", "p0"])
      expect(await ledger.related({ source: "sandbox", contract }, { most: 20 })).toMatchObject({ isTooLarge: "from the start" });
    expect((await ledger.related({ source: "sandbox", contract: "c2" }, { most: 20 })).isTooLarge).toBe("in part");
  });
});

const pointer = (kind: "account" | "contract" | "payment", at: number) => {
  const { pk, sk } = customerPointerKey("sandbox", "cus1", kind, `${kind}_${at}`);
  return { pk: { S: pk }, sk: { S: sk }, [kind === "account" ? "account" : "line"]: { S: `${kind}_${at}` } };
};

test("a customer of whom just as many are there as are read is read whole, and one more is said to be left out", async () => {
  const { aws, client, ledger } = await createStores();
  const most = Array.from({ length: bounds.ofCustomer }, (_, at) => at);
  await putItems(
    client,
    aws.ledgerTable,
    (["account", "contract", "payment"] as const).flatMap((kind) => most.map((at) => pointer(kind, at))),
  );
  expect(await ledger.turnReads().customer("sandbox", "cus1")).toMatchObject({ isCut: false });
  await putItems(client, aws.ledgerTable, [pointer("payment", bounds.ofCustomer)]);
  expect(await ledger.turnReads().customer("sandbox", "cus1")).toMatchObject({ isCut: true });
});

test("a customer is read in a few calls, however many of anything belong to it", async () => {
  const { aws, client, ledger } = await createStores();
  const kinds = ["account", "contract", "payment"] as const;
  const pointers = kinds.flatMap((kind) => Array.from({ length: 1_000 }, (_, at) => pointer(kind, at)));
  await putItems(client, aws.ledgerTable, pointers);
  const calls = watchCalls(client);
  const found = await ledger.turnReads().customer("sandbox", "cus1");
  expect(calls).toHaveLength(3);
  expect(found).toMatchObject({ isCut: true });
  const first = (kind: string) =>
    pointers.flatMap(({ sk, pk: _, ...names }) => (sk.S.startsWith(kind) ? Object.values(names) : [])).map(({ S }) => S);
  for (const kind of kinds) expect(found[`${kind}s`]).toEqual(first(kind).sort().slice(0, bounds.ofCustomer));
});

test("writes a contract's pointers once: a further event costs its own write and reads", async () => {
  const { client, ledger } = await createStores();
  await enter(ledger, told("e1", { contract: "c1", customer: "cus1", charge: "p1", order: "o1" }));
  await enter(ledger, grant("g1", { contract: "c1", customer: "cus1" }));
  const calls = watchCalls(client);
  await enter(ledger, told("e2", { contract: "c1", customer: "cus1", charge: "p1", order: "o1" }));
  await enter(ledger, grant("g2", { contract: "c1", customer: "cus1" }));
  expect(calls.filter(({ name }) => name === "PutItem" || name === "UpdateItem")).toHaveLength(2);
});
