/** The verification that all contestants do: Holdfast's own, so that none is slower because of it. */

import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { RawCallback } from "../../../core/callback.ts";
import { verifyCallback } from "../../../core/receive/verify-callback.ts";
import { gateways } from "../../../gateways/index.ts";

const { stripe } = gateways;

export const rawOf = (event: APIGatewayProxyEventV2): RawCallback => ({
  source: event.pathParameters?.source ?? "",
  method: "POST",
  url: "",
  headers: Object.fromEntries(Object.entries(event.headers).map(([name, value]) => [name, value ?? ""])),
  body: Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8"),
  sourceIp: event.requestContext.http.sourceIp,
  receivedAt: event.requestContext.timeEpoch,
});

/** @throws when the callback is not genuine: no contestant should see one. */
export const mustBeGenuine = (raw: RawCallback, secret: string): void => {
  const proof = verifyCallback(stripe, raw, { secrets: [secret] });
  if (proof.kind === "refused") throw new Error(proof.reason);
};
