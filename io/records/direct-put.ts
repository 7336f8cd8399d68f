/**
 * The put of the acknowledgement path. Its first attempt is made without the SDK; whatever does not end as it should is left to the SDK,
 * which is loaded only then. That a put was made and its answer lost costs nothing: the next attempt finds the same bytes.
 */
import type { Millis } from "../../core/callback.ts";
import { minuteMs } from "../../core/durations.ts";
import { at } from "../../core/formats/json.ts";
import { lazy } from "../../core/lazy.ts";
import type { CallLimits } from "../clients.ts";
import type { SignedCall } from "../direct/signed-call.ts";
import { type Item, itemFromJson, itemToJson, type JsonItem } from "../item.ts";
import { isNew, type PutIfNew } from "./put-if-new.ts";

export interface DirectPut {
  /** Undefined where only the SDK knows how to call the table. */
  readonly call: SignedCall | undefined;
  readonly table: string;
  /** The first attempt has the time of one request of the SDK's, which makes its own attempts afterwards. */
  readonly limits: CallLimits;
  readonly clock: () => Millis;
}

/** What a signature is refused for: a clock that is off, credentials that have ended. The SDK can do something about it, a repetition cannot. */
const ofTheSignature = /Signature|Token|Credential|UnrecognizedClient|AuthFailure|Request(Expired|InTheFuture|TimeTooSkewed)/;
const pauseMs = minuteMs;

export const createDirectPut = ({ call, table, limits, clock }: DirectPut): PutIfNew => {
  const throughSdk = lazy(async () => {
    const [{ dynamoDb }, { createSdkPut }] = await Promise.all([import("../dynamodb.ts"), import("./sdk-put.ts")]);
    return createSdkPut({ client: dynamoDb(limits), table });
  });
  let pausedUntil = Number.NEGATIVE_INFINITY;

  const directly = async (call: SignedCall, item: Item, signal: AbortSignal | undefined): Promise<Item | "new" | undefined> => {
    const input = JSON.stringify({ TableName: table, Item: itemToJson(item), ...isNew });
    const answer = await call("DynamoDB_20120810.PutItem", input, { timeoutMs: limits.requestTimeoutMs, ...(signal && { signal }) });
    if (answer.kind === "done") return "new";
    if (answer.kind !== "refused") return undefined;
    if (answer.error === "ConditionalCheckFailedException") return readItem(at(answer.output, "Item"));
    if (ofTheSignature.test(answer.error)) pausedUntil = clock() + pauseMs;
    return undefined;
  };

  return async (item, signal) => {
    const found = call && clock() >= pausedUntil ? await directly(call, item, signal) : undefined;
    if (found !== undefined) return found;
    signal?.throwIfAborted();
    return (await throughSdk())(item, signal);
  };
};

/** An item as this table has them; undefined for anything else. */
const readItem = (item: unknown): Item | undefined => (isItem(item) ? itemFromJson(item) : undefined);

const isItem = (item: unknown): item is JsonItem => typeof item === "object" && item !== null && Object.values(item).every(isValue);

const isValue = (value: unknown): boolean => {
  const entries = Object.entries(value ?? {});
  return entries.length === 1 && entries.every(([type, text]) => ["S", "N", "B"].includes(type) && typeof text === "string");
};
