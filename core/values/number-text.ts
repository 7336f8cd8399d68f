/** A number as people and programs write it into files, taken apart without a guess: digits before and after the point, and the sign. */

/** Which sign parts whole from fraction, and which groups the digits before it; an empty one: they are not grouped. */
export interface NumberForm {
  readonly decimal: "." | ",";
  readonly group: "," | "." | " " | "'" | "";
}

/** 1,234.56 */
export const plainForm: NumberForm = { decimal: ".", group: "," };
/** 1.234,56 */
export const commaForm: NumberForm = { decimal: ",", group: "." };

export interface NumberParts {
  readonly isNegative: boolean;
  readonly whole: string;
  readonly fraction: string;
  /** `$`, `¥`, `JPY`: what is written beside it, which has to fit its currency. */
  readonly mark: string;
}

const longest = 40;

/** Before or behind it, once: `-1`, `1-`, `(1)`, and the triangles of Japanese accounts. */
const signed = /^(?:\((.+)\)|([-\u2212\u25B2\u25B3+])(.+)|(.+)([-\u2212]))$/;
const withMark = /^([^\d.,\s()-]{0,3})\s?(-?)\s?(\d[\d.,' ]*|[.,]\d+)\s?([^\d.,\s()-]{0,3})$/;

/** Undefined for what is no plain number in that form: a group that is not of three digits, an exponent, two signs, any other letter. */
export const readNumber = (text: string, { decimal, group }: NumberForm): NumberParts | undefined => {
  if (text.length > longest) return undefined;
  // Full-width digits and signs are those that they look like, and every width of space is one.
  const plain = text.normalize("NFKC").trim();
  const [, inBrackets, before, afterSign, beforeSign, behind] = signed.exec(plain) ?? [];
  const rest = inBrackets ?? afterSign ?? beforeSign ?? plain;
  const [, leading = "", inner = "", digits = "", trailing = ""] = withMark.exec(rest.trim()) ?? [];
  if (digits === "" || (leading !== "" && trailing !== "")) return undefined;
  const isSigned = (inBrackets ?? before ?? behind) !== undefined;
  if (isSigned && inner !== "") return undefined;
  const parts = digits.trim().split(decimal);
  if (parts.length > 2) return undefined;
  const [grouped = "", fraction = ""] = parts;
  const whole = ungrouped(grouped, group);
  if (whole === undefined || !/^\d*$/.test(fraction)) return undefined;
  return { isNegative: (isSigned && before !== "+") || inner !== "", whole, fraction, mark: leading + trailing };
};

const ungrouped = (digits: string, group: NumberForm["group"]): string | undefined => {
  if (/^\d*$/.test(digits)) return digits;
  // Split by no sign at all, no group has three digits.
  const [first = "", ...groups] = digits.split(group);
  return /^\d{1,3}$/.test(first) && groups.every((one) => /^\d{3}$/.test(one)) ? first + groups.join("") : undefined;
};
