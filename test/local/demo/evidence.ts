/** A day on which all went well, small enough to be read: two twin contracts of two callbacks each, one forgery, one repetition. */
import type { Entry } from "../../../core/ledger/entry.ts";
import type { Cause } from "../../../core/lifecycle/cause.ts";
import type { Progress, RecordState } from "../../../core/lifecycle/progress.ts";
import type { CallbackRecord } from "../../../core/record.ts";
import type { Seen } from "../../../local/demo/application.ts";
import type { Evidence, Exchange, Snapshot, Stored } from "../../../local/demo/evidence.ts";
import { callbackRecord, moved, noon, paymentEvent, progressOf } from "../../support/samples.ts";

const stored = (record: CallbackRecord): Stored => ({ record, sort: "record", sha256: record.sha256 });

type Contract = "contract-a" | "contract-b";

/** The record of the number-th callback of a contract. */
export const recordOf = (contract: Contract, number: number): CallbackRecord =>
  callbackRecord(`${contract}-${number}`, { body: Buffer.from(`${contract} ${number}`) }, noon + number);

const all = (["contract-a", "contract-b"] as const).flatMap((contract) =>
  [1, 2].map((number) => ({ contract, number, record: recordOf(contract, number) })),
);

const forgery = callbackRecord("quarantine:1:2:3", { body: Buffer.from("forged") });

export const exchange = (record: CallbackRecord, sentAt: number, changes: Partial<Exchange> = {}): Exchange => ({
  source: "sandbox",
  genuine: true,
  sha256: record.sha256,
  sentAt,
  endedAt: sentAt + 1,
  answer: "acknowledged",
  status: 200,
  stored: true,
  answeredAt: noon + 10,
  ...changes,
});

export const seen = (record: CallbackRecord, arrivedAt: number, changes: Partial<Seen> = {}): Seen => ({
  record: record.key,
  idempotencyKey: record.key,
  sha256: record.sha256,
  arrivedAt,
  answered: { status: 200, at: arrivedAt + 1 },
  endedAt: arrivedAt + 1,
  ...changes,
});

const idsOf = (contract: Contract): readonly string[] => [contract, `${contract}-charge-1`, `${contract}-charge-2`];

const entry = (contract: Contract, number: number): Entry => ({
  source: "sandbox",
  contract,
  record: recordOf(contract, number).key,
  event: paymentEvent({ id: `${contract}-${number}`, contract, charge: `${contract}-charge-${number}`, occurredAt: noon + number }),
});

const progress = ({ record, contract }: (typeof all)[number]): Progress =>
  progressOf(record.key, { state: "delivered", storedAt: record.storedAt, contracts: [contract], applied: true });

export const snapshot = (changes: Partial<Snapshot> = {}): Snapshot => ({
  stored: [...all.map(({ record }) => stored(record)), stored({ ...forgery, verification: "refused" })],
  progress: new Map(all.map((one) => [one.record.key, progress(one)])),
  entries: all.map(({ contract, number }) => entry(contract, number)),
  ...changes,
});

/** A snapshot in which one record has come to another state. */
export const inState = (
  record: CallbackRecord,
  { state, ...changes }: { readonly state: RecordState; readonly cause?: Cause },
  before = snapshot(),
): Snapshot => {
  const known = before.progress.get(record.key);
  return known ? { ...before, progress: new Map([...before.progress, [record.key, moved(known, state, changes)]]) } : before;
};

export const goodDay = (changes: Partial<Evidence> = {}): Evidence => ({
  exchanges: [
    ...all.map(({ record, number }) => exchange(record, number * 10)),
    exchange(recordOf("contract-b", 1), 40),
    exchange(forgery, 50, { genuine: false, answer: "rejected", status: 500 }),
  ],
  seen: [...all.map(({ record, number }) => seen(record, 100 + number * 10)), seen(recordOf("contract-a", 1), 300)],
  before: snapshot(),
  after: snapshot(),
  restless: [],
  spilled: 0,
  twins: [{ source: "sandbox", orderly: idsOf("contract-a"), messy: idsOf("contract-b") }],
  accepting: new Set(),
  down: { from: 15, to: 30 },
  replayedFrom: 200,
  replayedAgain: [recordOf("contract-a", 1).key],
  ...changes,
});
