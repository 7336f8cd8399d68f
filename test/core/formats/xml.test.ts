import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { elementsAt, parseXml, type XmlElement, xmlTextAt } from "../../../core/formats/xml.ts";
import { growsGently } from "../../support/processor-time.ts";

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

  test("resolves a character by its number, of one digit or many, up to the last of Unicode", () => {
    expect(parseXml("<a>&#9;&#x9;&#1114111;&#x10FFFF;</a>")?.text).toBe("\t\t\u{10ffff}\u{10ffff}");
    for (const none of ["&#1114112;", "&#x110000;", "&#00000065;", "&#x0000041;", "&#;", "&#x;"])
      expect(parseXml(`<a>${none}</a>`)?.text).toBe(none);
  });

  test("reads a CDATA section to its end, with its line breaks, and the text on both sides", () => {
    expect(parseXml("<a>1<![CDATA[2\n]]>3<![CDATA[4]]>5</a>")?.text).toBe("12\n345");
  });

  test("ignores attributes in either quotes, whatever they contain", () => {
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

  test("takes what is longer than any gateway's for no document", () => {
    expect(parseXml(`<a>${"<b/>".repeat(99_998)}</a>`)?.children).toHaveLength(99_998);
    for (const more of ["<b/>", "<!---->", "<![CDATA[]]>", "<?b?>"]) expect(parseXml(`<a>${more.repeat(99_999)}</a>`)).toBeUndefined();
  });

  test.each<[what: string, text: (size: number) => string]>([
    ["a name without end", (size) => `<${"a".repeat(size)}`],
    ["attributes without end", (size) => `<a ${'b="c" '.repeat(size / 6)}`],
    ["elements that never end", (size) => "<a>".repeat(size)],
    ["a tag that never ends", (size) => `<a ${"/".repeat(size)}`],
    ["comments that never end", (size) => "<!--".repeat(size)],
  ])("is none, and found to be none in time that grows with it: %s", (_, text) => {
    expect(parseXml(text(1_000))).toBeUndefined();
    expect(growsGently((size) => parseXml(text(size)), 25_000)).toBe(true);
  });
});
