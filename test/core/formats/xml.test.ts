import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { elementsAt, parseXml, type XmlElement, xmlTextAt } from "../../../core/formats/xml.ts";

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`).replaceAll("\r", "&#xD;");

/** The element as text, with everything a reader has to pass over. */
const written = ({ name, text, children }: XmlElement): string =>
  `<${name} type="a > b" nil='"'>${escaped(text)}<!-- a > b </a> --><?pi <b> ?>${children.map(written).join("")}</${name}\n>`;

describe("reading XML", () => {
  test("reads back what was written, however nested", () => {
    const name = fc.stringMatching(/^[a-z]([a-z0-9_-]{0,6}[a-z0-9])?$/);
    const text = fc.string({ unit: "grapheme" });
    const leaf = fc.record({ name, text, children: fc.constant([]) });
    const { element } = fc.letrec<{ element: XmlElement }>((tie) => ({
      element: fc.oneof({ maxDepth: 4 }, leaf, fc.record({ name, text, children: fc.array(tie("element"), { maxLength: 3 }) })),
    }));
    fc.assert(
      fc.property(element, (root) => {
        expect(parseXml(`<?xml version="1.0" encoding="UTF-8"?>\n${written(root)}\n`)).toEqual(root);
      }),
      { seed: 1 },
    );
  });

  test("knows empty elements, entities, character references and CDATA", () => {
    const root = parseXml("\uFEFF<a><b/><c x='1' /><d>&lt;&amp;&#20870;&#x5186;&unknown;</d><e><![CDATA[<&amp;]]></e></a>");
    expect(root?.children.map(({ name, text }) => [name, text])).toEqual([
      ["b", ""],
      ["c", ""],
      ["d", "<&円円&unknown;"],
      ["e", "<&amp;"],
    ]);
  });

  test("knows the five entities that XML itself defines, and no other", () => {
    expect(parseXml("<a>&lt;&gt;&amp;&quot;&apos;&nbsp;&constructor;</a>")?.text).toBe("<>&\"'&nbsp;&constructor;");
  });

  test("knows a character by its number, of one digit or many, up to the last of Unicode", () => {
    expect(parseXml("<a>&#9;&#x9;&#1114111;&#x10FFFF;</a>")?.text).toBe("\t\t\u{10ffff}\u{10ffff}");
    for (const none of ["&#1114112;", "&#x110000;", "&#00000065;", "&#x0000041;", "&#;", "&#x;"])
      expect(parseXml(`<a>${none}</a>`)?.text).toBe(none);
  });

  test("takes a CDATA section to its own end, with its line breaks, and a text on both of its sides", () => {
    expect(parseXml("<a>1<![CDATA[2\n]]>3<![CDATA[4]]>5</a>")?.text).toBe("12\n345");
  });

  test("passes over attributes in either quotes, whatever they contain", () => {
    expect(parseXml(`<a b='' c='>/>"' d="it's" e = "1">2</a>`)).toEqual({ name: "a", text: "2", children: [] });
  });

  test("nests as deep as two hundred elements, and no deeper", () => {
    const nested = (depth: number) => parseXml("<a>".repeat(depth) + "</a>".repeat(depth));
    expect(nested(199)?.name).toBe("a");
    expect(nested(200)).toBeUndefined();
  });

  test("finds elements and their text by path", () => {
    const root = parseXml("<a><list><one> 1 </one><one>2</one></list><list><one>3</one></list><none> </none></a>");
    expect(elementsAt(root, "list", "one").map(({ text }) => text)).toEqual([" 1 ", "2", "3"]);
    expect(xmlTextAt(root, "list", "one")).toBe("1");
    expect(xmlTextAt(root, "none")).toBeUndefined();
    expect(xmlTextAt(root, "list", "two")).toBeUndefined();
    expect(xmlTextAt(undefined, "list")).toBeUndefined();
  });

  test.each([
    "",
    "text",
    "<a>",
    "</a>",
    "<a></b>",
    "<a><b></a></b>",
    "<a/><b/>",
    "<a/>rest",
    '<a b="1></a>',
    "<a><![CDATA[</a>",
    "<!-- <a/>",
    "< a/>",
    '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
  ])("does not accept %j as a document", (text) => {
    expect(parseXml(text)).toBeUndefined();
  });

  test("is fast for any text, however odd", () => {
    const long = 200_000;
    for (const text of [
      `<${"a".repeat(long)}`,
      `<a ${'b="c" '.repeat(long / 6)}`,
      "<a>".repeat(long),
      `<a ${"/".repeat(long)}`,
      "<!--".repeat(long),
    ]) {
      const started = performance.now();
      expect(parseXml(text)).toBeUndefined();
      expect(performance.now() - started).toBeLessThan(2_000);
    }
  });
});
