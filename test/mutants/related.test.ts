import { describe, expect, test } from "vitest";
import { relatedTo } from "./related.ts";

const importers = new Map([
  ["core/a.ts", ["core/b.ts", "test/core/z/a.test.ts"]],
  ["core/b.ts", ["core/c.ts", "test/core/b.test.ts", "test/core/a.test.ts"]],
  ["core/c.ts", ["core/a.ts"]],
  ["core/d.ts", ["test/core/d.test.ts"]],
]);

describe("what has to do with a file", () => {
  test("is whatever imports it, also over others and in a circle", () => {
    expect(new Set(relatedTo("core/a.ts", importers).dependents)).toEqual(
      new Set(["core/a.ts", "core/b.ts", "core/c.ts", "test/core/a.test.ts", "test/core/b.test.ts", "test/core/z/a.test.ts"]),
    );
  });

  test("are first the tests that mirror its path, then those that are nearest", () => {
    expect(relatedTo("core/a.ts", importers).tests).toEqual(["test/core/a.test.ts", "test/core/z/a.test.ts", "test/core/b.test.ts"]);
  });
});
