import { expect, test } from "vitest";
import { defaultGraces, durationFormat, durationMs, type GraceConfig, graceNames, gracesOf } from "../../../core/findings/graces.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

test("the two sides may disagree for so long, where the configuration says nothing else", () => {
  expect(gracesOf(defaultGraces)).toEqual({
    grant: 24 * hour,
    end: 48 * hour,
    dunning: 14 * day,
    confirm: 48 * hour,
    closure: 48 * hour,
    sibling: 14 * day,
    void: 72 * hour,
    refund: 7 * day,
    renewal: 5 * day,
  });
});

test.each([
  ["90m", 90 * minute],
  ["1m", minute],
  ["36h", 36 * hour],
  ["9999d", 9_999 * day],
] as const)("%s is a duration", (text, expected) => {
  expect(durationFormat.test(text)).toBe(true);
  expect(durationMs(text)).toBe(expected);
});

test.each(["", "24", "h", "1.5h", "24 h", "24hh", "10000d", "-1h", "a24h", "24H", "24s", "h24"])("%o is none", (text) => {
  expect(durationFormat.test(text)).toBe(false);
});

test("each grace is set by itself", () => {
  const config = Object.fromEntries(graceNames.map((name, index) => [name, `${index + 1}h`])) as unknown as GraceConfig;
  expect(gracesOf(config)).toEqual(Object.fromEntries(graceNames.map((name, index) => [name, (index + 1) * hour])));
});
