/** What writers have in common: ids, moments, amounts, and bodies as bytes. Also `holdfast/simulator`, for custom gateways. */
import iconv from "iconv-lite";
import { exponentOf, type Money } from "../core/formats/money.ts";
import type { Key, Moment } from "./moment.ts";
import type { Ids } from "./writer.ts";

export type { Key, Moment, MomentKind } from "./moment.ts";
export type { Ids, Options, Writer, Written } from "./writer.ts";

/** For gateways whose ids are a prefix and letters. Absent: letters alone. */
export const prefixed = (prefixes: Readonly<Partial<Record<keyof Ids, string>>>): Ids => {
  const of =
    (kind: keyof Ids) =>
    ({ text }: Key): string =>
      (prefixes[kind] ?? "") + text;
  return { contract: of("contract"), customer: of("customer"), charge: of("charge"), order: of("order"), part: of("part") };
};

export const iso = (at: number): string => new Date(at).toISOString();
export const seconds = (at: number): number => Math.floor(at / 1000);

/** "1980", "19.80" */
export const major = ({ minor, currency }: Money): string => (minor / 10 ** exponentOf(currency)).toFixed(exponentOf(currency));

/** Japan's ten per cent, which its prices include: 1,980 yen are 1,800 and 180. */
export const taxed = ({ minor }: Money): { readonly net: number; readonly tax: number } => {
  const tax = Math.round(minor / 11);
  return { net: minor - tax, tax };
};

export const json = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

/** A form in Shift_JIS: every byte that is not a plain letter or digit as `%XX`, which is what browsers and gateways send. */
export const shiftJisForm = (fields: Readonly<Record<string, string>>): Uint8Array => {
  const escaped = (text: string) =>
    [...iconv.encode(text, "Shift_JIS")]
      .map((byte) =>
        /[A-Za-z0-9._*-]/.test(String.fromCharCode(byte))
          ? String.fromCharCode(byte)
          : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`,
      )
      .join("");
  const pairs = Object.entries(fields).map(([name, value]) => `${escaped(name)}=${escaped(value)}`);
  return Buffer.from(pairs.join("&"), "latin1");
};

/** `20261120213000` in Japan. */
export const japanDigits = (now: number): string => new Date(now + 9 * 3_600_000).toISOString().replace(/\D/g, "").slice(0, 14);

/** What the callback says that it is, where its gateway says it. */
export const isLive = ({ mode }: Pick<Moment, "mode">): boolean => mode !== "test";
