/**
 * A handler made idempotent by Powertools, as its documentation shows: the key is the event's id in the body, its records are
 * in a separate table (partition key `id`, no stream, no index), and what is wrapped is verify and put.
 */
import { IdempotencyConfig, makeIdempotent } from "@aws-lambda-powertools/idempotency";
import { DynamoDBPersistenceLayer } from "@aws-lambda-powertools/idempotency/dynamodb";
import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import { at } from "../../../core/formats/json.ts";
import { urgent } from "../../../io/clients.ts";
import { dynamoDb } from "../../../io/dynamodb.ts";
import type { Contestant } from "./contestant.ts";
import { mustBeGenuine, rawOf } from "./genuine.ts";
import { plainItem } from "./plain-item.ts";

const client = dynamoDb(urgent);

const receive = async (event: APIGatewayProxyEventV2, _context: Context) => {
  mustBeGenuine(rawOf(event), process.env.STRIPE_SECRET ?? "");
  const id = String(at(JSON.parse(event.body ?? ""), "id"));
  await client.send(new PutItemCommand({ TableName: process.env.TABLE, Item: plainItem(id, event) }));
  return { statusCode: 200, body: '{"received":true}' };
};

export const { handler } = {
  handler: makeIdempotent(receive, {
    persistenceStore: new DynamoDBPersistenceLayer({ tableName: process.env.IDEMPOTENCY_TABLE ?? "", awsSdkV3Client: client }),
    config: new IdempotencyConfig({ eventKeyJmesPath: "powertools_json(body).id", throwOnNoIdempotencyKey: true }),
  }),
} satisfies Contestant;
