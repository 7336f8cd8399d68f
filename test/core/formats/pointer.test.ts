import fc from "fast-check";
import { expect, test } from "vitest";
import { isPointer, pointed } from "../../../core/formats/pointer.ts";

/** The example of RFC 6901, section 5. */
const document: unknown = { foo: ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\j": 5, 'k"l': 6, " ": 7, "m~n": 8 };

test.each([
  ["", document],
  ["/foo", ["bar", "baz"]],
  ["/foo/0", "bar"],
  ["/", 0],
  ["/a~1b", 1],
  ["/c%d", 2],
  ["/e^f", 3],
  ["/g|h", 4],
  ["/i\\j", 5],
  ['/k"l', 6],
  ["/ ", 7],
  ["/m~0n", 8],
])("finds %j as RFC 6901 has it", (pointer, expected) => {
  expect(pointed(document, pointer)).toEqual(expected);
});

test.each(["/foo/2", "/foo/-", "/foo/00", "/foo/length", "/foo/0/0", "/bar", "/constructor", "/__proto__", "foo", "/m~n"])(
  "finds nothing at %j",
  (pointer) => {
    expect(pointed(document, pointer)).toBeUndefined();
  },
);

test.each([
  ["", true],
  ["/", true],
  ["/a/~0/~1", true],
  ["a", false],
  ["/a~", false],
  ["/~2", false],
  ["#/a", false],
])("says whether %j is a pointer: %s", (text, expected) => {
  expect(isPointer(text)).toBe(expected);
});

test("finds a member that is called length, but not the length of a list", () => {
  expect(pointed({ length: 5 }, "/length")).toBe(5);
  expect(pointed({ items: [1] }, "/items/length")).toBeUndefined();
});

test("unescapes ~01 to ~1, not to a slash", () => {
  expect(pointed({ "~1": "here", "/": "not here" }, "/~01")).toBe("here");
});

test("never throws, whatever it is asked", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string(), (value, pointer) => {
      pointed(value, pointer);
    }),
  );
});
