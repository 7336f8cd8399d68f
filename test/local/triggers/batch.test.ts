import { describe, expect, test } from "vitest";
import { batchResult } from "../../../local/triggers/batch.ts";

const ids = new Set(["a", "b", "c"]);
const returned = (payload: unknown) => batchResult({ kind: "returned", payload }, true, ids);
const items = (...failed: unknown[]) => ({ batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) });

describe("a batch", () => {
  test.each([null, undefined, {}, { batchItemFailures: null }, { batchItemFailures: [] }, "text"])(
    "is done when the function returns %j",
    (payload) => {
      expect(returned(payload)).toEqual({ kind: "done" });
    },
  );

  test("is partly done when the function names failed items of the batch", () => {
    expect(returned(items("b", "c"))).toEqual({ kind: "partly", failed: new Set(["b", "c"]) });
  });

  test.each([items("z"), items("a", ""), items(null), { batchItemFailures: "a" }, { batchItemFailures: [{}] }])(
    "fails as a whole when what is named makes no sense: %j",
    (payload) => expect(returned(payload).kind).toBe("failed"),
  );

  test("fails as a whole when the function does", () => {
    expect(batchResult({ kind: "failed", type: "TypeError", message: "no" }, true, ids)).toEqual({
      kind: "failed",
      reason: "TypeError: no",
    });
  });

  test("is done whatever is named when the mapping does not ask for it", () => {
    expect(batchResult({ kind: "returned", payload: items("a") }, false, ids)).toEqual({ kind: "done" });
  });
});
