import { expect, test } from "vitest";
import { instantOf } from "../../gateways/time.ts";
import { now } from "./conformance.ts";

test.each([
  ["2026-11-20T12:00:00Z", now],
  ["2026-11-20T12:00Z", now],
  ["2026-11-20T21:00:00+09:00", now],
  ["2026-11-20T21:00:00+0900", now],
  ["2026-11-20T12:00:00.390Z", now + 390],
  ["2026-11-20T12:00:00.390028999Z", now + 390],
])("reads %s", (text, instant) => {
  expect(instantOf(text)).toBe(instant);
});

test.each(["2026-11-20T12:00:00", "2026-11-20", "1795176000", "2026-13-20T12:00:00Z", "yesterday", "", undefined, null, now])(
  "takes %j for no moment: no zone is guessed",
  (text) => {
    expect(instantOf(text)).toBeUndefined();
  },
);
