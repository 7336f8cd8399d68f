/** Ordinary values of the path's shapes; a test names only what it is about. */
import type { RawCallback } from "../../core/callback.ts";
import type { Config } from "../../core/config/config.ts";
import type { PaymentEvent } from "../../core/event.ts";
import type { Progress } from "../../core/lifecycle/progress.ts";
import { type CallbackRecord, lineOrder, type RecordKey, recordKey } from "../../core/record.ts";
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

/** The progress of a record that was stored at `storedAt` and has come no further. */
export const progressOf = (key: RecordKey, { storedAt = noon, ...changes }: Partial<Progress> & { storedAt?: number } = {}): Progress => ({
  key,
  state: "stored",
  at: noon,
  epoch: 0,
  revision: 0,
  attempts: 0,
  order: lineOrder({ key, storedAt }),
  source: "sandbox",
  group: "group",
  contracts: [],
  applied: false,
  inLine: false,
  ...changes,
});
