import { expect, expectTypeOf, test } from "vitest";
import {
  answerOf,
  causeOf,
  type Dead,
  dueAtOf,
  failingSinceOf,
  heldBy,
  type In,
  isRefusedForAge,
  isSettled,
  type Progress,
  type Retrying,
  recordStates,
  type Waiting,
} from "../../../core/lifecycle/progress.ts";
import { progressOf } from "../../support/samples.ts";

test("a record is settled once it was delivered, ignored by rule or discarded by a person, and in no other state", () => {
  expect(recordStates.filter(isSettled)).toEqual(["delivered", "ignored", "discarded"]);
});

test("a state without its own fields does not compile", () => {
  expectTypeOf<Omit<Dead, "cause">>().not.toExtend<Progress>();
  expectTypeOf<Omit<Waiting, "cause">>().not.toExtend<Progress>();
  expectTypeOf<Omit<Retrying, "cause">>().not.toExtend<Progress>();
  expectTypeOf<Omit<Retrying, "failingSince">>().not.toExtend<Progress>();
  expectTypeOf<In<"ready"> & { state: "dead" }>().toBeNever();
});

test("the last answer is the latest one, whatever happened to the record since", () => {
  const key = "sandbox/evt_1";
  const answered = { kind: "answered", status: 503, answer: "503 later" } as const;
  expect(answerOf(progressOf(key, { state: "delivered", answer: "200 thanks" }))).toBe("200 thanks");
  expect(answerOf(progressOf(key, { state: "retrying", cause: answered }))).toBe("503 later");
  expect(answerOf(progressOf(key, { state: "dead", cause: { kind: "given up", attempts: 3, last: answered } }))).toBe("503 later");
  expect(answerOf(progressOf(key, { state: "waiting" }))).toBeUndefined();
});

test("what only some states have is undefined in the others", () => {
  const key = "sandbox/evt_1";
  const tooOld = { kind: "signature too old", status: 400, answer: "400", ageSeconds: 400, toleranceSeconds: 300 } as const;
  const delivered = progressOf(key, { state: "delivered" });
  expect([dueAtOf, causeOf, failingSinceOf, heldBy].map((of) => of(delivered))).toEqual([undefined, undefined, undefined, undefined]);
  const scheduled = progressOf(key, { state: "scheduled", dueAt: 7, failingSince: 3, cause: tooOld });
  expect([dueAtOf(scheduled), causeOf(scheduled), failingSinceOf(scheduled)]).toEqual([7, tooOld, 3]);
  expect([delivered, scheduled].map(isRefusedForAge)).toEqual([false, true]);
});

test("a record waits for its target only while that is held", () => {
  const key = "sandbox/evt_1";
  const held = { kind: "target held", target: "app", by: "ann", why: "a test" } as const;
  const waits = (cause: Waiting["cause"]) => heldBy(progressOf(key, { state: "waiting", cause }));
  expect(waits(held)).toBe("app");
  expect(waits({ kind: "contract held", contract: "sub_1", why: "a test" })).toBeUndefined();
});
