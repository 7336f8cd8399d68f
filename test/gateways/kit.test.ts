import { describe, expect, test } from "vitest";
import { japanTime, parseInstant, withEventIds } from "../../gateways/kit.ts";
import { now } from "./conformance.ts";

test("gives the first event the callback's identity, and the further ones their number", () => {
  const event = { type: "notice", gatewayType: "ping", occurredAt: 0 } as const;
  expect(withEventIds("evt_1", [event, event, event]).map(({ id }) => id)).toEqual(["evt_1", "evt_1#2", "evt_1#3"]);
  expect(withEventIds("evt_1", [])).toEqual([]);
});

describe("an instant with its zone", () => {
  test.each([
    ["2026-11-20T12:00:00Z", now],
    ["2026-11-20T12:00Z", now],
    ["2026-11-20T21:00:00+09:00", now],
    ["2026-11-20T21:00:00+0900", now],
    ["2026-11-20T12:00:00.390Z", now + 390],
    ["2026-11-20T12:00:00.390028999Z", now + 390],
  ])("reads %s", (text, instant) => {
    expect(parseInstant(text)).toBe(instant);
  });

  test.each(["2026-11-20T12:00:00", "2026-11-20", "1795176000", "2026-13-20T12:00:00Z", "yesterday", "", undefined, null, now])(
    "does not read %j: no zone is guessed",
    (text) => {
      expect(parseInstant(text)).toBeUndefined();
    },
  );
});

describe("a Japanese gateway's time", () => {
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
});
