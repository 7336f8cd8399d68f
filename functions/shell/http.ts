/**
 * Between API Gateway (HTTP API, payload 2.0) and `receive`: the event as bytes, the reply as bytes.
 * The answer is built in one typed place, because a handler that returns nothing becomes a 200: a false acknowledgement.
 */
import middy from "@middy/core";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { RawCallback, Reply } from "../../core/callback.ts";
import { lazy } from "../../core/lazy.ts";
import { keptHeaders } from "../../core/record.ts";

/** Never re-serialises: bytes come from the body as it was passed, or for a GET from the query as it was sent. */
export const toRawCallback = (event: APIGatewayProxyEventV2): RawCallback => {
  const { rawPath, rawQueryString: query, requestContext } = event;
  const { domainName, timeEpoch } = requestContext;
  const { method, sourceIp } = requestContext.http;
  return {
    source: event.pathParameters?.source ?? "",
    method,
    url: `https://${domainName}${rawPath}${query ? `?${query}` : ""}`,
    headers: keptHeaders(lowerCase(event.headers)),
    body: method === "GET" ? Buffer.from(query, "latin1") : Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8"),
    sourceIp,
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

/**
 * A Lambda handler that answers HTTP. It has no middleware: most callbacks write no line and end within one put, and each hook would
 * cost every one of them for the rest. Nor is it ended early: its stores give up long before (functions/steps/receive/store-callback.ts).
 * @param starts whether `answer` is made now, as Lambda starts the function, and its connections opened with it; otherwise at the
 * first request, so that importing a function does nothing.
 */
export const http = (
  makeAnswer: () => (raw: RawCallback) => Promise<Reply>,
  starts = process.env.AWS_LAMBDA_FUNCTION_NAME !== undefined,
) => {
  const answer = lazy(makeAnswer);
  if (starts) {
    try {
      answer();
    } catch {
      // The first request meets the same error, and fails with it.
    }
  }
  return middy(async (invocation: APIGatewayProxyEventV2) => toResult(await answer()(toRawCallback(invocation))), {
    timeoutEarlyInMillis: 0,
  });
};

/** API Gateway sends lower case already; other fronts may not. */
const lowerCase = (headers: APIGatewayProxyEventV2["headers"]): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value ?? ""]));
