import { expect, test } from "vitest";
import { isSettled, recordStates } from "../../../core/lifecycle/progress.ts";

test("a record is settled once it was delivered, ignored by rule or discarded by a person, and in no other state", () => {
  expect(recordStates.filter(isSettled)).toEqual(["delivered", "ignored", "discarded"]);
});
