import { describe, expect, onTestFinished, test } from "vitest";
import { contract } from "../../../operator/contract/contract-command.ts";
import { createWorld } from "../../support/world.ts";
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

  test("that is unknown is nothing found", async () => {
    const { connection } = await setup();
    await expect(contract(connection, catchOutput().terminal, { typed: "nobody", limit: 5 })).rejects.toMatchObject({
      kind: "nothing found",
    });
  });
});
