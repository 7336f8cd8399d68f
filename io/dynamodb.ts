import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { type CallLimits, clientSettings, unlogged } from "./clients.ts";

export const dynamoDb = (limits: CallLimits): DynamoDBClient => unlogged(new DynamoDBClient(clientSettings(limits)));
