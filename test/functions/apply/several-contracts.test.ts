import { expect, onTestFinished, test } from "vitest";
import type { Gateway } from "../../../gateways/gateway.ts";
import { gateways } from "../../../gateways/index.ts";
import { createWorld, secret } from "../../support/world/world.ts";

const { sandbox } = gateways;

/** The sandbox, but a body's `contracts` make one event each. */
const batches: Gateway = {
  ...sandbox,
  parse(callback) {
    const [event] = sandbox.parse(callback);
    const { contracts } = JSON.parse(Buffer.from(callback.body).toString()) as { contracts?: string[] };
    if (!event || !contracts) return event ? [event] : [];
    return contracts.map((contract, index) => ({ ...event, contract, id: index === 0 ? event.id : `${event.id}#${index + 1}` }));
  },
};

const setup = async () => {
  const world = await createWorld({}, (name) => (name === "sandbox" ? batches : undefined));
  onTestFinished(() => world.close());
  const send = async (id: string, fields: object) => {
    const body = Buffer.from(JSON.stringify({ id, type: "charge.succeeded", created: world.time.now / 1000, ...fields }));
    await world.receive({ ...sandbox.sign(body, { secrets: [secret] }, world.time.now), source: "sandbox" });
    world.time.now += 10;
  };
  return { world, send };
};

test("a record of several contracts is applied to each, delivered once, and waits while one of them is held up", async () => {
  const { world, send } = await setup();
  world.application.behave(({ record }) => ({ status: record.endsWith("a1") ? 422 : 200 }));
  await send("a1", { contract: "a" });
  await world.settle();
  await send("both", { contracts: ["a", "b"] });
  await world.settle();
  await send("b1", { contract: "b" });
  await send("c1", { contract: "c" });
  await world.settle();
  expect(world.delivered().sort()).toEqual(["a1", "c1"]);
  expect(await world.progress("both")).toMatchObject({ state: "waiting", contracts: ["a", "b"] });
  expect(await world.progress("b1")).toMatchObject({ state: "waiting", cause: { kind: "behind", key: "sandbox/both" } });
  for (const contract of ["a", "b"]) expect((await world.ledger.contract("sandbox", contract))?.entries.length).toBe(2);
});

test("two records of the same contracts in different order do not wait for each other", async () => {
  const { world, send } = await setup();
  await send("one", { contracts: ["a", "b"] });
  await send("two", { contracts: ["b", "a"] });
  await world.settle();
  for (let minutes = 0; minutes < 3; minutes++) {
    world.time.now += 60_000;
    await world.sweep();
    await world.settle();
  }
  // Both were under way at the same moment: which of them comes first is not promised.
  expect(world.delivered().toSorted()).toEqual(["one", "two"]);
  expect(await world.open.count("waiting")).toBe(0);
});

test("a record of many contracts is delivered at once, and the sweep looks for their findings", async () => {
  const { world, send } = await setup();
  const contracts = Array.from({ length: 17 }, (_, at) => `sub_${at}`);
  const { look } = world.steps;
  let looks = 0;
  world.steps.look = (...about) => {
    looks++;
    return look(...about);
  };
  await send("disputes", { type: "dispute.opened", contracts, dispute: "dp_1" });
  await world.settle();
  expect(world.delivered()).toEqual(["disputes"]);
  expect(looks).toBe(0);
  expect(await world.steps.findings.dueLooks(world.time.now, 100)).toHaveLength(contracts.length);
  await world.sweep();
  const found = await Array.fromAsync(world.steps.findings.all("open"));
  expect(found.map(({ finding }) => finding.id).sort()).toEqual(contracts.map((one) => `DISPUTE:sandbox/${one}`).sort());
});
