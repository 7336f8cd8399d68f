import { DeleteItemCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, onTestFinished, test } from "vitest";
import type { PaymentEvent } from "../../../core/event.ts";
import { type Entry, entriesOf } from "../../../core/ledger/entry.ts";
import { gateways } from "../../../gateways/index.ts";
import { contractPartition, customerPointerKey, entrySortKey, linkSortKey, orderKey } from "../../../io/table.ts";
import { ledgerRebuild, ledgerVerify } from "../../../operator/ledger/ledger-command.ts";
import { createWorld, secret } from "../../support/world/world.ts";
import { catchOutput, connectionTo } from "../command-line.ts";

const { sandbox } = gateways;

const setup = async () => {
  const world = await createWorld();
  onTestFinished(() => world.close());
  const connection = connectionTo(world);
  const send = async (fields: object) => {
    const body = Buffer.from(JSON.stringify({ created: world.time.now / 1000, currency: "jpy", ...fields }));
    await world.receive({ ...sandbox.sign(body, { secrets: [secret] }, world.time.now), source: "sandbox" });
    await world.settle();
  };
  await send({ id: "evt_1", type: "charge.succeeded", contract: "sub_1", charge: "ch_1", amount: 1_980 });
  await send({ id: "evt_2", type: "charge.refunded", charge: "ch_1", refund: "re_1", amount: 980 });
  // Without a beginning it would read every day for which records are kept.
  const what = { filter: { since: world.time.now - 3_600_000 }, limit: 50 };
  const verify = async () => {
    const output = catchOutput({ json: true });
    return {
      code: await ledgerVerify(connection, output.terminal, what),
      found: output.json() as { key: string; differences: { kind: string }[] }[],
    };
  };
  const rebuild = async (yes = true) => {
    const output = catchOutput();
    return { code: await ledgerRebuild(connection, output.terminal, { ...what, yes, by: "ann", why: "read anew" }), said: output.said };
  };
  /** As a version that read it otherwise would have left it. */
  const leave = (key: `${string}/${string}`, event: PaymentEvent): readonly Entry[] => entriesOf(key, "sandbox", [event]);
  return { world, connection, send, verify, rebuild, leave };
};

const charges = async (world: Awaited<ReturnType<typeof createWorld>>) => (await world.ledger.contract("sandbox", "sub_1"))?.charges;

describe("verifying the ledger", () => {
  test("finds nothing where every record stands as today's gateway reads it", async () => {
    const { verify } = await setup();
    expect(await verify()).toEqual({ code: 0, found: [] });
  });

  test("finds what an older version read otherwise, left in another line, or did not enter; rebuilding mends it, and nothing is delivered", async () => {
    const { world, verify, rebuild, leave } = await setup();
    const delivered = world.delivered().length;
    const sound = await charges(world);
    const [wrong] = leave("sandbox/evt_1", {
      id: "evt_1",
      type: "charge.failed",
      gatewayType: "charge.succeeded",
      occurredAt: world.time.now,
      contract: "sub_1",
      charge: "ch_1",
    });
    const [gone] = leave("sandbox/evt_1", {
      id: "evt_1#2",
      type: "contract.cancelled",
      gatewayType: "charge.succeeded",
      occurredAt: world.time.now,
      contract: "sub_1",
    });
    const [copy] = leave("sandbox/evt_2", {
      id: "evt_2",
      type: "charge.refunded",
      gatewayType: "charge.refunded",
      occurredAt: world.time.now,
      contract: "sub_1",
      charge: "ch_1",
    });
    await world.ledger.enter([wrong as Entry, gone as Entry]);
    await world.ledger.remove([copy as Entry]);
    expect((await world.ledger.contract("sandbox", "sub_1"))?.state).toBe("cancelled");

    const { code, found } = await verify();
    expect(code).toBe(4);
    expect(found.map(({ key, differences }) => [key, differences.map(({ kind }) => kind).toSorted()])).toEqual([
      ["sandbox/evt_1", ["differs", "stale"]],
      ["sandbox/evt_2", ["missing"]],
    ]);

    expect(await rebuild(false)).toMatchObject({ code: 4, said: [expect.stringContaining("2 records would be entered again")] });
    expect((await verify()).found).toHaveLength(2);
    // The first brings the copy of the second along.
    expect(await rebuild()).toMatchObject({ code: 0, said: ["1 record entered again."] });
    expect(await verify()).toEqual({ code: 0, found: [] });
    expect(await charges(world)).toEqual(sound);
    expect((await world.ledger.contract("sandbox", "sub_1"))?.state).toBe("unknown");
    expect(world.delivered()).toHaveLength(delivered);
    expect(await rebuild()).toMatchObject({ code: 0, said: ["Nothing differs."] });
  });

  test("finds what stands there as it should and was entered by a version that joined no payments; rebuilding joins it", async () => {
    const { world, verify, rebuild } = await setup();
    const sound = await charges(world);
    const pk = (contract: string) => contractPartition("sandbox", contract);
    for (const key of [
      { pk: pk("ch_1"), sk: linkSortKey },
      // What was copied into the contract's line by those links.
      { pk: pk("sub_1"), sk: entrySortKey("evt_2") },
    ])
      await world.client.send(new DeleteItemCommand({ TableName: world.aws.ledgerTable, Key: { pk: { S: key.pk }, sk: { S: key.sk } } }));
    expect((await charges(world))?.map(({ refunded }) => refunded)).not.toEqual(sound?.map(({ refunded }) => refunded));
    const { code, found } = await verify();
    expect(code).toBe(4);
    expect(found.map(({ key, differences }) => [key, differences.map(({ kind }) => kind)])).toEqual([["sandbox/evt_1", ["not joined"]]]);
    expect(await rebuild()).toMatchObject({ code: 0, said: ["1 record entered again."] });
    expect(await verify()).toEqual({ code: 0, found: [] });
    expect(await charges(world)).toEqual(sound);
  });

  test.each([
    ["its customer", customerPointerKey("sandbox", "cus_1", "contract", "sub_2")],
    ["its order", orderKey("sandbox", "A-7")],
  ])("finds what %s does not lead to, as an earlier version left it; rebuilding joins it", async (_, { pk, sk }) => {
    const { world, send, verify, rebuild } = await setup();
    await send({ id: "evt_3", type: "charge.succeeded", contract: "sub_2", charge: "ch_2", amount: 500, customer: "cus_1", order: "A-7" });
    await world.client.send(new DeleteItemCommand({ TableName: world.aws.ledgerTable, Key: { pk: { S: pk }, sk: { S: sk } } }));
    const { code, found } = await verify();
    expect(code).toBe(4);
    expect(found.map(({ key, differences }) => [key, differences.map(({ kind }) => kind)])).toEqual([["sandbox/evt_3", ["not joined"]]]);
    expect(await rebuild()).toMatchObject({ code: 0, said: ["1 record entered again."] });
    expect(await verify()).toEqual({ code: 0, found: [] });
  });

  test("shows as many as it is asked for, and says how many more there are", async () => {
    const { world, connection } = await setup();
    for (const id of ["evt_1", "evt_2"]) {
      const [entry] = (await world.ledger.contract("sandbox", "sub_1"))?.entries.filter(({ event }) => event.id === id) ?? [];
      await world.ledger.enter(entriesOf(`sandbox/${id}`, "sandbox", [{ ...(entry as Entry).event, reason: "read otherwise" }]));
    }
    const output = catchOutput();
    await ledgerVerify(connection, output.terminal, { filter: { since: world.time.now - 3_600_000 }, limit: 1 });
    expect(output.said.join("\n")).toMatch(/more (is|are) not shown: --limit \d+ shows them/);
  });

  test("says of nothing that there is nothing", async () => {
    const { connection } = await setup();
    const output = catchOutput();
    const filter = { contract: { source: "sandbox", contract: "sub_9" } };
    expect(await ledgerVerify(connection, output.terminal, { filter, limit: 50 })).toBe(3);
  });
});
