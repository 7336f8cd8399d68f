/** Errors in the services' own words, as the SDK is used to reading them. */
import type { Call } from "./call.ts";
import { bytesOf, jsonResponse, response, type WireRequest, type WireResponse } from "./wire.ts";

export const throttled = (call: Call): WireResponse => {
  switch (call.service) {
    case "DynamoDB":
      return jsonResponse(400, {
        __type: "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException",
        message: "The level of configured provisioned throughput for the table was exceeded.",
      });
    case "SQS":
      return jsonResponse(400, { __type: "com.amazonaws.sqs#RequestThrottled", message: "Rate exceeded" });
    case "Lambda":
      return jsonResponse(429, { Type: "User", message: "Rate Exceeded." }, { "x-amzn-errortype": "TooManyRequestsException" });
    case "EventBridge":
    case "Secrets Manager":
      return jsonResponse(400, { __type: "ThrottlingException", message: "Rate exceeded" });
    case "S3":
      return response(503, "<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>", {
        "content-type": "application/xml",
      });
    default:
      return call.service satisfies never;
  }
};

/** What DynamoDB says when another transaction is at work on the same item. */
export const writeConflict = (call: Call): WireResponse => {
  const type = "com.amazonaws.dynamodb.v20120810#";
  if (call.operation !== "TransactWriteItems")
    return jsonResponse(400, { __type: `${type}TransactionConflictException`, message: "Transaction is ongoing for the item" });
  const items = call.input.TransactItems ?? [];
  const reasons = items.map((_, index) =>
    index === 0 ? { Code: "TransactionConflict", Message: "Transaction is ongoing for the item" } : { Code: "None" },
  );
  return jsonResponse(400, {
    __type: `${type}TransactionCanceledException`,
    message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ Code }) => Code).join(", ")}]`,
    CancellationReasons: reasons,
  });
};

/** Sends a batch without its first entry, and says of that one that it was not done. */
export const partly = async (
  call: Call,
  request: WireRequest,
  send: (request: WireRequest) => Promise<WireResponse>,
): Promise<WireResponse> => {
  if (call.operation === "BatchGetItem") return partlyRead(call, request, send);
  if (call.operation === "PutEvents")
    return jsonResponse(200, { FailedEntryCount: 1, Entries: [{ ErrorCode: "ThrottlingException", ErrorMessage: "Rate exceeded" }] });
  const [first, ...rest] = call.input.Entries ?? [];
  const failed = [{ Id: first?.Id, Code: "InternalError", SenderFault: false, Message: "Try again." }];
  if (rest.length === 0) return jsonResponse(200, { Successful: [], Failed: failed });
  const { Successful } = await jsonOf(await send(withBody(request, { ...call.input, Entries: rest })));
  return jsonResponse(200, { Successful, Failed: failed });
};

const partlyRead = async (
  call: Call,
  request: WireRequest,
  send: (request: WireRequest) => Promise<WireResponse>,
): Promise<WireResponse> => {
  const [table = "", asked = { Keys: [] }] = Object.entries(call.input.RequestItems ?? {})[0] ?? [];
  const [first, ...rest] = asked.Keys;
  const unprocessed = { [table]: { ...asked, Keys: [first] } };
  if (rest.length === 0) return jsonResponse(200, { Responses: { [table]: [] }, UnprocessedKeys: unprocessed });
  const { Responses } = await jsonOf(await send(withBody(request, { RequestItems: { [table]: { ...asked, Keys: rest } } })));
  return jsonResponse(200, { Responses, UnprocessedKeys: unprocessed });
};

/** Another body in the same request. The emulators check no signature. */
export const withBody = (request: WireRequest, input: unknown): WireRequest => {
  const body = JSON.stringify(input);
  return { ...request, body, headers: { ...request.headers, "content-length": String(bytesOf(body).length) } };
};

/** Reads an answer to its end. */
export const textOf = async (answer: WireResponse): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of answer.body) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
};

const jsonOf = async (answer: WireResponse): Promise<Readonly<Record<string, unknown>>> => JSON.parse(await textOf(answer));
