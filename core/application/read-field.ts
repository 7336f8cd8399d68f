/** One field of the application's message: its value in our words, or a sentence that says what is wrong and what to write. */
import type { Millis } from "../callback.ts";
import { readIsoTime } from "../formats/iso-time.ts";
import { at } from "../formats/json.ts";
import { fromMinor, type Money } from "../formats/money.ts";
import type { NamedContract } from "./event.ts";
import { isObject, unknownFields } from "./unknown-names.ts";

export type FieldReader<Value> = (value: unknown, path: string) => { readonly value: Value } | { readonly problem: string };

/** The longest text of a message. Ids are parts of keys; what is longer is no id. */
export const longestText = 500;

export const text: FieldReader<string> = (value, path) => {
  if (typeof value === "number") return { problem: `${path} = ${value}: write it as a text, "${value}"` };
  if (typeof value !== "string" || value.trim() === "") return { problem: `${path}: write a text that is not empty` };
  if (value.length > longestText) return { problem: `${path}: ${value.length} characters, where ${longestText} are accepted` };
  return { value };
};

export const isOneOf = <Word extends string>(words: readonly Word[], value: unknown): value is Word =>
  (words as readonly unknown[]).includes(value);

export const oneOf =
  <Word extends string>(words: readonly Word[]): FieldReader<Word> =>
  (value, path) =>
    isOneOf(words, value) ? { value } : { problem: `${path} = ${shown(value)}: write one of ${words.join(", ")}` };

/** A number could be seconds or milliseconds, and a date alone is a day in no zone: neither is guessed. */
export const moment: FieldReader<Millis> = (value, path) => {
  const read = typeof value === "string" ? readIsoTime(value) : undefined;
  return read === undefined
    ? { problem: `${path} = ${shown(value)}: write a moment in ISO 8601 with its zone, 2026-11-20T12:00:00Z or 2026-11-20T21:00:00+09:00` }
    : { value: read };
};

export const money: FieldReader<Money> = (value, path) => readMoney(value, path, 0);

/** Of nothing nothing can come back. */
export const moneyTaken: FieldReader<Money> = (value, path) => readMoney(value, path, 1);

const readMoney = (value: unknown, path: string, least: number): ReturnType<typeof money> => {
  const [minor, currency] = [at(value, "minor"), at(value, "currency")];
  const [unknown] = isObject(value) ? unknownFields(value, ["minor", "currency"], `${path}.`) : [];
  if (unknown !== undefined) return { problem: unknown };
  if (typeof minor !== "number" || !Number.isSafeInteger(minor) || minor < least)
    return {
      problem: `${path}.minor = ${shown(minor)}: write a whole number of minor units, at least ${least}: 1980 for 1,980 yen or 19.80 dollars`,
    };
  if (typeof currency !== "string" || !/^[A-Z]{3}$/.test(currency))
    return { problem: `${path}.currency = ${shown(currency)}: write three capital letters of ISO 4217, JPY` };
  return { value: fromMinor(minor, currency) as Money };
};

export const contractPair: FieldReader<readonly [NamedContract, NamedContract]> = (value, path) => {
  if (!Array.isArray(value) || value.length !== 2)
    return { problem: `${path}: write a list of two, [{ source, contract }, { source, contract }]` };
  const one = namedContract(value[0], `${path}[0]`);
  if ("problem" in one) return one;
  const other = namedContract(value[1], `${path}[1]`);
  return "problem" in other ? other : { value: [one.value, other.value] };
};

const namedContract: FieldReader<NamedContract> = (value, path) => {
  const [source, contract] = [text(at(value, "source"), `${path}.source`), text(at(value, "contract"), `${path}.contract`)];
  if ("problem" in source) return source;
  if ("problem" in contract) return contract;
  const [unknown] = isObject(value) ? unknownFields(value, ["source", "contract"], `${path}.`) : [];
  if (unknown !== undefined) return { problem: unknown };
  return { value: { source: source.value, contract: contract.value } };
};

const mostShown = 100;

/** What stands there, cut short: it is quoted in a sentence. */
const shown = (value: unknown): string => {
  const written = value === undefined ? "nothing" : JSON.stringify(value);
  return written.length > mostShown ? `${written.slice(0, mostShown)}...` : written;
};
