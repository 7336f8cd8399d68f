import { expect, test } from "vitest";
import { pass, send, work } from "../faults/stories/verbs.ts";
import { callback, play } from "./play.ts";

const payment = callback("payment");

test("a write whose answer was lost is confirmed before the acknowledgement", async () => {
  const { words, done } = await play((setting) => send(setting, payment), {
    faults: { "receive: DynamoDB PutItem record #1": "answer lost" },
  });
  expect(words("payment")).toEqual(["yes"]);
  expect(done).toEqual(["payment"]);
});

test("while the table cannot be written, acknowledged means: in the spill queue; and without that: in the bucket", async () => {
  const { words, kept, done } = await play(async (setting) => {
    const { outage } = setting.simulation;
    outage.hits = ({ service }) => service === "DynamoDB";
    await send(setting, payment);
    outage.hits = ({ service }) => service === "DynamoDB" || service === "SQS";
    await send(setting, callback("refund"));
    outage.hits = () => false;
    await pass(setting, 60_000);
  });
  expect([...words("payment"), ...words("refund")]).toEqual(["yes", "yes"]);
  expect(kept.slice(0, 2)).toEqual(["queue", "bucket"]);
  expect(done.toSorted()).toEqual(["payment", "refund"]);
});

test("when no store can be written the callback is rejected, and acknowledged when the gateway redelivers it", async () => {
  const { words, done } = await play((setting) => send(setting, payment), {
    faults: { "receive: DynamoDB PutItem record #1": "everything down" },
  });
  expect(words("payment")).toEqual(["no", "yes"]);
  expect(done).toEqual(["payment"]);
});

test("a process that dies before the write has acknowledged nothing, and one that dies after it has stored the bytes", async () => {
  for (const kind of ["died before", "died after"] as const) {
    const { words, kept, done } = await play((setting) => send(setting, payment), {
      faults: { "receive: DynamoDB PutItem record #1": kind },
    });
    expect(words("payment")).toEqual(["none", "yes"]);
    expect(kept).toContain("table");
    expect(done).toEqual(["payment"]);
  }
});

test("a body too large for the table is in the bucket before the record that points to it, and before the acknowledgement", async () => {
  const { words, kept } = await play(
    async (setting) => {
      await send(setting, callback("large", { nature: "large" }));
      await work(setting);
    },
    { faults: { "receive: S3 PutObject bodies #1": "answer lost" } },
  );
  expect(words("large")).toEqual(["yes"]);
  expect(kept.indexOf("bucket")).toBeLessThan(kept.indexOf("table"));
});
