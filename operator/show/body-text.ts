/** A callback's bytes as text for people: decoded in the gateway's charset, laid out, and masked. */
import { type Charset, formFields } from "../../core/formats/form.ts";
import { keepDigits } from "../../core/formats/json.ts";
import { maskJson, maskNamed, maskText } from "../../core/formats/mask.ts";
import { printable } from "../../core/formats/printable.ts";
import { TooMuch } from "../../core/formats/too-much.ts";
import type { CallbackRecord } from "../../core/record.ts";
import type { Gateway } from "../../gateways/index.ts";

export interface BodyText {
  readonly kind: "empty" | "json" | "form" | "text" | "binary" | "unreadable";
  readonly charset: string;
  readonly text: string;
}

/** Nobody reads more on a terminal; `--raw` has it all. */
const mostCharacters = 20_000;
/** With a separator after every digit. */
const longestCardNumber = 40;

/** Of a record whose bytes cannot be read. */
export const noBody = (why: string): BodyText => ({ kind: "unreadable", charset: "?", text: why });

/** Never throws, whatever the bytes are. */
export const bodyText = ({ raw }: CallbackRecord, gateway: Gateway | undefined): BodyText => {
  const contentType = (raw.headers["content-type"] ?? "").toLowerCase();
  const charset = charsetOf(gateway, contentType);
  if (raw.body.length === 0) return { kind: "empty", charset, text: "" };
  const isForm = raw.method === "GET" || contentType.includes("x-www-form-urlencoded");
  const kind = isForm ? "form" : isBinary(raw.body) ? "binary" : "text";
  switch (kind) {
    case "form":
      return { kind, charset, text: cut(printable(formText(raw.body, charset)), raw.body.length) };
    case "binary":
      return { kind, charset, text: `${raw.body.length} bytes that are not text` };
    case "text": {
      const text = new TextDecoder(charset).decode(raw.body);
      const json = jsonText(text);
      if (json !== undefined) return { kind: "json", charset, text: cut(printable(json), json.length) };
      // What is not shown need not be masked; a card number that begins in what is shown is checked whole.
      const shown = maskText(text.slice(0, mostCharacters + longestCardNumber));
      return { kind, charset, text: cut(printable(shown), text.length) };
    }
    default:
      return kind satisfies never;
  }
};

const cut = (text: string, length: number): string =>
  text.length <= mostCharacters ? text : `${text.slice(0, mostCharacters)}\n... cut: it is ${length} characters long`;

/** The gateway's own; the request's header comes second, because several gateways omit it or get it wrong. */
export const charsetOf = (gateway: Gateway | undefined, contentType: string): Charset | "utf-8" => {
  const said = /charset="?([\w-]+)/.exec(contentType)?.[1];
  const label = (gateway?.facts.charset ?? said ?? "utf-8").toLowerCase();
  return /^(shift[_-]jis|sjis|windows-31j|cp932|ms932)/.test(label) ? "shift_jis" : "utf-8";
};

/** Control characters that no text has: an image, or compressed or encrypted bytes. */
const isBinary = (body: Uint8Array): boolean => {
  const sample = body.subarray(0, 4_096);
  return sample.filter((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d).length > sample.length / 100;
};

const formText = (body: Uint8Array, charset: Charset): string => {
  try {
    return formFields(body, charset)
      .map(([name, value]) => `${name} = ${maskNamed(name, value)}`)
      .join("\n");
  } catch (error) {
    // Without its names it cannot be masked.
    if (error instanceof TooMuch) return `not shown: ${error.message}`;
    throw error;
  }
};

/** Laid out and masked; undefined when it is not JSON. */
const jsonText = (text: string): string | undefined => {
  try {
    return JSON.stringify(maskJson(JSON.parse(text, keepDigits)), null, 2);
  } catch {
    return undefined;
  }
};
