import { expect, onTestFinished, test } from "vitest";
import { applicationEntriesOf } from "../../../core/application/entry.ts";
import type { ApplicationEvent } from "../../../core/application/event.ts";
import { account } from "../../../operator/account/account-command.ts";
import { contract } from "../../../operator/contract/contract-command.ts";
import { createWorld, noon } from "../../support/world/world.ts";
import { asJson, catchOutput, connectionTo } from "../command-line.ts";

const price = { minor: 1_980, currency: "JPY" };

/** A member who closed the account, and of whose two contracts one goes on. */
const setup = async () => {
  const world = await createWorld();
  onTestFinished(() => world.close());
  const say = (id: string, at: number, event: object) =>
    world.ledger.enterApplicationEvents(
      applicationEntriesOf(`app/${id}`, [
        { id, occurredAt: noon + at, receivedAt: noon + at, account: "a-17", ...event } as ApplicationEvent,
      ]),
    );
  const grant = { type: "entitlement.granted", source: "sandbox", plan: "premium", price, interval: "month" };
  await say("g1", 0, { ...grant, contract: "sub_1" });
  await say("g2", 1, { ...grant, contract: "sub_2" });
  await say("closed", 2_000, { type: "account.closed" });
  for (const event of [
    { id: "e1", type: "charge.succeeded", contract: "sub_1", charge: "ch_1", customer: "cus_1", amount: 1980, currency: "jpy" },
    { id: "e2", type: "contract.cancelled", contract: "sub_1", customer: "cus_1" },
    { id: "e3", type: "charge.succeeded", contract: "sub_2", charge: "ch_2", customer: "cus_1", amount: 1980, currency: "jpy" },
  ]) {
    await world.receive(world.signed(event));
    world.time.now += 2_000;
  }
  await world.settle();
  return connectionTo(world);
};

test("an account shows all of its contracts, and both sides in one line of time", async () => {
  const connection = await setup();
  const caught = catchOutput();
  expect(await account(connection, caught.terminal, { typed: "a-17", limit: 50 })).toBe(0);
  expect(caught.text()).toMatch(/account a-17 {2}closed since 2026-11-20T12:00:02Z/);
  expect(caught.text()).toMatch(/sandbox\/sub_1 +cancelled +entitled to premium, 1,980 JPY a month +1,980 JPY/);
  expect(caught.text()).toMatch(/sandbox\/sub_2 +unknown +entitled to premium/);
  expect(caught.text()).toContain("Together with single payments, each once: 3,960 JPY charged\n");
  const line = caught.text().slice(caught.text().indexOf("Line of time"));
  const order = ["sandbox/e3", "app/closed", "app/g2", "sandbox/e1"].map((record) => line.indexOf(record));
  expect(order).toEqual(order.toSorted((one, other) => one - other));
  expect(order).not.toContain(-1);
});

test("as JSON it has each contract with its gateway's side and the application's", async () => {
  const connection = await setup();
  const { value } = await asJson((terminal) => account(connection, terminal, { typed: "a-17", limit: 1 }));
  expect(value).toMatchObject({
    account: "a-17",
    closedSince: "2026-11-20T12:00:02.000Z",
    isCut: false,
    sums: [{ currency: "JPY", charged: 3960, net: 3960 }],
    contracts: [
      {
        contract: "sub_1",
        gateway: { state: "cancelled", sums: [{ net: 1980 }] },
        application: { state: "entitled", plan: "premium", price },
      },
      { contract: "sub_2", application: { state: "entitled" } },
    ],
  });
  expect((value as { said: unknown[] }).said).toHaveLength(3);
});

test("a contract shows its account, what the application says of it, and the contracts that have to do with it", async () => {
  const connection = await setup();
  const caught = catchOutput();
  expect(await contract(connection, caught.terminal, { typed: "sub_1", limit: 50 })).toBe(0);
  for (const part of ["account a-17; entitled to premium, 1,980 JPY a month", "Related contracts", "sandbox/sub_2", "account closed"])
    expect(caught.text()).toContain(part);
});

test("a contract that only the application knows is found; an account that nobody knows is not", async () => {
  const connection = await setup();
  await connection.ledger.enterApplicationEvents(
    applicationEntriesOf("app/x", [
      {
        id: "x",
        type: "cancellation.requested",
        occurredAt: noon,
        receivedAt: noon,
        account: "a-18",
        source: "sandbox",
        contract: "sub_9",
      },
    ]),
  );
  const caught = catchOutput();
  expect(await contract(connection, caught.terminal, { typed: "sub_9", limit: 50 })).toBe(0);
  expect(caught.text()).toContain("account a-18");
  await expect(account(connection, catchOutput().terminal, { typed: "nobody", limit: 5 })).rejects.toMatchObject({ kind: "nothing found" });
});
