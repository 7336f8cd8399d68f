import { describe, expect, test } from "vitest";
import { type Filter, filterWords } from "../../core/filter.ts";
import { noon } from "../support/samples.ts";

describe("a filter is said", () => {
  test.each<[Filter, string]>([
    [{}, ""],
    [{ source: "stripe-jp" }, "source stripe-jp"],
    [{ states: ["dead", "waiting"] }, "state dead, waiting"],
    [{ contract: { source: "stripe-jp", contract: "sub_1" } }, "contract stripe-jp/sub_1"],
    [{ since: noon }, "since 2026-11-20T12:00:00.000Z"],
    [{ until: noon }, "until 2026-11-20T12:00:00.000Z"],
    [{ reason: "503" }, 'reason "503"'],
    [
      { source: "s", states: ["dead"], contract: { source: "s", contract: "c" }, since: noon, until: noon + 1_000, reason: "r" },
      'source s, state dead, contract s/c, since 2026-11-20T12:00:00.000Z, until 2026-11-20T12:00:01.000Z, reason "r"',
    ],
  ])("as its parts, those alone that were given: %j", (filter, words) => expect(filterWords(filter)).toBe(words));
});
