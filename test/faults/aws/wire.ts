/** What the AWS SDK hands to the network, and what it expects to get back. */
import { Readable } from "node:stream";

export interface WireRequest {
  readonly method: string;
  readonly hostname: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface WireResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readable;
}

/** The SDK's HTTP handler, as far as it is used here. */
export interface Wire {
  handle(request: WireRequest, options?: { readonly abortSignal?: AbortSignal }): Promise<{ readonly response: WireResponse }>;
}

export const response = (statusCode: number, body: string, headers: Readonly<Record<string, string>> = {}): WireResponse => ({
  statusCode,
  headers,
  body: Readable.from([Buffer.from(body)]),
});

export const jsonResponse = (statusCode: number, body: unknown, headers: Readonly<Record<string, string>> = {}): WireResponse =>
  response(statusCode, JSON.stringify(body), { "content-type": "application/x-amz-json-1.0", ...headers });

/** The SDK's own kind of bytes turns into text, with a warning, when it is handed to Buffer as it is. */
export const bytesOf = (body: WireRequest["body"]): Buffer => {
  if (body === undefined) return Buffer.alloc(0);
  return typeof body === "string" ? Buffer.from(body, "utf8") : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
};

/** An error as Node's sockets make it, with the code the SDK goes by. */
export const socketError = (code: "ECONNREFUSED" | "ECONNRESET"): Error =>
  Object.assign(new Error(code === "ECONNREFUSED" ? "connect ECONNREFUSED" : "socket hang up"), { code });

/** What the SDK's handler throws when its own request time-out is over. */
export const timeoutError = (): Error =>
  Object.assign(new Error("a request has exceeded its time"), { name: "TimeoutError", code: "ETIMEDOUT" });

/** What the SDK's handler throws when its caller's signal says stop. */
export const abortError = (): Error => Object.assign(new Error("Request aborted"), { name: "AbortError" });
