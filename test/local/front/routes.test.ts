import { describe, expect, test } from "vitest";
import { findRoute } from "../../../local/front/routes.ts";

const routes = ["POST /callbacks/{source}", "GET /callbacks/{source}", "ANY /callbacks/fixed", "GET /files/{path+}"].map((key) => ({
  key,
  functionName: key,
  timeoutMs: 1,
}));
const found = (method: string, path: string, extra: readonly string[] = []) => {
  const route = findRoute([...routes, ...extra.map((key) => ({ key, functionName: key, timeoutMs: 1 }))], method, path);
  return route && [route.key, route.parameters];
};

describe("a request takes", () => {
  test("the route of its method and path, with the parameters decoded", () => {
    expect(found("POST", "/callbacks/stripe-jp")).toEqual(["POST /callbacks/{source}", { source: "stripe-jp" }]);
    expect(found("GET", "/callbacks/a%20b")).toEqual(["GET /callbacks/{source}", { source: "a b" }]);
    expect(found("GET", "/callbacks/%E0%A4%A")).toEqual(["GET /callbacks/{source}", { source: "%E0%A4%A" }]);
    expect(found("GET", "/files/a/b")).toEqual(["GET /files/{path+}", { path: "a/b" }]);
  });

  test("a fixed path before one with parameters, and $default last", () => {
    expect(found("POST", "/callbacks/fixed")).toEqual(["ANY /callbacks/fixed", {}]);
    expect(found("PUT", "/anything", ["$default"])).toEqual(["$default", {}]);
    expect(found("POST", "/callbacks/x", ["$default"])).toEqual(["POST /callbacks/{source}", { source: "x" }]);
  });

  test.each([
    ["DELETE", "/callbacks/x"],
    ["POST", "/callbacks"],
    ["POST", "/callbacks/"],
    ["POST", "/callbacks/x/y"],
    ["POST", "/"],
    ["GET", "/files/"],
  ])("none: %s %s", (method, path) => expect(found(method, path)).toBeUndefined());
});
