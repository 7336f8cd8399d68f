import { expect, test } from "vitest";
import { describeProblems } from "../../core/problem.ts";

test("problems are told one to a line, with the place, what stands there and what to do", () => {
  expect(describeProblems([{ path: "retry.attempts", value: 0, message: "write a whole number from 1 to 1000" }])).toBe(
    "The configuration has a problem:\n  retry.attempts = 0: write a whole number from 1 to 1000",
  );
  expect(
    describeProblems([
      { path: "", value: null, message: "write an object" },
      { path: "sources.a.target", value: undefined, message: "it is missing; add it" },
    ]),
  ).toBe("The configuration has 2 problems:\n  config = null: write an object\n  sources.a.target: it is missing; add it");
});
