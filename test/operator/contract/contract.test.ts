import { describe, expect, onTestFinished, test } from "vitest";
import { balance } from "../../../core/ledger/ledger.ts";
import { recordKey } from "../../../core/record.ts";
import { contract } from "../../../operator/contract/contract-command.ts";
import { noon, paymentEvent } from "../../support/samples.ts";
import { createWorld } from "../../support/world/world.ts";
import { asJson, catchOutput, connectionTo } from "../command-line.ts";

const setup = async () => {
  const world = await createWorld();
  onTestFinished(() => world.close());
  return { world, connection: connectionTo(world) };
};

describe("showing a contract", () => {
  test("shows its state, its money, its history with the state of each record, and what is first in its line", async () => {
    const { world, connection } = await setup();
    world.application.behave(({ record }) => ({ status: record.endsWith("a3") ? 422 : 200 }));
    const events = [
      { id: "a1", type: "contract.started" },
      { id: "a2", charge: "ch_1", amount: 1980, currency: "jpy" },
      { id: "a3", type: "charge.refunded", charge: "ch_1", amount: 980, currency: "jpy", refund: "r1" },
      { id: "a4", type: "something.new" },
    ];
    for (const event of events) {
      await world.receive(world.signed({ contract: "sub_1", customer: "cus_1", ...event }));
      world.time.now += 1_000;
    }
    await world.settle();
    const caught = catchOutput();
    expect(await contract(connection, caught.terminal, { typed: "sub_1", limit: 50 })).toBe(0);
    for (const part of [
      "sandbox/sub_1  active since",
      "customer cus_1; 1 event of unknown type",
      "Charges: 1,980 JPY charged, 980 JPY refunded, 1,000 JPY net",
      "partly_refunded 1,980 JPY (refunded 980 JPY)",
      "unknown (something.new)",
      "First in line; the others wait for it: npx holdfast show sandbox/a3",
    ])
      expect(caught.text()).toContain(part);
    const { value } = await asJson((terminal) => contract(connection, terminal, { typed: "sandbox/sub_1", limit: 50 }));
    expect(value).toMatchObject({
      state: "active",
      unknownEvents: 1,
      charges: [{ id: "ch_1", state: "partly_refunded" }],
      entries: [{ recordState: "delivered" }, { recordState: "delivered" }, { recordState: "dead" }, { recordState: "waiting" }],
      line: [
        { key: "sandbox/a3", state: "dead" },
        { key: "sandbox/a4", state: "waiting", why: "behind sandbox/a3 of the same contract" },
      ],
    });
  });

  test("that is a payment says by which other its order was paid too, from either side", async () => {
    const { world, connection } = await setup();
    for (const charge of ["ch_1", "ch_2"]) {
      await world.receive(world.signed({ id: `evt_${charge}`, charge, order: "o-1", amount: 1_980, currency: "jpy" }));
      world.time.now += 1_000;
    }
    await world.settle();
    for (const typed of ["ch_1", "ch_2"]) {
      const { value } = await asJson((terminal) => contract(connection, terminal, { typed: `sandbox/${typed}`, limit: 50 }));
      expect(value).toMatchObject({ ordersPaidTwice: [{ order: "o-1", charges: ["ch_1", "ch_2"] }] });
    }
    const caught = catchOutput();
    await contract(connection, caught.terminal, { typed: "sandbox/ch_1", limit: 50 });
    expect(caught.text()).toContain("the order o-1 is paid 2 times: ch_1, ch_2");
  });

  test("says of a lost dispute how much of it refunds do not explain, and of what went back in another currency", async () => {
    const { connection } = await setup();
    const dollars = (minor: number) => ({ amount: { minor, currency: "USD" } });
    const events = [
      paymentEvent({ id: "e1", charge: "S1", contract: "sub_1", ...dollars(999) }),
      paymentEvent({ id: "e2", type: "dispute.opened", charge: "S1", dispute: "S1", ...dollars(999) }),
      paymentEvent({ id: "e3", type: "charge.refunded", charge: "S1", refund: "R1", occurredAt: noon + 1, ...dollars(400) }),
      paymentEvent({
        id: "e4",
        type: "dispute.lost",
        charge: "S1",
        dispute: "S1",
        orRefunded: true,
        occurredAt: noon + 2,
        ...dollars(999),
      }),
      paymentEvent({ id: "e5", type: "charge.refunded", charge: "S1", refund: "R2", amount: { minor: 100, currency: "EUR" } }),
    ];
    const entries = events.map((event) => ({ source: "sandbox", contract: "sub_1", event, record: recordKey("sandbox", event.id) }));
    const ledger = {
      ...connection.ledger,
      contract: async (_: string, id: string) => (id === "sub_1" ? balance("sandbox", id, entries) : undefined),
    };
    const caught = catchOutput();
    await contract({ ...connection, ledger }, caught.terminal, { typed: "sandbox/sub_1", limit: 50 });
    for (const part of [
      "Charges: 0.00 EUR charged, 1.00 EUR refunded, -1.00 EUR net; 9.99 USD charged, 4.00 USD refunded, 5.99 USD charged back, 0.00 USD net",
      "partly_refunded 9.99 USD (refunded 4.00 USD) (charged back 5.99 USD) (refunded 1.00 EUR)",
      "dispute lost 9.99 USD (5.99 USD of it not by the refunds)",
    ])
      expect(caught.text()).toContain(part);
  });

  test("that is unknown is nothing found", async () => {
    const { connection } = await setup();
    await expect(contract(connection, catchOutput().terminal, { typed: "nobody", limit: 5 })).rejects.toMatchObject({
      kind: "nothing found",
    });
  });
});
