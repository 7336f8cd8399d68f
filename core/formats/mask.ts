/**
 * What people may be shown of bytes that carry money: no card number but its last four digits, no e-mail address but its domain, no
 * password, no token, no signature. Errs on the side of hiding; the exact bytes stay in the record.
 */

/** Stands for a hidden value. Plain ASCII, so that every terminal and every log can show it. */
export const hidden = "****";

/** Digits as gateways write them, also the full-width ones of Japanese forms; and the separators between groups of them. */
const digit = "[0-9\\uFF10-\\uFF19]";
const separator = "[ \\u00A0\\u3000\\-\\u2010-\\u2015\\u2212\\uFF0D]";
const groupsOfDigits = new RegExp(`${digit}+(?:${separator}${digit}+)*`, "g");

/** ISO/IEC 7812, as the card schemes use it. */
const shortestCardNumber = 13;
const longestCardNumber = 19;
const shownDigits = 4;

/**
 * Every run of digits that could be a card number (13 to 19 of them, the check digit right, spaces or hyphens between groups
 * allowed) keeps its last four. Nothing else changes, and no character is added or removed.
 */
export const maskCardNumbers = (text: string): string => text.replace(groupsOfDigits, maskRun);

const maskRun = (run: string): string => {
  const digits = digitsOf(run);
  const hide = new Set<number>();
  for (const [first, { begins }] of digits.entries()) {
    if (!begins) continue;
    // A card number begins and ends where a group does: digits in the middle of a longer number are that number.
    for (let last = first + shortestCardNumber - 1; last < Math.min(digits.length, first + longestCardNumber); last++) {
      if (!digits[last]?.ends) continue;
      const number = digits.slice(first, last + 1);
      const values = number.map(({ value }) => value);
      if (!hasCheckDigit(values) || isMoment(values.join(""))) continue;
      for (const { at } of number.slice(0, -shownDigits)) hide.add(at);
    }
  }
  return [...run].map((character, at) => (hide.has(at) ? "*" : character)).join("");
};

interface Digit {
  readonly value: number;
  readonly at: number;
  /** Nothing but a separator is before it, or after it. */
  readonly begins: boolean;
  readonly ends: boolean;
}

/** A full-width digit counts as the digit it is; every other character of a run is a separator. */
const digitsOf = (run: string): readonly Digit[] => {
  const plain = run.normalize("NFKC");
  const isDigit = (at: number): boolean => /\d/.test(plain.charAt(at));
  return [...plain].flatMap((character, at) =>
    isDigit(at) ? [{ value: Number(character), at, begins: !isDigit(at - 1), ends: !isDigit(at + 1) }] : [],
  );
};

/** What a digit counts when it is doubled and the digits of that are summed. */
const doubled = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9];

/** ISO/IEC 7812-1, annex B (Luhn): from the right, every second digit is doubled. */
const hasCheckDigit = (values: readonly number[]): boolean => {
  let sum = 0;
  for (const [at, value] of values.toReversed().entries()) sum += at % 2 === 0 ? value : (doubled[value] as number);
  return sum % 10 === 0;
};

/**
 * Milliseconds since 1970 and `yyyymmddhhmmss`: one in ten has the check digit of a card by chance, and evidence whose times are
 * hidden is hard to read. No card number of 13 digits begins with 1, and none of 14 with 19 or 20.
 */
const isMoment = (digits: string): boolean =>
  /^1\d{12}$/.test(digits) || /^(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])([01]\d|2[0-3])[0-5]\d[0-5]\d$/.test(digits);

/** Before a domain, also as a form, a query or JSON write it. */
const atSign = /(?:@|%40|\\u0040)(?=[\p{L}\p{N}-]+\.[\p{L}\p{N}])/gu;
/** Its quoted forms, with spaces, are not in use. */
const endsLocalPart = /[\s@"'`<>()[\]{},;:=&?/\\|]/;
const longestLocalPart = 64;

/** Every e-mail address keeps its domain. Nothing else changes, and no character is added or removed. */
export const maskAddresses = (text: string): string => {
  let [shown, from] = ["", 0];
  for (const { index } of text.matchAll(atSign)) {
    let start = index;
    while (start > Math.max(from, index - longestLocalPart) && !endsLocalPart.test(text.charAt(start - 1))) start--;
    shown += text.slice(from, start) + "*".repeat(index - start);
    from = index;
  }
  return shown + text.slice(from);
};

/** What may be in any text. */
const maskPersonal = (text: string): string => maskAddresses(maskCardNumbers(text));

/** Parts of names whose values are credentials or proofs, after everything but letters and digits is removed. */
const tellingPart =
  /passw|passphrase|passcode|secret|signature|apikey|accesskey|privatekey|credential|securitycode|hashcode|checksum|cookie|hmac|cardpass|shoppass|sitepass|cardno|cardnumber|pinblock|track[12]/;
/** Names that only count as a whole: `pin` does, `shipping` does not; `authorization` is a header, `authorization_id` a payment's. */
const tellingName = /^(pass|pwd|pin|auth|(proxy)?authorization|hash|pan|cvv2?|cvc2?|cvn|csc|cavv|jwt|bearer)$|(token|sign|sig|jws)$/;

/** Whether a field or header of that name is hidden altogether. */
export const isSecretName = (name: string): boolean => {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, "");
  return tellingPart.test(plain) || tellingName.test(plain);
};

/** One named value: of a header, a form or a query. */
export const maskNamed = (name: string, value: string): string => (isSecretName(name) ? (value === "" ? "" : hidden) : maskPersonal(value));

/** Deeper than any gateway nests, and well within the stack. */
const deepest = 100;

/** A JSON value with the same masks at every depth. */
export const maskJson = (value: unknown, isSecret = false, depth = 0): unknown => {
  if (depth > deepest) return "...";
  if (Array.isArray(value)) return value.map((one) => maskJson(one, isSecret, depth + 1));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [maskPersonal(name), maskJson(one, isSecret || isSecretName(name), depth + 1)]),
    );
  if (value === null || typeof value === "boolean" || value === "") return value;
  if (isSecret) return hidden;
  const text = String(value);
  const shown = maskPersonal(text);
  return shown === text ? value : shown;
};

/** Any other text: card numbers, e-mail addresses, and what is in elements (`<name>value</name>`) and assignments (`name=value`) of secret names. */
export const maskText = (text: string): string => maskPersonal(maskAssignments(maskElements(text)));

const maskElements = (text: string): string =>
  text.replace(/<([\w:.-]+)((?:\s[^<>]*)?)>([^<]+)(?=<\/|$)/g, (whole, name: string, attributes: string) =>
    isSecretName(name) ? `<${name}${attributes}>${hidden}` : whole,
  );

const nameBeforeValue = /(?<![\w.-])([\w.-]+)"?\s?[=:]\s?/g;
const assignedValue = /"[^"]*"|'[^']*'|[^\s"'&<>;,]+/y;

const maskAssignments = (text: string): string => {
  let [shown, from] = ["", 0];
  for (const { 0: match, 1: name, index } of text.matchAll(nameBeforeValue)) {
    const start = index + match.length;
    assignedValue.lastIndex = start;
    if (index < from || !isSecretName(name as string) || !assignedValue.test(text)) continue;
    shown += text.slice(from, start) + hidden;
    from = assignedValue.lastIndex;
  }
  return shown + text.slice(from);
};
