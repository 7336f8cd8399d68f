/**
 * One signed request to a service that speaks JSON, made with Node alone: a fifth of the SDK's processor time per call, and nothing to
 * load. It tries once and understands little. What it does not understand is for the SDK, which knows retries, clocks, credentials
 * and every error.
 */
import type { OutgoingHttpHeaders } from "node:http";
import { crc32 } from "node:zlib";
import type { Millis } from "../../core/callback.ts";
import { at } from "../../core/formats/json.ts";
import type { Access } from "./access.ts";
import type { Connections } from "./connections.ts";
import { createSigner } from "./signer.ts";

export type SignedAnswer =
  | { readonly kind: "done"; readonly output: unknown }
  /** The service says no. `error` is its name for why: `ConditionalCheckFailedException`, `ThrottlingException` ... */
  | { readonly kind: "refused"; readonly error: string; readonly output: unknown }
  /** No whole answer, or one that is not understood: what was asked for may have happened. */
  | { readonly kind: "unknown" };

/** Never throws. @param operation with its prefix: `DynamoDB_20120810.PutItem` */
export type SignedCall = (
  operation: string,
  input: string,
  limits: { readonly timeoutMs: number; readonly signal?: AbortSignal },
) => Promise<SignedAnswer>;

const contentType = { dynamodb: "application/x-amz-json-1.0", secretsmanager: "application/x-amz-json-1.1" } as const;

export const createSignedCall = (access: Access, { send }: Pick<Connections, "send">, clock: () => Millis): SignedCall => {
  const { service, host } = access;
  const sign = createSigner(access);
  const headersOf = (operation: string, body: string): OutgoingHttpHeaders => {
    const headers = {
      host,
      "content-type": contentType[service],
      "x-amz-target": operation,
      "x-amz-date": new Date(clock()).toISOString().replace(/[:-]|\.\d{3}/g, ""),
    };
    return sign(headers, body);
  };
  return async (operation, body, limits) => {
    try {
      return understand(await send({ headers: headersOf(operation, body), body }, limits));
    } catch {
      return { kind: "unknown" };
    }
  };
};

const understand = ({ status, headers, body }: Awaited<ReturnType<Connections["send"]>>): SignedAnswer => {
  const sum = headers["x-amz-crc32"];
  if (sum !== undefined && sum !== String(crc32(body))) return { kind: "unknown" };
  const output: unknown = JSON.parse(body.toString("utf8"));
  if (typeof output !== "object" || output === null) return { kind: "unknown" };
  if (status === 200) return { kind: "done", output };
  const type = at(output, "__type");
  if (status !== 400 || typeof type !== "string" || headers["x-amzn-errortype"] !== undefined) return { kind: "unknown" };
  return { kind: "refused", error: type.slice(type.lastIndexOf("#") + 1), output };
};
