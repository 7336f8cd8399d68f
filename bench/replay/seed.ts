/** Dead records as a bad week leaves them behind, written straight into the tables. */
import { BatchWriteItemCommand, type DynamoDBClient, type WriteRequest } from "@aws-sdk/client-dynamodb";
import { groupOf } from "../../core/lifecycle/doorbell.ts";
import type { Progress } from "../../core/lifecycle/progress.ts";
import { type CallbackRecord, lineOrder, type RecordKey, recordKey } from "../../core/record.ts";
import { inBatches } from "../../core/sequences.ts";
import { digest } from "../../core/signature.ts";
import { fewestShards } from "../../core/timeline-shards.ts";
import type { Item } from "../../io/item.ts";
import { progressToItem } from "../../io/ledger/ledger-item.ts";
import { packBody } from "../../io/records/body-encoding.ts";
import { toItem } from "../../io/records/record-item.ts";
import { source } from "../payload.ts";

export interface Tables {
  readonly client: DynamoDBClient;
  readonly records: string;
  readonly ledger: string;
}

const keyOf = (index: number): RecordKey => recordKey(source, `evt_${index}`);

export const seededKeys = (count: number): readonly RecordKey[] => Array.from({ length: count }, (_, index) => keyOf(index));

/** Ten a second, the last of them now, each of a contract of its own. */
const recordsOf = function* (count: number, now: number): Generator<{ record: CallbackRecord; progress: Progress }> {
  for (let index = 0; index < count; index++) {
    const storedAt = now - (count - index) * 100;
    const contract = `sub_${index}`;
    const data = { object: { id: `in_${index}`, object: "invoice", amount_paid: 1980, currency: "jpy", subscription: contract } };
    const body = Buffer.from(JSON.stringify({ id: `evt_${index}`, type: "invoice.paid", created: Math.floor(storedAt / 1000), data }));
    const key = keyOf(index);
    const raw = {
      source,
      method: "POST",
      url: `https://callbacks.example.com/callbacks/${source}`,
      headers: {},
      body,
      sourceIp: "",
      receivedAt: storedAt,
    };
    const record: CallbackRecord = { key, gateway: "stripe", raw, storedAt, verification: "verified", sha256: digest("sha256", [body]) };
    const order = lineOrder(record);
    const group = groupOf(source, key, [contract]);
    const progress: Progress = {
      ...{ key, state: "dead", at: storedAt, epoch: 0, revision: 1, attempts: 20, order, source, group },
      ...{ contracts: [contract], applied: true, inLine: false },
      cause: { kind: "given up", attempts: 20, last: { kind: "answered", status: 500, answer: "500" } },
    };
    yield { record, progress };
  }
};

/** Requests that one call takes. */
const batchSize = 25;

export const seedDead = async ({ client, records, ledger }: Tables, count: number, now: number): Promise<void> => {
  const batches = async function* () {
    yield* recordsOf(count, now);
  };
  for await (const batch of inBatches(batches(), batchSize)) {
    const put = (item: Item): WriteRequest => ({ PutRequest: { Item: item } });
    await Promise.all([
      client.send(
        new BatchWriteItemCommand({
          RequestItems: {
            [records]: batch.map(({ record }) =>
              put(toItem(record, packBody(record.raw.body), { expiresAt: now + 1e9, timelineShards: fewestShards })),
            ),
          },
        }),
      ),
      client.send(new BatchWriteItemCommand({ RequestItems: { [ledger]: batch.map(({ progress }) => put(progressToItem(progress))) } })),
    ]);
  }
};
