/** A callback as tutorials store it: the body as text. With the keys of the index, so that the engine has the same work as with ours. */
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import type { APIGatewayProxyEventV2 } from "aws-lambda";

export const plainItem = (id: string, { body, headers, requestContext }: APIGatewayProxyEventV2): Record<string, AttributeValue> => ({
  pk: { S: id },
  sk: { S: "record" },
  body: { S: body ?? "" },
  headers: { S: JSON.stringify(headers) },
  day: { S: new Date(requestContext.timeEpoch).toISOString().slice(0, 10) },
  storedAt: { N: String(requestContext.timeEpoch) },
  expiresAt: { N: String(Math.floor(requestContext.timeEpoch / 1000) + 400 * 86_400) },
});
