/** The fields of a proposed mapping, each with what the file does not show of it. */
import { readCurrency } from "../../values/currency-code.ts";
import { dateReader } from "../../values/date-format.ts";
import { commaForm, plainForm, readNumber } from "../../values/number-text.ts";
import { wordKey } from "../word-key.ts";
import { formatsOf } from "./guess-format.ts";
import { contractWords, outcomeWords, type Role, typeWords } from "./vocabulary.ts";

/** A column as the proposal sees it. */
export interface Column {
  readonly name: string;
  readonly values: readonly string[];
  readonly role?: Role;
}

export const createNotes = () => {
  const [toTell, toCheck]: [string[], string[]] = [[], []];
  return {
    tell: (text: string) => void toTell.push(text),
    check: (text: string) => void toCheck.push(text),
    all: () => ({ toTell, toCheck }),
  };
};

export type Notes = ReturnType<typeof createNotes>;
export type Of = (role: Role) => readonly Column[];

const namesOf = (columns: readonly Column[]): readonly string[] => columns.map(({ name }) => name);

export const parties = (of: Of): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    (["contract", "customer", "order", "line"] as const).flatMap((role) => (of(role).length > 0 ? [[role, namesOf(of(role))]] : [])),
  );

export const moneyFields = (of: Of, notes: Notes): Readonly<Record<string, unknown>> => {
  const [amount, ...moreAmounts] = of("amount");
  const [currency] = of("currency");
  const [type] = of("type");
  const [state] = of("state");
  const isYen = currency !== undefined && currency.values.length > 0 && currency.values.every((value) => readCurrency(value) === "JPY");
  if (moreAmounts.length > 0)
    notes.check(
      `There are several amounts: "${amount?.name}" was taken, and not ${namesOf(moreAmounts)
        .map((one) => `"${one}"`)
        .join(", ")}.`,
    );
  if (of("payment").length === 0)
    notes.tell("No column looks like the payment's id: name it as `payment`, or rely on order, contract and customer.");
  if (!currency) notes.tell('The file does not say its currency: write `currency`, for example "JPY".');
  const hasFraction = amount?.values.some((value) => /[.,]\d{1,2}$/.test(value));
  const unit = hasFraction || isYen ? "major" : undefined;
  if (!amount) notes.tell("No column looks like the amount: write `amount`, with its column, its `sign` and its `unit`.");
  else if (unit === undefined)
    notes.tell(
      `"${amount.name}": nothing shows whether it counts major units (dollars) or minor ones (cents): write \`unit\` as "major" or "minor".`,
    );
  const isSigned = amount?.values.some((value) => [plainForm, commaForm].some((form) => readNumber(value, form)?.isNegative));
  if (!type) notes.check("No column says what kind of movement a line is: all are taken for charges.");
  if (amount && !isSigned) notes.check("No amount is negative among the first lines, so they are taken as unsigned.");
  return {
    ...(of("payment").length > 0 && { payment: namesOf(of("payment")) }),
    ...(of("refund").length > 0 && { refund: namesOf(of("refund")) }),
    ...(type && { type: wordsOf(type, typeWords, "type", notes) }),
    ...(state && { outcome: wordsOf(state, outcomeWords, "outcome", notes) }),
    at: [dateRule(of, notes)],
    ...(amount && { amount: { column: [amount.name], sign: isSigned ? "signed" : "unsigned", ...(unit && { unit }) } }),
    ...(of("refunded")[0] && { refunded: namesOf(of("refunded")).slice(0, 1) }),
    ...(currency && { currency: { column: [currency.name] } }),
    ...numbersOf(amount),
  };
};

export const contractFields = (of: Of, notes: Notes): Readonly<Record<string, unknown>> => {
  const [state] = of("state");
  if (of("contract").length === 0) notes.tell("No column looks like the contract's id: name it as `contract`.");
  if (!state) notes.tell("No column looks like the contract's state: name it as `state`.");
  const [begun] = of("date");
  return {
    ...(state && { state: wordsOf(state, contractWords, "state", notes) }),
    ...(begun && { at: [dateRule(of, notes)] }),
  };
};

const dateRule = (of: Of, notes: Notes): Readonly<Record<string, unknown>> => {
  const [date, second] = of("date");
  if (!date) {
    notes.tell("No column looks like the time of a line: name it as `at`.");
    return { columns: [], formats: [] };
  }
  const isTime = second?.values.every((value) => /^\d{1,2}:\d\d(:\d\d)?$/.test(value)) && second.values.length > 0;
  const time = isTime ? second : undefined;
  const used = time ? [date, time] : [date];
  // A date without its time fits no format.
  const values = time ? date.values.map((value, index) => `${value} ${time.values[index]}`) : date.values;
  const formats = formatsOf(values);
  if (!time && of("date").length > 1)
    notes.check(
      `There are several dates: "${date.name}" was taken, and not ${namesOf(of("date").slice(1))
        .map((one) => `"${one}"`)
        .join(", ")}.`,
    );
  if (formats.length === 0) notes.tell(`"${date.name}": its format was not recognised: write \`formats\`.`);
  if (formats.length > 1)
    notes.tell(
      `"${date.name}": the first lines do not show whether day or month comes first. \`oneOf\` lets the whole file decide; else say --date-order.`,
    );
  const [zone] = of("zone");
  const [read] = formats.map(dateReader);
  const hasOffset = read !== undefined && values.every((value) => read(value)?.offset !== undefined);
  if (!zone && !hasOffset)
    notes.tell(
      `"${date.name}": the file does not say in which time zone it is: write \`zone\` beside \`formats\`, for example "Asia/Tokyo", or say --zone.`,
    );
  return {
    columns: namesOf(used),
    ...(formats.length > 1 ? { oneOf: formats } : { formats }),
    ...(zone && { zone: { column: zone.name } }),
  };
};

/** The words of the first lines with what they may mean. One that is not known is left for the operator, and refused until it is there. */
const wordsOf = <Meaning>(column: Column, known: ReadonlyMap<string, Meaning>, what: string, notes: Notes) => {
  const words = [...new Set(column.values)].slice(0, 40);
  const meanings = Object.fromEntries(words.flatMap((word) => (known.has(wordKey(word)) ? [[word, known.get(wordKey(word))]] : [])));
  const unknown = words.filter((word) => !known.has(wordKey(word)));
  if (unknown.length > 0)
    notes.tell(
      `"${column.name}": say what ${unknown.length} of its words mean, under \`${what}.meanings\`; lines with a word that is not there are counted and left out.`,
    );
  if (Object.keys(meanings).length > 0) notes.check(`"${column.name}": what its words mean was taken from the words alone.`);
  return { column: [column.name], meanings };
};

const numbersOf = (amount: Column | undefined): Readonly<Record<string, unknown>> => {
  const values = amount?.values ?? [];
  const isComma = values.some((value) => /,\d{1,2}$/.test(value)) && values.every((value) => readNumber(value, commaForm) !== undefined);
  return isComma ? { numbers: [commaForm] } : {};
};
