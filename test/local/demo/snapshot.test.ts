import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { expect, inject, test } from "vitest";
import { unverifiedPlaceKey } from "../../../io/table.ts";
import { openStores } from "../../../local/demo/evidence.ts";
import { createAws } from "../../support/aws/aws.ts";

test("what holds a place for a callback whose secret could not be read is not a record", async () => {
  const { recordsTable } = await createAws(inject("endpoints"));
  const dynamodb = new DynamoDBClient();
  const { pk, sk } = unverifiedPlaceKey("sandbox 498845 1 small", 0);
  await dynamodb.send(new PutItemCommand({ TableName: recordsTable, Item: { pk: { S: pk }, sk: { S: sk } } }));
  const { stored, progress, entries } = await openStores({ dynamodb }, recordsTable.replace(/-records$/, "")).snapshot();
  expect([stored, progress.size, entries]).toEqual([[], 0, []]);
});
