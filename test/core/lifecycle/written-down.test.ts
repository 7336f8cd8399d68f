/** Numbers, names and first values of the lifecycle that other programs and people rely on, written down apart from the code. */
import { expect, test } from "vitest";
import { deduplicationId } from "../../../core/lifecycle/doorbell.ts";
import { breaker, breakerRatePerSecond, breakerThreshold } from "../../../core/lifecycle/hold.ts";
import { untouched } from "../../../core/lifecycle/progress.ts";
import { planReplay } from "../../../core/lifecycle/replay.ts";
import { digest } from "../../../core/signature.ts";
import { noon } from "../../support/samples.ts";

test("the breaker trips at five records in a row, releases 20 a second, and signs its holds with its name", () => {
  expect([breaker, breakerThreshold, breakerRatePerSecond]).toEqual(["circuit breaker", 5, 20]);
});

test("a record without progress is stored since now, never sent, and not in the ledger", () => {
  expect(untouched({ key: "sandbox/evt_1", storedAt: noon }, noon + 1)).toMatchObject({
    state: "stored",
    at: noon + 1,
    epoch: 0,
    revision: 0,
    attempts: 0,
    contracts: [],
    applied: false,
    inLine: false,
  });
});

test("a doorbell is deduplicated by its record and its epoch", () => {
  const doorbell = { key: "sandbox/evt_1", source: "sandbox", group: "group", epoch: 3 } as const;
  expect(deduplicationId(doorbell)).toBe(digest("sha256", ["sandbox/evt_1#3"], "base64url"));
});

test("what is in quarantine is not replayed, and the reason says so", () => {
  const record = { key: "sandbox/evt_1", storedAt: noon, verification: "refused" } as const;
  expect(planReplay(record, undefined, { contracts: [], now: noon })).toEqual({
    kind: "left",
    why: "it could not be verified, and is in quarantine",
  });
});
