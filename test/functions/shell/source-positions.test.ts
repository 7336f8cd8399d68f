import { expect, test } from "vitest";
import { createSourcePositions } from "../../../functions/shell/source-positions.ts";

/** Line 1, column 11 of the bundle is line 3, column 5 of the source. */
const map = JSON.stringify({ version: 3, sources: ["functions/steps/sweep/audit.ts"], names: [], mappings: "UAEI" });

const trace = (...frames: readonly string[]) => ["Error: no\n    at all (file:///var/task/index.mjs:9:9)", ...frames].join("\n    ");

test("frames of a bundle get the source's file, line and column, without its minified names; the map is read once", () => {
  const read: string[] = [];
  const positions = createSourcePositions((url) => {
    read.push(url.pathname);
    return map;
  });
  const [, ...frames] = positions(
    trace(
      "at Yu (file:///var/task/index.mjs:1:11)",
      "at async Object.qe [as save] (file:///var/task/index.mjs:1:11)",
      "at async file:///var/task/index.mjs:1:11",
      "at new X (file:///var/task/index.mjs:1:11)",
      "at node:internal/process:1:1",
    ),
  )
    .split("\n    ")
    .slice(1);
  const there = "functions/steps/sweep/audit.ts:3:5";
  expect(frames).toEqual([`at ${there}`, `at async ${there}`, `at async ${there}`, `at ${there}`, "at node:internal/process:1:1"]);
  expect(read).toEqual(["/var/task/index.mjs.map"]);
});

test.each([
  [
    "is missing",
    () => {
      throw new Error("ENOENT");
    },
  ],
  ["is damaged", () => "{"],
])("a stack whose map %s stays as it is", (_, read) => {
  const stack = trace("at Yu (file:///var/task/index.mjs:1:11)");
  expect(createSourcePositions(read)(stack)).toBe(stack);
});
