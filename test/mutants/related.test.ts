import { describe, expect, test } from "vitest";
import { otherRooms, relatedTo } from "./related.ts";

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

  test("are the tests among it", () => {
    expect(relatedTo("core/a.ts", importers).tests).toEqual(["test/core/a.test.ts", "test/core/b.test.ts", "test/core/z/a.test.ts"]);
  });

  test("are not the tests and rows of other gateways, where it is in a gateway's room", () => {
    const rooms = ["adyen", "adyen-classic", "stripe"];
    expect(otherRooms("gateways/adyen/front.ts", rooms)).toEqual(["adyen-classic", "stripe"]);
    for (const path of ["gateways/kit/kit.ts", "core/adyen/front.ts"]) expect(otherRooms(path, rooms)).toEqual([]);
  });
});
