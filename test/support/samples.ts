/** Ordinary values of the path's shapes; a test names only what it is about. */
import type { RawCallback } from "../../core/callback.ts";
import type { Config } from "../../core/config/config.ts";
import type { PaymentEvent } from "../../core/event.ts";
import { type Facts, type In, type Progress, type RecordState, untouched } from "../../core/lifecycle/progress.ts";
import { factsOf } from "../../core/lifecycle/transitions/facts-of.ts";
import { type CallbackRecord, type RecordKey, recordKey } from "../../core/record.ts";
import { digest } from "../../core/signature.ts";

/** 2026-11-20T12:00:00Z */
export const noon = Date.UTC(2026, 10, 20, 12);

export const sampleConfig: Config = {
  name: "test",
  targets: { app: { kind: "http", url: "https://app.example.com/hooks", mode: "pass-through" } },
  sources: { sandbox: { gateway: "sandbox", target: "app", options: { shopId: "7" } } },
};

export const rawCallback = (changes: Partial<RawCallback> = {}): RawCallback => ({
  source: "sandbox",
  method: "POST",
  url: "https://callbacks.example.com/callbacks/sandbox",
  headers: { "content-type": "application/json", "sandbox-signature": "t=1,v1=ab" },
  body: Buffer.from('{"id":"evt_1"}'),
  sourceIp: "203.0.113.7",
  receivedAt: noon,
  ...changes,
});

export const callbackRecord = (id: string, changes: Partial<RawCallback> = {}, storedAt = noon): CallbackRecord => {
  const raw = rawCallback(changes);
  return {
    key: recordKey(raw.source, id),
    gateway: "sandbox",
    raw,
    storedAt,
    verification: "verified",
    sha256: digest("sha256", [raw.body]),
  };
};

export const paymentEvent = (changes: Partial<PaymentEvent> = {}): PaymentEvent => ({
  id: "evt_1",
  type: "charge.succeeded",
  gatewayType: "charge.succeeded",
  occurredAt: noon,
  ...changes,
});

/** What a record in each state has besides what all have. */
const ofState: { readonly [State in RecordState]: Omit<In<State>, keyof Facts | "state"> & Partial<Facts> } = {
  stored: {},
  applied: { applied: true },
  ready: { dueAt: noon, cause: { kind: "woken" } },
  retrying: { dueAt: noon, failingSince: noon, cause: { kind: "answered", status: 503, answer: "503" } },
  scheduled: { dueAt: noon, failingSince: noon, cause: { kind: "answered", status: 503, answer: "503" } },
  waiting: { cause: { kind: "behind", key: "sandbox/evt_0", contract: "sub_1" } },
  dead: { cause: { kind: "refused", status: 422, answer: "422" } },
  delivered: { answer: "200" },
  ignored: { cause: { kind: "no event wanted" } },
  discarded: { cause: { kind: "discarded by", by: "ann", why: "a test" } },
};

export const heldByAnn = (target: string) => ({ kind: "target held", target, by: "ann", why: "a test" }) as const;

/** The progress of a record that was stored at `storedAt` and, unless said otherwise, has come no further. */
export const progressOf = <State extends RecordState = "stored">(
  key: RecordKey,
  { storedAt = noon, state, ...changes }: Partial<In<State>> & { readonly state?: State; readonly storedAt?: number } = {},
): In<State> =>
  ({
    ...untouched({ key, storedAt }, noon),
    group: "group",
    state: state ?? "stored",
    ...ofState[state ?? "stored"],
    ...changes,
  }) as unknown as In<State>;

/** The same record in another state. */
export const moved = (progress: Progress, state: RecordState, changes: { readonly [name: string]: unknown } = {}): Progress =>
  ({ ...ofState[state], ...factsOf(progress), state, ...changes }) as Progress;

/** For days of records, over as few shards as there can be. */
export const keepingFor = (retentionDays: number) => ({ retentionDays, capacity: { timelineShards: 8 } });

export const keptUntil = (expiresAt: number) => ({ expiresAt, timelineShards: 8 });
