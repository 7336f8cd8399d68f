/**
 * Time limits of AWS clients. The SDK's defaults wait forever: no request time-out, one that only warns when it is set,
 * and four attempts (read in @smithy/node-http-handler and @aws-sdk/client-dynamodb 3.1162).
 */
import type { DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";

/** How long one call to a store may take, and how often it is tried within that. */
export interface CallLimits {
  readonly attempts: number;
  readonly requestTimeoutMs: number;
  /** @default 300: in a Region a connection takes some ten milliseconds with TLS, and a store that takes longer is in trouble */
  readonly connectTimeoutMs?: number;
  readonly extensions?: ClientExtension[];
}

/** What the SDK lets others change in a client; of every service's client the same. */
export type ClientExtension = { configure(client: HttpHandling): void };

type HttpHandling = Pick<Parameters<NonNullable<DynamoDBClientConfig["extensions"]>[number]["configure"]>[0], "httpHandler">;

/** For the acknowledgement path: two attempts within the table's second, then the next store. */
export const urgent: CallLimits = { attempts: 2, requestTimeoutMs: 450 };
/** For the fallback stores: one attempt each, so that all three stores fit into three seconds. */
export const lastResort: CallLimits = { attempts: 1, requestTimeoutMs: 700 };
/** For everything that nobody waits for. */
export const patient: CallLimits = { attempts: 4, requestTimeoutMs: 5_000, connectTimeoutMs: 2_000 };

export const clientSettings = ({ attempts, requestTimeoutMs, connectTimeoutMs = 300, ...extensions }: CallLimits) => ({
  maxAttempts: attempts,
  requestHandler: { connectionTimeout: connectTimeoutMs, requestTimeout: requestTimeoutMs, throwOnRequestTimeout: true },
  ...extensions,
});

/** As the SDK names what it does around each call (read in @aws-sdk/core 3.1162). */
export const sdkLog = "loggerMiddleware";

/**
 * Without the SDK's own log. By its schema that copies every request and every answer, also while nobody listens: for an answer with many items as
 * much processor time as all the rest of a call.
 */
export const unlogged = <Client extends { readonly middlewareStack: { remove(name: string): boolean } }>(client: Client): Client => {
  client.middlewareStack.remove(sdkLog);
  return client;
};
