import { UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import type { Hold } from "../../../../core/lifecycle/holds/hold.ts";
import { createContractHolds } from "../../../../io/ledger/holds/contract-hold.ts";
import { createHolds } from "../../../../io/ledger/holds/holds.ts";
import { openIndex } from "../../../../io/table.ts";
import { createStores, watchCalls } from "../../../support/aws/stores.ts";
import { noon, progressOf } from "../../../support/samples.ts";

const setup = async () => {
  const { client, aws, ledger } = await createStores();
  const time = { now: noon, elapsed: 0 };
  const holds = () => createHolds({ client, table: aws.ledgerTable, clock: () => time.now, elapsed: () => time.elapsed });
  return {
    client,
    table: aws.ledgerTable,
    time,
    holds: holds(),
    another: holds(),
    contractHolds: createContractHolds({ client, table: aws.ledgerTable }),
    ledger,
  };
};

const hold = { target: "app", by: "ann", why: "the site is being rebuilt", since: noon };

describe("a hold of a target", () => {
  test("is what was saved last, and none once it is lifted", async () => {
    const { holds, another } = await setup();
    expect(await holds.current("app")).toBeUndefined();
    expect(await holds.save(hold, undefined)).toBe(true);
    expect(await another.current("app")).toEqual({ ...hold, revision: 1 });
    expect(await another.current("other")).toBeUndefined();
    expect(await another.save({ ...hold, ratePerSecond: 5 }, { ...hold, revision: 1 })).toBe(true);
    expect(await holds.current("app")).toEqual({ ...hold, ratePerSecond: 5, revision: 2 });
    expect(await holds.lift({ ...hold, revision: 2 })).toBe(true);
    expect(await another.current("app")).toBeUndefined();
  });

  test("is read consistently: what was just held must not be delivered to", async () => {
    const { client, holds } = await setup();
    const calls = watchCalls(client);
    await holds.current("app");
    expect(calls).toEqual([{ name: "GetItem", input: expect.objectContaining({ ConsistentRead: true }) }]);
  });

  test("that cannot be saved, lifted or read throws", async () => {
    const { client } = await setup();
    const nowhere = createHolds({ client, table: "nowhere", clock: () => noon });
    const contractHolds = createContractHolds({ client, table: "nowhere" });
    await expect(nowhere.current("app")).rejects.toThrow();
    await expect(nowhere.save(hold, undefined)).rejects.toThrow();
    await expect(nowhere.lift({ ...hold, revision: 1 })).rejects.toThrow();
    await expect(contractHolds.hold({ source: "sandbox", contract: "sub_1" }, "disputed")).rejects.toThrow();
    await expect(contractHolds.lift({ source: "sandbox", contract: "sub_1" })).rejects.toThrow();
  });

  test("is not changed or lifted by a writer that has not seen its last change", async () => {
    const { holds, another } = await setup();
    await holds.save(hold, undefined);
    const seen = await another.current("app");
    await holds.save({ ...hold, why: "for longer" }, seen);
    expect(await another.save({ ...hold, ratePerSecond: 5 }, seen)).toBe(false);
    expect(await another.save(hold, undefined)).toBe(false);
    expect(seen && (await another.lift(seen))).toBe(false);
    expect(await holds.current("app")).toEqual({ ...hold, why: "for longer", revision: 2 });
  });

  test("is made by exactly one of ten who hold at once", async () => {
    const { holds } = await setup();
    const all = await Promise.all(Array.from({ length: 10 }, (_, at) => holds.save({ ...hold, why: String(at) }, undefined)));
    expect(all.filter(Boolean)).toHaveLength(1);
    expect((await holds.current("app"))?.why).toBe(String(all.indexOf(true)));
  });

  test("that an earlier version has saved is named among the targets once it is listed, and is written for that once", async () => {
    const { holds, client, table } = await setup();
    await holds.save(hold, undefined);
    const Key = { pk: { S: "hold app" }, sk: { S: "hold" } };
    const removing = { UpdateExpression: "REMOVE #p, #s", ExpressionAttributeNames: { "#p": openIndex.partition, "#s": openIndex.sort } };
    await client.send(new UpdateItemCommand({ TableName: table, Key, ...removing }));
    const list = async () => holds.list((await holds.current("app")) as Hold);
    expect(await holds.targets({ renamed: {} })).toEqual(["renamed"]);
    await list();
    expect(await holds.targets({ renamed: {} })).toEqual(["renamed", "app"]);
    const calls = watchCalls(client);
    await list();
    expect(calls.map(({ name }) => name)).toEqual(["GetItem"]);
    expect(await holds.current("app")).toEqual({ ...hold, revision: 2 });
  });

  test("is noticed by another process within three seconds, and by the one that saved it at once", async () => {
    const { holds, another, time } = await setup();
    expect(await another.recent("app")).toBeUndefined();
    await holds.save(hold, undefined);
    expect(await holds.recent("app")).toMatchObject(hold);
    time.now += 2_999;
    expect(await another.recent("app")).toBeUndefined();
    time.now += 1;
    expect(await another.recent("app")).toMatchObject(hold);
    await holds.lift({ ...hold, revision: 1 });
    expect(await holds.recent("app")).toBeUndefined();
  });
});

test.each([
  ["is set back by an hour", -3_600_000, 3_000],
  ["is set back by a second every second", 0, 3_000],
  ["goes on while the process stands still", 3_000, 0],
])("a hold is noticed within three seconds when the clock %s", async (_, now, elapsed) => {
  const { holds, another, time } = await setup();
  expect(await another.recent("app")).toBeUndefined();
  await holds.save(hold, undefined);
  time.now += now;
  time.elapsed += elapsed;
  expect(await another.recent("app")).toMatchObject(hold);
});

describe("a hold on a contract", () => {
  const name = { source: "sandbox", contract: "sub_1" };

  test("is before every record of its line, and leaves the line as it was when it is lifted", async () => {
    const { contractHolds, ledger } = await setup();
    await ledger.save(progressOf("sandbox/evt_1", { storedAt: 0, state: "waiting", contracts: ["sub_1"], inLine: true }), undefined);
    await contractHolds.hold(name, "disputed");
    const first = await ledger.firstInLine({ source: "sandbox", contract: "sub_1" });
    expect(first).toMatchObject({ contract: "sub_1", why: "disputed" });
    expect(first && first.order < progressOf("sandbox/a", { storedAt: 0 }).order).toBe(true);
    await contractHolds.hold(name, "settled out of court");
    expect(await ledger.firstInLine({ source: "sandbox", contract: "sub_1" })).toMatchObject({ why: "settled out of court" });
    expect(await contractHolds.lift(name)).toBe(true);
    expect(await ledger.firstInLine({ source: "sandbox", contract: "sub_1" })).toMatchObject({ key: "sandbox/evt_1" });
    expect(await contractHolds.lift(name)).toBe(false);
  });

  test("concerns that contract of that source alone", async () => {
    const { contractHolds, ledger } = await setup();
    await contractHolds.hold(name, "disputed");
    expect(await ledger.firstInLine({ source: "sandbox", contract: "sub_2" })).toBeUndefined();
    expect(await ledger.firstInLine({ source: "other", contract: "sub_1" })).toBeUndefined();
  });

  test("can be waited behind like a record", async () => {
    const { contractHolds, ledger } = await setup();
    await contractHolds.hold(name, "disputed");
    const blocker = await ledger.firstInLine({ source: "sandbox", contract: "sub_1" });
    const waiting = progressOf("sandbox/evt_1", { state: "waiting", contracts: ["sub_1"], inLine: true });
    await contractHolds.lift(name);
    expect((await ledger.save(waiting, undefined, blocker)).kind).toBe("overtaken");
    await contractHolds.hold(name, "disputed again");
    expect((await ledger.save(waiting, undefined, blocker)).kind).toBe("saved");
  });
});
