/** What to type next about a record whose progress an earlier version wrote, recorded from a stack that ran it. */
import { expect, test } from "vitest";
import type { Item } from "../../../io/item.ts";
import { progressFromItem } from "../../../io/ledger/ledger-item.ts";
import { nextStep } from "../../../operator/show/next-step.ts";
import recorded from "../../io/ledger/fixtures/version-0.1.json" with { type: "json" };

const advice = new Map(
  (recorded.items as unknown as readonly Item[]).map(progressFromItem).map((progress) => {
    const command = (...words: readonly string[]) => words.join(" ");
    return [progress.state, nextStep({ key: progress.key, record: { verification: "verified" }, progress, command }).advice];
  }),
);

test("nothing is left to do about one that has ended", () => {
  expect(advice.get("delivered")).toMatch(/^Nothing is left to do\./);
  expect(advice.get("ignored")).toMatch(/^Nothing is left to do\./);
  expect(advice.get("discarded")).toMatch(/^Nothing is left to do\./);
});

test("the turn of one that was woken or released comes by itself", () => {
  expect(advice.get("ready")).toMatch(/^It is picked up within seconds/);
});

test("the cause of a dead one has to be fixed", () => {
  expect(advice.get("dead")).toBe("Find and fix the cause, then replay.");
});
