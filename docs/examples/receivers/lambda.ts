/** A receiver as a Lambda function behind a function URL or an HTTP API: `export const handler = webhooks({ webhook, store })`. */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { type Receiver, receive } from "./receive.ts";

/**
 * Payload format 2.0. Give the function a timeout below the target's `timeoutSeconds`. What it throws is answered with a 5xx, and the
 * message comes again.
 */
export const webhooks =
  (receiver: Receiver) =>
  async ({ body = "", isBase64Encoded, headers }: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => ({
    // JSON arrives as text, and as base64 where a stage or a proxy before it treats everything as binary.
    statusCode: await receive(receiver, { body: isBase64Encoded ? Buffer.from(body, "base64") : body, headers }),
  });
