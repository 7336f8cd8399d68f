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
  const replayed = { ...first, state: "ready", dueAt: 3, cause: { kind: "replayed" } } as const;
  expect(whyNotDelivered(callback, undefined, config("pass-through"))).toBeUndefined();
  expect(whyNotDelivered(record(true), undefined, config("signed"))).toBeUndefined();
  expect(whyNotDelivered(record(true), replayed, config("pass-through"))).toBe("no callback");
  for (const known of [undefined, first]) expect(whyNotDelivered(record(false), known, config("signed"))).toBe("not asked for");
  expect(whyNotDelivered(record(false), replayed, config("signed"))).toBeUndefined();
});
