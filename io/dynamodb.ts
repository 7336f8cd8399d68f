import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { type CallLimits, clientSettings } from "./clients.ts";

export const dynamoDb = (limits: CallLimits): DynamoDBClient => new DynamoDBClient(clientSettings(limits));
