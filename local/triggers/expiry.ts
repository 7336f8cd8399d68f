/**
 * DynamoDB's expiry by the stack's clock: items whose time is over are deleted within hours. The engine's own goes by the machine's
 * clock, and would delete what is young to a stack that lives in the past.
 */
import { DeleteItemCommand, type DynamoDBClient, paginateScan } from "@aws-sdk/client-dynamodb";
import { hourMs } from "../../core/durations.ts";
import { errorMessage } from "../../core/failure.ts";
import { inGroups } from "../../core/sequences.ts";
import type { StackClock } from "../clock/clock.ts";
import type { ExpiringTable } from "../template/tables.ts";
import type { Poller } from "./poller.ts";

const everyMs = 6 * hourMs;
const sideBySide = 25;

export const runExpiry = (
  { name, attribute, keys }: ExpiringTable,
  { dynamodb, clock, say }: { readonly dynamodb: DynamoDBClient; readonly clock: StackClock; readonly say: (line: string) => void },
): Poller => {
  const stopping = new AbortController();
  const abortSignal = stopping.signal;

  const removeExpired = async (): Promise<void> => {
    const now = { ":now": { N: String(Math.floor(clock.now() / 1000)) } };
    const condition = { ExpressionAttributeValues: now, ExpressionAttributeNames: { "#expiry": attribute } };
    const pages = paginateScan({ client: dynamodb }, { TableName: name, FilterExpression: "#expiry <= :now", ...condition });
    for await (const { Items = [] } of pages)
      for (const some of inGroups(Items, sideBySide)) {
        if (abortSignal.aborted) return;
        await Promise.all(
          some.map((item) => {
            const Key = Object.fromEntries(keys.flatMap((key) => (item[key] ? [[key, item[key]]] : [])));
            const request = new DeleteItemCommand({ TableName: name, Key, ConditionExpression: "#expiry <= :now", ...condition });
            return dynamodb.send(request, { abortSignal });
          }),
        );
      }
  };

  let current = Promise.resolve();
  const run = async () => {
    while (!abortSignal.aborted) {
      current = removeExpired().catch((error: unknown) => {
        if (!abortSignal.aborted) say(`the expiry of ${name}: ${errorMessage(error)}`);
      });
      await current;
      await clock.sleep(everyMs, abortSignal);
    }
  };
  const running = run();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
    rest: () => current,
  };
};
