import { expect, test } from "vitest";
import { japanTime } from "../../gateways/japan-time.ts";

test.each([
  ["20261120153000", Date.UTC(2026, 10, 20, 6, 30)],
  ["202611201530", Date.UTC(2026, 10, 20, 6, 30)],
  ["2026/11/20 15:30:12.345", Date.UTC(2026, 10, 20, 6, 30, 12, 345)],
  ["2026/11/20 15:30:12.3", Date.UTC(2026, 10, 20, 6, 30, 12, 300)],
  ["2026-11-20 08:59:59", Date.UTC(2026, 10, 19, 23, 59, 59)],
  ["20240229000000", Date.UTC(2024, 1, 28, 15)],
])("reads %s in Japan's time", (text, expected) => {
  expect(japanTime(text)).toBe(expected);
});

test.each(["", undefined, "20261120", "2026/11/20", "20261320000000", "20250229000000", "20261120246000", "20261120153060", "yesterday"])(
  "does not read %j",
  (text) => {
    expect(japanTime(text)).toBeUndefined();
  },
);
