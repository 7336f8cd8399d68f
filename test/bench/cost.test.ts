import { describe, expect, test } from "vitest";
import { billOf, total } from "../../bench/cost/bill.ts";
import type { Counted } from "../../bench/cost/follow.ts";
import { createMeter, itemBytes } from "../../bench/cost/units.ts";

const item = (sk: string, bytes: number, more: object = {}) => ({ pk: { S: "a" }, sk: { S: sk }, b: { S: "x".repeat(bytes) }, ...more });
const put = (Item: object, status = 200) => ({ operation: "PutItem", input: { TableName: "t", Item }, output: {}, status });
const none = { write: 0, indexWrite: 0, read: 0 };

describe("DynamoDB's units", () => {
  test("an addition to sets costs the item with both, which it is from then on", () => {
    const meter = createMeter();
    const add = (ids: readonly string[]) => ({
      operation: "UpdateItem",
      input: {
        TableName: "t",
        Key: { pk: { S: "a" }, sk: { S: "b" } },
        UpdateExpression: "ADD #ids :ids",
        ExpressionAttributeNames: { "#ids": "ids" },
        ExpressionAttributeValues: { ":ids": { SS: ids } },
      },
      output: {},
      status: 200,
    });
    expect(meter.units(add(["x".repeat(1_000)])).write).toBe(1);
    expect(meter.units(add(["y".repeat(1_000)])).write).toBe(2);
    expect(meter.units(add(["y".repeat(1_000)])).write).toBe(2);
    expect(meter.bytesIn("t")).toBeGreaterThan(2_000);
  });

  test("count names and values, and bytes as they are, not as base64", () => {
    expect(itemBytes({ pk: { S: "äb" }, n: { N: "1795000000000" }, b: { B: Buffer.alloc(30).toString("base64") } })).toBe(
      2 + 3 + 1 + 8 + 1 + 30,
    );
  });

  test("are one for each kilobyte that is put, and one more for each change in an index", () => {
    const meter = createMeter();
    expect(meter.units(put(item("one", 1_000)))).toEqual({ ...none, write: 1 });
    expect(meter.units(put(item("two", 1_100)))).toEqual({ ...none, write: 2 });
    const due = { open: { S: "due#1" }, dueAt: { N: "1" } };
    expect(meter.units(put(item("three", 1, due)))).toEqual({ ...none, write: 1, indexWrite: 1 });
    expect(meter.units(put(item("three", 1, { ...due, dueAt: { N: "2" } })))).toEqual({ ...none, write: 1, indexWrite: 2 });
    expect(meter.units(put(item("three", 1)))).toEqual({ ...none, write: 1, indexWrite: 1 });
  });

  test("of a replaced item, or of a put that was refused, are those of the item that was there", () => {
    const meter = createMeter();
    meter.units(put(item("one", 2_500)));
    expect(meter.units(put(item("one", 1), 400))).toEqual({ ...none, write: 3 });
    expect(meter.units(put(item("one", 1)))).toEqual({ ...none, write: 3 });
    expect(meter.units(put(item("one", 1)))).toEqual({ ...none, write: 1 });
  });

  test("are twice as many in a transaction", () => {
    const TransactItems = [{ Put: { TableName: "t", Item: item("one", 1) } }, { Delete: { TableName: "t", Key: item("two", 1) } }];
    const call = { operation: "TransactWriteItems", input: { TransactItems }, output: {}, status: 200 };
    expect(createMeter().units(call)).toEqual({ ...none, write: 4 });
  });

  test("of a read are one for four kilobytes, half of that when it need not be consistent, and something for nothing", () => {
    const { units } = createMeter();
    const get = (output: object, ConsistentRead?: boolean) => ({ operation: "GetItem", input: { ConsistentRead }, output, status: 200 });
    expect(units(get({ Item: item("one", 5_000) }, true)).read).toBe(2);
    expect(units(get({ Item: item("one", 5_000) })).read).toBe(1);
    expect(units(get({}, true)).read).toBe(1);
    const Keys = [item("one", 1), item("two", 1), item("three", 1)];
    const batch = { RequestItems: { t: { Keys, ConsistentRead: true } } };
    expect(units({ operation: "BatchGetItem", input: batch, output: { Responses: { t: [item("one", 4_100)] } }, status: 200 }).read).toBe(
      4,
    );
  });

  test("of a call that nobody has thought of are not guessed", () => {
    expect(() => createMeter().units({ operation: "Scan", input: {}, output: {}, status: 200 })).toThrow("Scan");
  });
});

test("a bill is the sum of its lines, and falls with memory, units and batches", () => {
  const one = { perCallback: 1, cpuMs: 10, calls: { DynamoDB: 1, SQS: 0 }, logBytes: 100, logLines: 1 };
  const counts: Counted = {
    functions: { receive: one, relay: one, consume: one },
    records: { write: 2, indexWrite: 1, bytes: 1_300 },
    ledger: { write: 2, indexWrite: 0, read: 2, bytes: 900 },
    recordsRead: 1,
    sqsRequests: 3,
  };
  const audited = { readPerCallback: 1, cpuMsPerCallback: 0.01, idle: { cpuMs: 10, read: 40, write: 2, sqs: 2, lists: 1, logBytes: 200 } };
  const deployment = {
    memoryMb: { receive: 512, relay: 512, consume: 512, sweep: 1_024 },
    logsPlatform: false,
    alarms: 16,
    keys: 1,
    secrets: 5,
  };
  const bill = billOf(counts, audited, deployment);
  expect(Object.fromEntries(bill)).toMatchObject({
    "HTTP API": 1,
    "records: the put": 1.25,
    "records: its index": 0.625,
    "ledger: writes": 1.25,
  });
  expect(Object.fromEntries(bill)["SQS FIFO: send, receive, delete"]).toBe(1.5);
  const dearer = billOf(counts, audited, { ...deployment, logsPlatform: true, memoryMb: { ...deployment.memoryMb, consume: 1_024 } });
  expect(total(dearer)).toBeGreaterThan(total(bill));
});
