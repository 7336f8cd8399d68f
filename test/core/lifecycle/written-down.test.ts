/** Numbers, names and first values of the lifecycle that other programs and people rely on, written down apart from the code. */
import { expect, test } from "vitest";
import { deduplicationId } from "../../../core/lifecycle/doorbell.ts";
import { breakerThreshold } from "../../../core/lifecycle/holds/breaker.ts";
import { breaker } from "../../../core/lifecycle/holds/hold.ts";
import { breakerRatePerSecond } from "../../../core/lifecycle/holds/release-pace.ts";
import { isRelaxed, linesOf } from "../../../core/lifecycle/line.ts";
import { type Facts, type Stored, untouched } from "../../../core/lifecycle/progress.ts";
import { planReplay } from "../../../core/lifecycle/replay.ts";
import { replay } from "../../../core/lifecycle/transitions/operator.ts";
import { expire, find } from "../../../core/lifecycle/transitions/sweep.ts";
import { apply, begin } from "../../../core/lifecycle/transitions/turn.ts";
import { waitBehind } from "../../../core/lifecycle/transitions/waiting.ts";
import { digest } from "../../../core/signature.ts";
import { noon, paymentEvent, sampleConfig } from "../../support/samples.ts";

test("the breaker trips at five records in a row, begins to release at 20 a second, and signs its holds with its name", () => {
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
  const bare = untouched({ key: "sandbox/evt_1", storedAt: noon }, noon);
  const known = { ...bare, lacking: "the amount", types: ["notice"] };
  const behind = { key: "sandbox/evt_0", contract: "sub_1" } as const;
  for (const happen of [
    (progress: Stored) => find(progress, noon),
    (progress: Stored) => waitBehind(apply(progress, noon), behind, noon),
    (progress: Stored) => apply(progress, noon),
    (progress: Stored) => expire(progress, noon),
  ]) {
    expect(happen(known)).toMatchObject({ lacking: "the amount", types: ["notice"] });
    expect(happen(bare)).not.toHaveProperty("lacking");
    expect(happen(bare)).not.toHaveProperty("types");
  }
});

test("the types that a record carried when the ledger took it stay, whatever is read today; before that today's do", () => {
  const stored = untouched({ key: "sandbox/evt_1", storedAt: noon }, noon);
  const typesAfter = (known: Partial<Facts>) => begin({ ...stored, ...known }, { contracts: [], types: ["notice"] }).types;
  expect(typesAfter({ applied: true, types: ["charge.succeeded"] })).toEqual(["charge.succeeded"]);
  expect(typesAfter({ applied: false, types: ["charge.succeeded"] })).toEqual(["notice"]);
  expect(typesAfter({ applied: true })).toEqual(["notice"]);
  expect(typesAfter({ applied: false })).toEqual(["notice"]);
});

test("a settled record whose followers are not woken yet goes back to its line when it is replayed, but only if it has one", () => {
  const known = { ...untouched({ key: "sandbox/evt_1", storedAt: noon }, noon), state: "delivered", answer: "200" } as const;
  const isInLine = (contracts: readonly string[]) =>
    replay({ ...known, contracts, releasing: true, dueAt: noon }, { contracts }, noon).inLine;
  expect([isInLine(["sub_1"]), isInLine([])]).toEqual([true, false]);
});
