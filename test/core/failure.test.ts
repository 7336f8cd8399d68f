import { expect, test } from "vitest";
import { errorMessage, Failure } from "../../core/failure.ts";

test("a failure is known by its name in a log, and failed unless it says otherwise", () => {
  expect(String(new Failure("the table is not there"))).toBe("Failure: the table is not there");
  expect(new Failure("a").kind).toBe("failed");
  expect(new Failure("a", "usage").kind).toBe("usage");
});

test("anything thrown has a message", () => {
  expect(errorMessage(new Failure("away"))).toBe("away");
  expect(errorMessage("away")).toBe("away");
  expect(errorMessage(undefined)).toBe("undefined");
});
