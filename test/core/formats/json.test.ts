import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { at, listAt, numberAt, parseJson, textAt } from "../../../core/formats/json.ts";

const bytes = (text: string): Buffer => Buffer.from(text, "utf8");

const event = { id: "evt_1", number: 42, zero: 0, empty: "", nothing: null, yes: true, items: [{ id: "it_1" }, { id: 2 }], "": { "": 1 } };

describe("the value at a path", () => {
  test("is found through names and indexes", () => {
    expect(at(event)).toBe(event);
    expect(at(event, "items", 1, "id")).toBe(2);
    expect(at(event, "items", "0", "id")).toBe("it_1");
    expect(at(event, "", "")).toBe(1);
    expect(at(event, "nothing")).toBeNull();
  });

  test.each([
    [["items", 2]],
    [["items", -1]],
    [["id", "length"]],
    [["id", 0]],
    [["nothing", "id"]],
    [["number", "toFixed"]],
    [["other", "id"]],
  ])("is none at %j", (path) => expect(at(event, ...path)).toBeUndefined());

  test("is never something that every object has", () => {
    for (const name of ["constructor", "toString", "__proto__", "hasOwnProperty"]) expect(at(event, name)).toBeUndefined();
    expect(at(JSON.parse('{"__proto__": {"admin": true}}'), "admin")).toBeUndefined();
  });

  test("agrees with walking the value by hand, for every place in any JSON", () => {
    const places = (
      value: unknown,
      path: readonly (string | number)[],
    ): readonly [path: readonly (string | number)[], value: unknown][] => [
      [path, value],
      ...(typeof value === "object" && value !== null
        ? Object.entries(value).flatMap(([name, one]) => places(one, [...path, Array.isArray(value) ? Number(name) : name]))
        : []),
    ];
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        for (const [path, found] of places(value, [])) expect(at(value, ...path)).toBe(found);
      }),
    );
  });
});

describe("a value of a kind", () => {
  test("is a text that is not empty, or a number written as one", () => {
    expect(textAt(event, "id")).toBe("evt_1");
    expect(textAt(event, "number")).toBe("42");
    expect(textAt(event, "zero")).toBe("0");
    for (const name of ["empty", "nothing", "yes", "items", "other"]) expect(textAt(event, name)).toBeUndefined();
    expect(textAt(Number.NaN)).toBeUndefined();
  });

  test("is a number that can be counted with", () => {
    expect(numberAt(event, "number")).toBe(42);
    expect(numberAt(event, "zero")).toBe(0);
    for (const name of ["id", "empty", "nothing", "yes", "items"]) expect(numberAt(event, name)).toBeUndefined();
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, "1", 1n]) expect(numberAt(value)).toBeUndefined();
  });

  test("is a list, and an empty one where there is none", () => {
    expect(listAt(event, "items")).toBe(event.items);
    for (const name of ["id", "nothing", "other", ""]) expect(listAt(event, name)).toEqual([]);
  });

  test("is looked for in anything, anywhere, without throwing", () => {
    const path = fc.array(fc.oneof(fc.string(), fc.integer(), fc.constantFrom("__proto__", "constructor", "length")), { maxLength: 4 });
    fc.assert(
      fc.property(fc.anything(), path, (value, path) => {
        at(value, ...path);
        expect(["string", "undefined"]).toContain(typeof textAt(value, ...path));
        expect(Number.isFinite(numberAt(value, ...path) ?? 0)).toBe(true);
        expect(Array.isArray(listAt(value, ...path))).toBe(true);
      }),
    );
  });
});

describe("bytes", () => {
  test("that are JSON are read as what they say, also behind a byte order mark", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parseJson(bytes(text))).toEqual(JSON.parse(text));
        expect(parseJson(bytes(`\uFEFF${text}`))).toEqual(JSON.parse(text));
      }),
    );
  });

  test("keep every digit of a whole number that is too large to be one, as a text and never as an amount", () => {
    const order = parseJson(bytes('{"id":820982911946154508,"lines":[{"id":-9007199254740993}],"total":1980,"limit":9007199254740991}'));
    expect(textAt(order, "id")).toBe("820982911946154508");
    expect(numberAt(order, "id")).toBeUndefined();
    expect(textAt(order, "lines", 0, "id")).toBe("-9007199254740993");
    expect(numberAt(order, "total")).toBe(1980);
    expect(numberAt(order, "limit")).toBe(Number.MAX_SAFE_INTEGER);
    // The first that is rounded has sixteen digits, also where no other has more.
    expect(parseJson(bytes("[9007199254740993]"))).toEqual(["9007199254740993"]);
    expect(parseJson(bytes("[9007199254740991]"))).toEqual([9_007_199_254_740_991]);
    fc.assert(
      fc.property(fc.bigInt(), (id) => {
        expect(textAt(parseJson(bytes(`{"id":${id}}`)), "id")).toBe(String(id));
      }),
    );
  });

  test("keep fractions and powers of ten as the numbers they are", () => {
    const value = parseJson(bytes('{"share":0.1234567890123456,"large":1.5e300,"id":"820982911946154508","whole":1e17}'));
    expect(value).toEqual({ share: 0.1234567890123456, large: 1.5e300, id: "820982911946154508", whole: 1e17 });
    const long = ["0.123456789012345678901", "12345678901234567.5", "1234567890123456789e2"];
    expect(parseJson(bytes(`[${long.join()}]`))).toEqual(long.map(Number));
  });

  test("that are not JSON are undefined, and no bytes make it throw", () => {
    for (const text of ["", "{", "a=1", "undefined", "NaN", "{'a':1}", "1 2"]) expect(parseJson(bytes(text))).toBeUndefined();
    fc.assert(
      fc.property(fc.uint8Array(), (body) => {
        parseJson(body);
      }),
    );
  });

  test("that hold more values, or nest deeper, than any gateway's are undefined", () => {
    const [list, nested] = [
      (length: number) => `[${Array(length).fill("1").join(",")}]`,
      (depth: number) => "[".repeat(depth) + "]".repeat(depth),
    ];
    expect(parseJson(bytes(list(199_999)))).toHaveLength(199_999);
    expect(parseJson(bytes(list(200_000)))).toBeUndefined();
    expect(parseJson(bytes(nested(200)))).toBeDefined();
    for (const one of ["[]", "{}"]) expect(parseJson(bytes(`[${Array(300).fill(one).join(",")}]`))).toHaveLength(300);
    expect(parseJson(bytes(nested(201)))).toBeUndefined();
    expect(parseJson(bytes(`${'{"a":'.repeat(201)}1${"}".repeat(201)}`))).toBeUndefined();
  });

  test("are not taken for more than they are because of what is inside a text", () => {
    const odd = { text: `${"[{,".repeat(100_000)}\\"`, '","': "\\\\" };
    expect(parseJson(bytes(JSON.stringify(odd)))).toEqual(odd);
  });

  test("that are broken within a text cost that text a letter, not the others", () => {
    expect(parseJson(Buffer.from('{"name":"\xff","id":"evt_1"}', "latin1"))).toEqual({ name: "\uFFFD", id: "evt_1" });
  });
});
