import { expect, test } from "vitest";
import { describeProblems } from "../../../core/problems/problem.ts";

test("problems are listed one per line, with the place, the value and the remedy", () => {
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

test("a value that JSON cannot express, or that is circular or very long, does not hide its problem", () => {
  const circle: { self?: object } = {};
  circle.self = circle;
  const told = (value: unknown) => describeProblems([{ path: "a", value, message: "mend it" }]).split("\n")[1];
  expect(told(4_000_000n)).toBe("  a = 4000000n: mend it");
  expect(told(circle)).toBe("  a = a value that cannot be shown: mend it");
  expect(told(() => {})).toBe("  a = a function: mend it");
  expect(told("x".repeat(198))).toBe(`  a = "${"x".repeat(198)}": mend it`);
  expect(told("x".repeat(300))).toBe(`  a = "${"x".repeat(199)}...: mend it`);
});
