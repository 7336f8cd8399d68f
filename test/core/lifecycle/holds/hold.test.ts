import { describe, expect, test } from "vitest";
import { breaker, type Hold, isProbing, mayPass } from "../../../../core/lifecycle/holds/hold.ts";
import { type Progress, recordStates } from "../../../../core/lifecycle/progress.ts";
import type { RecordKey } from "../../../../core/record.ts";
import { heldByAnn, noon, progressOf } from "../../../support/samples.ts";

const hold: Hold = { target: "app", why: "the site is being rebuilt", by: "ann", since: noon, revision: 1 };
const key: RecordKey = "sandbox/evt_1";
const held = progressOf(key, { state: "waiting", cause: heldByAnn("app") });
const inEachState: readonly Progress[] = recordStates.map((state) => progressOf(key, { state }));

describe("a record of a target", () => {
  test("that is not on hold passes, in every state", () => {
    for (const progress of [...inEachState, held]) expect(mayPass(undefined, progress)).toBe(true);
  });

  test("on hold waits, in every state", () => {
    for (const progress of [...inEachState, held]) expect(mayPass(hold, progress)).toBe(false);
  });

  test("that is being released passes, whether it was released or has just arrived, unless it still waits for the hold", () => {
    const releasing = { ...hold, ratePerSecond: 5 };
    for (const progress of inEachState) expect(mayPass(releasing, progress)).toBe(true);
    expect(mayPass(releasing, held)).toBe(false);
    expect(mayPass(releasing, { ...held, cause: heldByAnn("other") })).toBe(true);
  });

  test("held by the breaker passes only as the one that is tried", () => {
    const probing = { ...hold, by: breaker, probe: key };
    for (const progress of inEachState) expect(mayPass(probing, progress)).toBe(true);
    expect(mayPass(probing, held)).toBe(false);
    for (const progress of inEachState) expect(mayPass(probing, { ...progress, key: "sandbox/evt_2" })).toBe(false);
  });
});

test("records are tried under the breaker's hold, and under no operator's", () => {
  expect(isProbing({ ...hold, by: breaker })).toBe(true);
  expect(isProbing({ ...hold, by: breaker, ratePerSecond: 5 })).toBe(false);
  expect(isProbing(hold)).toBe(false);
  expect(isProbing(undefined)).toBe(false);
});
