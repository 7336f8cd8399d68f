/**
 * Where faults get in: below the SDK's own middleware and retries, where it hands a request to the network. Only what happens
 * inside an invocation of ours is touched; the simulator's own calls to the emulators pass by.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SQSClient } from "@aws-sdk/client-sqs";
import { leaveUnsigned } from "../../support/aws/unsigned.ts";
import type { Wire, WireRequest, WireResponse } from "./wire.ts";
import { furtherShardIn, nothingFound } from "./written.ts";

/** What an invocation does with what it sends. */
export interface Scope {
  /** `send` reaches the emulators, without any time limit of its own: time is the simulator's. */
  carry(
    request: WireRequest,
    send: (request: WireRequest) => Promise<WireResponse>,
    signal: AbortSignal | undefined,
  ): Promise<WireResponse>;
  /** A time limit that ends when the simulator says so. */
  timeout(): AbortSignal;
  /** Whether anything was ever written to that shard of an index. */
  isWritten(shard: string): boolean;
  /** How far the clock of this invocation is off. */
  readonly skewMs: number;
}

export const scopes = new AsyncLocalStorage<Scope>();

/** The record that consume is answering for: its groups are answered side by side, in one invocation. */
export const answering = new AsyncLocalStorage<string>();

let installed = false;

/** Takes hold of the SDK, once per process. Throws when its clients do not all send through one and the same handler. */
export const inject = (): void => {
  if (installed) return;
  installed = true;
  const region = "us-east-1";
  const transport: Wire = new DynamoDBClient({ region }).config.requestHandler;
  const prototype: Wire = Object.getPrototypeOf(transport);
  for (const client of [new S3Client({ region }), new SQSClient({ region }), new SecretsManagerClient({ region })])
    if (Object.getPrototypeOf(client.config.requestHandler) !== prototype)
      throw new Error("the SDK's clients have several HTTP handlers: faults would miss some of their calls");

  const ask = DynamoDBClient.prototype.send;
  DynamoDBClient.prototype.send = function (this: DynamoDBClient, ...asked: Parameters<typeof ask>) {
    const shard = furtherShardIn(asked[0]);
    const isEmpty = shard !== undefined && scopes.getStore()?.isWritten(shard) === false;
    return isEmpty ? Promise.resolve(nothingFound) : ask.apply(this, asked);
  } as typeof ask;

  leaveUnsigned(() => scopes.getStore() !== undefined);

  const original = prototype.handle;
  prototype.handle = async function (this: Wire, request, options) {
    const scope = scopes.getStore();
    if (!scope) return original.call(this, request, options);
    const send = async (sent: WireRequest) => (await original.call(transport, sent, {})).response;
    return { response: await scope.carry(request, send, options?.abortSignal) };
  };

  // Time limits and the waits between the SDK's retries belong to the simulator too: nothing here depends on how fast the machine is.
  const timeout = AbortSignal.timeout;
  AbortSignal.timeout = (ms) => scopes.getStore()?.timeout() ?? timeout.call(AbortSignal, ms);
  const random = Math.random;
  Math.random = () => (scopes.getStore() ? 0 : random());
};
