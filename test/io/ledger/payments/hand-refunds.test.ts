import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { beforeAll, expect, inject, test } from "vitest";
import { patient } from "../../../../io/clients.ts";
import { dynamoDb } from "../../../../io/dynamodb.ts";
import { erasedItem } from "../../../../io/ledger/erasure/erased-item.ts";
import { createHandRefunds } from "../../../../io/ledger/payments/hand-refunds.ts";
import { createAws } from "../../../support/aws/aws.ts";

const client = dynamoDb(patient);
const refund = { id: "1", amount: { minor: 500, currency: "JPY" }, at: 1, by: "ann", saidAt: 2 };
const audit = { at: 2, by: "ann", what: "refunds done", to: "s/ch_1" };

let aws: Awaited<ReturnType<typeof createAws>>;
const stores = () => createHandRefunds({ client, table: aws.ledgerTable, random: Math.random });
beforeAll(async () => {
  aws = await createAws(inject("endpoints"));
});

test("what was said of a payment is found by each of its ids, and saying it again changes nothing", async () => {
  const { say, of } = stores();
  const payment = { source: "s", ids: ["ch_1", "in_1", `long ${"x".repeat(3_000)}`] };
  await say(payment, refund, audit);
  await say(payment, refund, audit);
  for (const id of payment.ids) expect([...(await of([{ source: "s", ids: [id] }])).values()]).toEqual([[refund]]);
  expect((await of([{ source: "other", ids: ["ch_1"] }])).size).toBe(0);
});

test("several statements about one payment stand beside each other", async () => {
  const { say, of } = stores();
  for (const id of ["a", "b"]) await say({ source: "s", ids: ["ch_2"] }, { ...refund, id }, audit);
  expect(
    (await of([{ source: "s", ids: ["ch_2"] }]))
      .get("s/ch_2")
      ?.map(({ id }) => id)
      .sort(),
  ).toEqual(["a", "b"]);
});

test("when a person is erased its notes are, and who said how much and when stays", () => {
  const written = (one: object) => ({
    pk: { S: "contract s/ch_1" },
    sk: { S: "refunded by hand" },
    handRefunds: { SS: [JSON.stringify(one)] },
  });
  const rename = (id: string) => id.replace("ch_1", "erased");
  const after = erasedItem(written({ ...refund, note: "to taro@example.com" }), rename);
  expect(after).toEqual({ ...written(refund), pk: { S: "contract s/erased" } });
  expect(erasedItem(after, rename)).toEqual(after);
});

test("an item as the first version wrote it is read", async () => {
  const said =
    '{"id":"9","amount":{"minor":1980,"currency":"JPY"},"at":1764687600000,"due":"2024-10-31","by":"ann","saidAt":1764720000000,"note":"n"}';
  const Item = { pk: { S: "contract s/sub_1" }, sk: { S: "refunded by hand" }, handRefunds: { SS: [said] } };
  await client.send(new PutItemCommand({ TableName: aws.ledgerTable, Item }));
  expect((await stores().of([{ source: "s", ids: ["sub_1"] }])).get("s/sub_1")).toEqual([JSON.parse(said)]);
});
