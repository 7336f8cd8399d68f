/** Two callbacks of one id side by side: the fields in which they differ, masked. */
import { formFields } from "../../core/formats/form.ts";
import { keepDigits } from "../../core/formats/json.ts";
import { maskJson, maskNamed } from "../../core/formats/mask.ts";
import { printableLine } from "../../core/formats/printable.ts";
import type { CallbackRecord } from "../../core/record.ts";
import type { Gateway } from "../../gateways/index.ts";
import { charsetOf } from "../show/body-text.ts";

export interface Difference {
  /** A form's field, or the place in JSON. */
  readonly field: string;
  /** Null where it does not come. Two that differ may look alike where both are masked. */
  readonly first: string | null;
  readonly other: string | null;
}

/** Nobody compares more of a callback by eye; `show` has the rest. */
const mostFields = 2_000;

/** Empty when only what is sent around the body differs, or the order of its fields. Never throws. */
export const differences = (first: CallbackRecord, other: CallbackRecord, gateway: Gateway | undefined): readonly Difference[] => {
  const [one, two] = [fieldsOf(first, gateway), fieldsOf(other, gateway)];
  if (!one || !two) return [{ field: "(bytes)", first: bytesText(first), other: bytesText(other) }];
  const names = [...new Set([...one.keys(), ...two.keys()])];
  return names
    .filter((name) => one.get(name)?.sent !== two.get(name)?.sent)
    .map((name) => ({ field: printableLine(name), first: one.get(name)?.shown ?? null, other: two.get(name)?.shown ?? null }));
};

const bytesText = ({ raw, sha256 }: CallbackRecord): string => `${raw.body.length} bytes, SHA-256 ${sha256.slice(0, 16)}`;

interface Field {
  readonly sent: string;
  readonly shown: string;
}

type Fields = ReadonlyMap<string, Field>;

/** Undefined for what is neither a form nor JSON. */
const fieldsOf = (record: CallbackRecord, gateway: Gateway | undefined): Fields | undefined => {
  const { raw } = record;
  const contentType = (raw.headers["content-type"] ?? "").toLowerCase();
  const charset = charsetOf(gateway, contentType);
  try {
    if (raw.method === "GET" || contentType.includes("x-www-form-urlencoded")) return formOf(formFields(raw.body, charset));
    const value: unknown = JSON.parse(new TextDecoder(charset).decode(raw.body), keepDigits);
    const [sent, shown] = [new Map<string, string>(), new Map<string, string>()];
    flatten(value, "", sent);
    flatten(maskJson(value), "", shown);
    return new Map([...sent].map(([name, text]) => [name, { sent: text, shown: printableLine(shown.get(name) ?? "") }]));
  } catch {
    return undefined;
  }
};

/** A name that comes again is numbered. */
const formOf = (fields: ReturnType<typeof formFields>): Fields => {
  const all = new Map<string, Field>();
  for (const [name, value] of fields.slice(0, mostFields)) {
    let unique = name;
    for (let at = 2; all.has(unique); at++) unique = `${name} (${at})`;
    all.set(unique, { sent: value, shown: printableLine(maskNamed(name, value)) });
  }
  return all;
};

const flatten = (value: unknown, path: string, into: Map<string, string>): void => {
  if (into.size >= mostFields) return;
  if (typeof value !== "object" || value === null)
    return void into.set(path || "/", typeof value === "string" ? value : JSON.stringify(value));
  const entries = Object.entries(value);
  if (entries.length === 0) into.set(path || "/", JSON.stringify(value));
  for (const [name, inner] of entries) flatten(inner, `${path}/${name}`, into);
};
