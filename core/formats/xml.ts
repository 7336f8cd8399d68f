/**
 * Reading XML from outside: elements and their text, nothing else. Attributes, comments and processing
 * instructions are passed over; a document type is rejected, so that no entity can be defined and expanded.
 */

export interface XmlElement {
  readonly name: string;
  /** Its own text, entities resolved, without that of its children. */
  readonly text: string;
  readonly children: readonly XmlElement[];
}

/** One token at a time: a comment, an instruction, a CDATA section, a tag, or text. No two alternatives can match the same place. */
const token =
  /<!--.*?-->|<\?.*?\?>|<!\[CDATA\[(?<data>.*?)\]\]>|<(?<close>\/?)(?<name>[A-Za-z_][\w:.-]*)(?![\w:.-])(?:[^<>"'/]|"[^"]*"|'[^']*'|\/(?!>))*(?<empty>\/?)>|(?<text>[^<]+)/sy;

/** Deeper than any gateway nests, and well within the stack of whatever walks the tree. */
const deepest = 200;

/** Tags, texts and comments together: Braintree's longest, a subscription with twenty payments, has some ten thousand. */
const mostTokens = 100_000;

/** The root element, or undefined when the text is not one well-nested document, or longer or deeper than any gateway's. */
export const parseXml = (source: string): XmlElement | undefined => {
  const top: Draft = { name: "", text: "", children: [] };
  const open: Draft[] = [top];
  for (let at = 0, tokens = 1; at < source.length; at = token.lastIndex, tokens++) {
    if (tokens > mostTokens) return undefined;
    token.lastIndex = at;
    const found = token.exec(source)?.groups;
    const current = open.at(-1);
    if (!found || !current) return undefined;
    if (found.text !== undefined) current.text += resolveEntities(found.text);
    else if (found.data !== undefined) current.text += found.data;
    else if (found.close) {
      if (current.name !== found.name) return undefined;
      open.pop();
    } else if (found.name !== undefined) {
      const element: Draft = { name: found.name, text: "", children: [] };
      current.children.push(element);
      if (!found.empty && open.push(element) > deepest) return undefined;
    }
  }
  const whole = open.length === 1 && top.children.length === 1 && top.text.trim() === "";
  return whole ? top.children[0] : undefined;
};

/** Every element at the path of names below the given one. */
export const elementsAt = (element: XmlElement | undefined, ...path: readonly string[]): readonly XmlElement[] =>
  path.reduce<readonly XmlElement[]>(
    (found, name) => found.flatMap(({ children }) => children.filter((child) => child.name === name)),
    element ? [element] : [],
  );

/** The text of the first element at the path, without surrounding white space; undefined when there is none. */
export const xmlTextAt = (element: XmlElement | undefined, ...path: readonly string[]): string | undefined =>
  elementsAt(element, ...path)[0]?.text.trim() || undefined;

interface Draft {
  readonly name: string;
  text: string;
  readonly children: Draft[];
}

const entities = new Map([
  ["lt", "<"],
  ["gt", ">"],
  ["amp", "&"],
  ["quot", '"'],
  ["apos", "'"],
]);

/** An undefined entity stays as it was written. */
const resolveEntities = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([0-9A-Fa-f]{1,6})|(\w+));/g, (written, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return entities.get(name) ?? written;
    const code = Number(hex === undefined ? decimal : `0x${hex}`);
    return code <= 0x10ffff ? String.fromCodePoint(code) : written;
  });
