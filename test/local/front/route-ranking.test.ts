import { describe, expect, test } from "vitest";
import { findRoute } from "../../../local/front/routes.ts";

/** From the most specific to the least, as API Gateway ranks them: each would take the same request if those before it were not there. */
const ranked = [
  "POST /callbacks/zeus",
  "ANY /callbacks/zeus",
  "POST /callbacks/{source}",
  "ANY /callbacks/{source}",
  "POST /{folder}/{source}",
  "ANY /{folder}/{source}",
  "POST /callbacks/{rest+}",
  "ANY /callbacks/{rest+}",
  "POST /{folder}/{rest+}",
  "ANY /{folder}/{rest+}",
  "$default",
];

const plan = (keys: readonly string[]) => keys.map((key) => ({ key, functionName: "receive", timeoutMs: 1 }));

describe("of the routes that fit a request", () => {
  test.each(ranked.map((key, at) => [key, ranked.slice(at)] as const))("%s goes before %j", (key, fitting) => {
    expect(findRoute(plan(fitting), "POST", "/callbacks/zeus")?.key).toBe(key);
    expect(findRoute(plan(fitting.toReversed()), "POST", "/callbacks/zeus")?.key).toBe(key);
  });
});
