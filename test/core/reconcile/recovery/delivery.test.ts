import { expect, test } from "vitest";
import { untouched } from "../../../../core/lifecycle/progress.ts";
import { whyNotDelivered } from "../../../../core/reconcile/recovery/delivery.ts";
import { foundRecord } from "../../../../core/reconcile/recovery/found-record.ts";

const config = (mode: "signed" | "pass-through") => ({
  sources: { shop: { gateway: "hmac", target: "app" } },
  targets: { app: { kind: "http", url: "https://app.example", mode } as const },
});
const record = (isToBeDelivered: boolean) =>
  foundRecord(
    { type: "charge.succeeded", gatewayType: "found in an export", occurredAt: 1, charge: "ch_1" },
    { source: "shop", gateway: "hmac", found: { run: "r", by: "kei", isToBeDelivered }, now: 2, orderedAt: 2 },
  );

test("what was found is delivered when the operator wants it, then or by a replay, and never where callbacks are passed through", () => {
  const { found: _, ...callback } = record(true);
  const first = untouched(callback, 3);
  const replayed = { ...first, state: "ready", dueAt: 3, cause: { kind: "replayed" }, replayed: true } as const;
  // As a turn leaves it that was interrupted behind the ledger, and one whose bytes could not be read for a while.
  const interrupted = { ...replayed, state: "applied" } as const;
  const putOff = { ...first, state: "ready", dueAt: 3, cause: { kind: "woken" } } as const;
  expect(whyNotDelivered(callback, undefined, config("pass-through"))).toBeUndefined();
  expect(whyNotDelivered(record(true), undefined, config("signed"))).toBeUndefined();
  expect(whyNotDelivered(record(true), replayed, config("pass-through"))).toBe("no callback");
  for (const known of [undefined, first, { ...first, state: "applied" } as const, putOff])
    expect(whyNotDelivered(record(false), known, config("signed"))).toBe("not asked for");
  for (const known of [replayed, interrupted]) expect(whyNotDelivered(record(false), known, config("signed"))).toBeUndefined();
});
