import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fields, listOf, matching, named, number, oneOf, type Rule, text } from "../../../core/problems/rule.ts";

const paths = (rule: Rule, value: unknown): readonly string[] => rule(value, "at").map(({ path }) => path);

const word = matching(/^[a-z]+$/, "write small letters");
const few = number({ least: 1, most: 3, whole: true, why: "there are three" });
const rules: Readonly<Record<string, Rule>> = {
  text: text(() => true, "write a text"),
  word,
  few,
  oneOf: oneOf(["red", "green"], "colour"),
  listOf: listOf(word),
  named: named({ name: word, value: few }),
  fields: fields({ word }, { few }),
};

describe("a rule", () => {
  test.each(Object.keys(rules))("(%s) accepts any input without throwing, and names the place and the value", (name) => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        for (const problem of rules[name]?.(value, "at") ?? []) {
          expect(problem.path.startsWith("at")).toBe(true);
          expect(problem.message).not.toBe("");
        }
      }),
    );
  });

  test("of numbers accepts what is within its bounds, both included, and no fraction where whole ones are required", () => {
    for (const value of [1, 2, 3]) expect(few(value, "at")).toEqual([]);
    for (const value of [0, 4, 1.5, Number.NaN, "2", 2n, null]) expect(paths(few, value)).toEqual(["at"]);
    expect(number({ least: 1, most: 3, whole: false, why: "" })(1.5, "at")).toEqual([]);
    expect(few(4, "at")[0]?.message).toBe("write a whole number from 1 to 3: there are three");
  });

  test("of words lists those that are known, and guesses the intended one", () => {
    const colour = oneOf(["red", "green"], "colour");
    expect(colour("red", "at")).toEqual([]);
    expect(colour("grean", "at")[0]?.message).toBe('there is no such colour; did you mean "green"? Known: red, green');
    expect(colour("constructor", "at")[0]?.message).toBe("there is no such colour; Known: red, green");
    expect(oneOf([], "colour")("red", "at")[0]?.message).toBe("there is no such colour; Known: none");
  });

  test("of lists reports each wrong element, in its place", () => {
    expect(paths(listOf(word), ["a", 1, "b", "C"])).toEqual(["at[1]", "at[3]"]);
    expect(paths(listOf(word), { 0: "a" })).toEqual(["at"]);
  });

  test("of names reports names and values, and a missing one where it is required", () => {
    expect(paths(named({ name: word, value: few }), { a: 1, b: 9, C: 2 })).toEqual(["at.b", "at, the name"]);
    expect(paths(named({ name: text(() => true, ""), value: few }), { "a b": 9 })).toEqual(['at["a b"]']);
    expect(named({ name: word, value: few })({}, "at")).toEqual([]);
    expect(named({ name: word, value: few, atLeastOne: "add one" })({}, "at")).toEqual([{ path: "at", value: {}, message: "add one" }]);
    expect(paths(named({ name: word, value: few }), [1])).toEqual(["at"]);
  });

  test("of fields reports what is missing, wrong or unknown, and treats undefined as absent", () => {
    const rule = fields({ word }, { few });
    expect(rule({ word: "a" }, "at")).toEqual([]);
    expect(rule({ word: "a", few: undefined, other: undefined }, "at")).toEqual([]);
    expect(rule({ word: undefined, few: 9, fwe: 1 }, "at").map(({ path, message }) => [path, message])).toEqual([
      ["at.word", "it is missing; add it"],
      ["at.few", "write a whole number from 1 to 3: there are three"],
      ["at.fwe", 'there is no such field; did you mean "few"? Known: word, few'],
    ]);
    expect(paths(rule, JSON.parse('{"word":"a","__proto__":1}'))).toEqual(["at.__proto__"]);
    expect(rule(null, "")[0]).toEqual({ path: "", value: null, message: "write an object with word" });
  });
});
