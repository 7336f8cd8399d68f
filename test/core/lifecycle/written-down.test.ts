/** Numbers, names and first values of the lifecycle that other programs and people rely on, written down apart from the code. */
import { expect, test } from "vitest";
import { isRelaxed, linesOf } from "../../../core/lifecycle/contract-lines.ts";
import { deduplicationId } from "../../../core/lifecycle/doorbell.ts";
import { breaker, breakerRatePerSecond, breakerThreshold } from "../../../core/lifecycle/hold.ts";
import { untouched } from "../../../core/lifecycle/progress.ts";
import { planReplay } from "../../../core/lifecycle/replay.ts";
import { find } from "../../../core/lifecycle/transitions/sweep.ts";
import { digest } from "../../../core/signature.ts";
import { noon, paymentEvent, sampleConfig } from "../../support/samples.ts";

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

test("a record of a target in relaxed order is in no line; any other is in its contract's", () => {
  const config = (order: "relaxed" | "strict") => ({
    ...sampleConfig,
    targets: { app: { kind: "http", url: "https://app.example.com/", mode: "pass-through", order } as const },
  });
  const events = [paymentEvent({ contract: "sub_1" })];
  expect(linesOf(config("relaxed"), "sandbox", events)).toEqual([]);
  expect(linesOf(config("strict"), "sandbox", events)).toEqual(["sub_1"]);
  expect([isRelaxed(config("relaxed"), "sandbox"), isRelaxed(config("strict"), "sandbox")]).toEqual([true, false]);
});

test("an unverified record that is settled is not replayed, and the reason names its state", () => {
  const record = { key: "sandbox/evt_1", storedAt: noon, verification: "unverified" } as const;
  const { dueAt: _, cause: __, ...facts } = untouched(record, noon);
  const known = { ...facts, state: "delivered", answer: "200" } as const;
  expect(planReplay(record, known, { contracts: [], now: noon })).toEqual({ kind: "left", why: "it is not verified yet, and delivered" });
});

test("what is lacking and which types it carried stay with a record through its transitions", () => {
  const known = { ...untouched({ key: "sandbox/evt_1", storedAt: noon }, noon), lacking: "the amount", types: ["notice"] };
  expect(find(known, noon)).toMatchObject({ lacking: "the amount", types: ["notice"] });
  const bare = find(untouched({ key: "sandbox/evt_1", storedAt: noon }, noon), noon);
  expect([Object.hasOwn(bare, "lacking"), Object.hasOwn(bare, "types")]).toEqual([false, false]);
});
