/**
 * What the SDK alone costs: the DynamoDB client putting, under the condition that it is new, the very item that Holdfast would put.
 * The item is made beforehand; nothing is verified, logged or counted. No acknowledgement path through the SDK can do less.
 */

import { PutItemCommand, type PutItemCommandInput } from "@aws-sdk/client-dynamodb";
import { verified } from "../../../core/callback.ts";
import { receivedRecord } from "../../../core/receive/receive.ts";
import { keptHeaders } from "../../../core/record.ts";
import { gateways } from "../../../gateways/index.ts";
import { urgent } from "../../../io/clients.ts";
import { dynamoDb } from "../../../io/dynamodb.ts";
import { packBody } from "../../../io/records/body-encoding.ts";
import { toItem } from "../../../io/records/record-item.ts";
import type { Contestant } from "./contestant.ts";
import { rawOf } from "./genuine.ts";

const { stripe } = gateways;

const client = dynamoDb(urgent);

export const { prepare, handler } = {
  prepare(event) {
    const raw = { ...rawOf(event), url: `https://${event.requestContext.domainName}${event.rawPath}` };
    const kept = { ...raw, headers: keptHeaders(raw.headers) };
    const record = receivedRecord(kept, stripe, verified(kept), {
      config: { name: "bench", sources: {}, targets: {} },
      storedAt: raw.receivedAt,
    });
    return {
      TableName: process.env.TABLE,
      Item: toItem(record, packBody(raw.body), { expiresAt: record.storedAt + 400 * 86_400_000, timelineShards: 64 }),
      ConditionExpression: "attribute_not_exists(pk)",
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    };
  },
  async handler(input) {
    await client.send(new PutItemCommand(input));
    return { statusCode: 200 };
  },
} satisfies Contestant<PutItemCommandInput>;
