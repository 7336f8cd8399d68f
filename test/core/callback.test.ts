import { expect, test } from "vitest";
import { refused, verified } from "../../core/callback.ts";
import { rawCallback } from "../support/samples.ts";

test("verifying a callback does not change it", () => {
  const raw = rawCallback();
  const before = JSON.stringify(raw);
  const verification = verified(raw);
  expect(verification.callback).toBe(raw);
  expect(JSON.stringify(raw)).toBe(before);
});

test("a refusal carries the check that failed, and no callback", () => {
  expect(refused("no signature matches")).toEqual({ kind: "refused", reason: "no signature matches" });
});
