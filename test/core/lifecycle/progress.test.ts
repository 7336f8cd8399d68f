import { expect, expectTypeOf, test } from "vitest";
import {
  answerOf,
  type Dead,
  type In,
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
