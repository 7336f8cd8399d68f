/**
 * What stands between API Gateway (HTTP API, payload 2.0) and `receive`: the event as bytes, the reply as bytes.
 * The answer is built in one typed place, because a handler that returns nothing becomes a 200: a false acknowledgement.
 */
import middy from "@middy/core";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { RawCallback, Reply } from "../../core/callback.ts";
import { once } from "../../core/lazy.ts";
import { keptHeaders } from "../../core/record.ts";

/** Never re-serialises: bytes come from the body as it was passed, or for a GET from the query as it was sent. */
export const toRawCallback = (invocation: APIGatewayProxyEventV2): RawCallback => {
  const { http, domainName, timeEpoch } = invocation.requestContext;
  const body =
    http.method === "GET"
      ? Buffer.from(invocation.rawQueryString, "latin1")
      : Buffer.from(invocation.body ?? "", invocation.isBase64Encoded ? "base64" : "utf8");
  return {
    source: invocation.pathParameters?.source ?? "",
    method: http.method,
    url: `https://${domainName}${invocation.rawPath}${invocation.rawQueryString ? `?${invocation.rawQueryString}` : ""}`,
    headers: keptHeaders(lowerCase(invocation.headers)),
    body,
    sourceIp: http.sourceIp,
    receivedAt: timeEpoch,
  };
};

export const toResult = (
  reply: Reply,
): Required<Pick<APIGatewayProxyStructuredResultV2, "statusCode" | "headers" | "body" | "isBase64Encoded">> => {
  const isText = typeof reply.body === "string";
  return {
    statusCode: reply.status,
    headers: { ...reply.headers, "content-type": reply.contentType },
    body: isText ? (reply.body as string) : Buffer.from(reply.body).toString("base64"),
    isBase64Encoded: !isText,
  };
};

/** A Lambda handler that answers HTTP. `answer` is made at the first request, so that importing a function does nothing. */
export const http = (makeAnswer: () => (raw: RawCallback) => Promise<Reply>) => {
  const answer = once(makeAnswer);
  return middy(async (invocation: APIGatewayProxyEventV2) => toResult(await answer()(toRawCallback(invocation))));
};

/** API Gateway sends lower case already; other fronts may not. */
const lowerCase = (headers: APIGatewayProxyEventV2["headers"]): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value ?? ""]));
