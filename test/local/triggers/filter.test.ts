import { describe, expect, test } from "vitest";
import { createFilter } from "../../../local/triggers/filter.ts";

const passes = (pattern: object, record: unknown) => createFilter([JSON.stringify(pattern)], "the test")(record);
const inserted = { eventName: "INSERT", dynamodb: { Keys: { sk: { S: "record" } }, NewImage: { verification: { S: "verified" } } } };

describe("a filter pattern", () => {
  test("requires every field it names, at every depth", () => {
    const pattern = {
      eventName: ["INSERT"],
      dynamodb: { Keys: { sk: { S: ["record"] } }, NewImage: { verification: { S: ["verified"] } } },
    };
    expect(passes(pattern, inserted)).toBe(true);
    expect(passes(pattern, { ...inserted, eventName: "REMOVE" })).toBe(false);
    expect(passes(pattern, { ...inserted, dynamodb: { Keys: { sk: { S: "other" } } } })).toBe(false);
    expect(passes(pattern, { eventName: "INSERT" })).toBe(false);
    expect(passes(pattern, null)).toBe(false);
  });

  test.each([
    [["a", "b"], "b", true],
    [["a", "b"], "c", false],
    [[1], 1, true],
    [[1], "1", false],
    [[null], null, true],
    [[null], undefined, false],
    [[{ prefix: "ab" }], "abc", true],
    [[{ prefix: "ab" }], "cab", false],
    [[{ suffix: ".fifo" }], "a.fifo", true],
    [[{ suffix: ".fifo" }], "a", false],
    [[{ "equals-ignore-case": "OK" }], "ok", true],
    [[{ exists: true }], 0, true],
    [[{ exists: true }], undefined, false],
    [[{ exists: false }], undefined, true],
    [[{ exists: false }], "x", false],
    [[{ "anything-but": ["a", "b"] }], "c", true],
    [[{ "anything-but": ["a", "b"] }], "b", false],
    [[{ "anything-but": "a" }], undefined, false],
    [[{ "anything-but": { prefix: "a" } }], "abc", false],
    [[{ numeric: [">", 0, "<=", 5] }], 5, true],
    [[{ numeric: [">", 0, "<=", 5] }], 0, false],
    [[{ numeric: ["=", 3] }], "3", false],
    [["a"], ["x", "a"], true],
  ])("%j says of %j: %s", (choices, value, expected) => {
    expect(passes({ field: choices }, value === undefined ? {} : { field: value })).toBe(expected);
  });

  test("can name alternatives", () => {
    const pattern = { $or: [{ a: ["1"] }, { b: ["2"] }] };
    expect(passes(pattern, { b: "2" })).toBe(true);
    expect(passes(pattern, { a: "2", b: "1" })).toBe(false);
  });

  test("is one of several, any of which may match; without any, everything passes", () => {
    expect(createFilter(['{"a":["1"]}', '{"a":["2"]}'], "the test")({ a: "2" })).toBe(true);
    expect(createFilter([], "the test")({})).toBe(true);
  });

  test("is rejected when it cannot be understood, with its place", () => {
    expect(() => createFilter(["{"], "FilterCriteria of Stream")).toThrow("FilterCriteria of Stream");
    expect(() => passes({ a: [{ cidr: "10.0.0.0/8" }] }, {})).toThrow('operator "cidr"');
    expect(() => passes({ a: "x" }, {})).toThrow("a filter pattern is an object");
  });
});
