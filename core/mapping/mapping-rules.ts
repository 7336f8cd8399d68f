/** What each field of a mapping file may say, by itself. */

import { contractStates } from "../event.ts";
import { at } from "../formats/json.ts";
import { isZone } from "../formats/zone.ts";
import type { Problem } from "../problems/problem.ts";
import { fields, listOf, matching, named, number, oneOf, type Rule, text, yesOrNo } from "../problems/rule.ts";
import { readCurrency } from "../values/currency-code.ts";
import { formatProblem } from "../values/date-format.ts";
import { lineTypes, outcomes } from "./layout.ts";

const either =
  (isFirst: (value: unknown) => boolean, first: Rule, second: Rule): Rule =>
  (value, path) =>
    (isFirst(value) ? first : second)(value, path);

const isText = (value: unknown): boolean => typeof value === "string";
const has =
  (...names: readonly string[]) =>
  (value: unknown): boolean =>
    names.some((name) => at(value, name) !== undefined);

const column = text((name) => name.trim() !== "", "write the name of a column, as the file's header has it");
const filled =
  (rule: Rule, what: string): Rule =>
  (value, path) =>
    Array.isArray(value) && value.length === 0 ? [{ path, value, message: `write at least one ${what}` }] : rule(value, path);
const columns = filled(listOf(column), "column");
const words = filled(listOf(text(() => true, "write a text")), "text");

const idColumns = filled(
  listOf(
    either(
      isText,
      column,
      fields(
        { column },
        { prefix: text(() => true, "write a text"), for: listOf(oneOf(lineTypes, "type")), when: fields({ column, is: words }, {}) },
      ),
    ),
  ),
  "column",
);

const format: Rule = (value, path) => {
  const problem = typeof value === "string" ? formatProblem(value) : "is no text";
  return problem === undefined
    ? []
    : [
        {
          path,
          value,
          message: `it ${problem}. Write a pattern of yyyy M MM d dd H HH mm ss Z, as "yyyy/MM/dd HH:mm:ss", or iso, japanese-era, excel-1900, excel-1904, unix, unix-ms`,
        },
      ];
};
const zoneName = text(isZone, "write the name of a time zone, Asia/Tokyo or UTC; an abbreviation means several");

const date = (value: unknown, path: string): readonly Problem[] => {
  const found = fields(
    { columns },
    { formats: listOf(format), oneOf: listOf(format), zone: either(isText, zoneName, fields({ column }, {})) },
  )(value, path);
  const hasFormat = [at(value, "formats"), at(value, "oneOf")].some((list) => Array.isArray(list) && list.length > 0);
  return found.length > 0 || hasFormat
    ? found
    : [{ path: `${path}.formats`, value: undefined, message: 'it is missing; write the formats of its dates: ["yyyy/MM/dd HH:mm:ss"]' }];
};
const dates = filled(listOf(date), "rule");

const unit = either(
  isText,
  matching(
    /^(major|minor)$/,
    'write "major" where 19.80 is written for 19.80 dollars, or "minor" where 1980 is; the file does not say which',
  ),
  fields({ decimals: number({ least: 0, most: 6, whole: true, why: "so many digits stand behind a point that is not written" }) }, {}),
);

const amount: Rule = either(
  has("add"),
  fields({ add: columns, unit }, {}),
  either(
    has("debit", "credit"),
    fields({ debit: column, credit: column, unit }, {}),
    either(
      has("direction"),
      fields({ column: columns, direction: fields({ column, debit: words, credit: words }, {}), unit }, {}),
      fields(
        {
          column: columns,
          sign: matching(/^(signed|unsigned)$/, 'write "signed" where what goes back is negative, or "unsigned" where nothing is'),
          unit,
        },
        {},
      ),
    ),
  ),
);

const word = text(() => true, "write a word of the column");
const meanings = (value: Rule): Rule =>
  named({ name: word, value, atLeastOne: "add what the column's words mean: nothing is known of a line without" });
const typeMeaning = either(isText, oneOf(lineTypes, "type"), fields({ in: oneOf(lineTypes, "type"), out: oneOf(lineTypes, "type") }, {}));
const wordRule = (meaning: Rule): Rule =>
  fields({ column: columns, meanings: meanings(meaning) }, { otherwise: meaning, isOptional: yesOrNo });

const currency = either(
  isText,
  text((code) => readCurrency(code) !== undefined, "write three letters of ISO 4217: JPY"),
  fields({ column: columns }, {}),
);

const shape = {
  title: text((title) => title.trim() !== "", "write what people call it"),
  charset: text(isCharset, "write the name of a charset: shift_jis, utf-8, euc-jp, windows-1252"),
  separator: matching(/^[,;\t|]$/, 'write one of "," ";" "\\t" "|"'),
  quote: matching(/^["']$/, "write \" or '"),
  header: either(
    isText,
    matching(/^none$/, 'write "none", or the number of the row that names the columns'),
    number({ least: 1, most: 20, whole: true, why: "the row that names the columns" }),
  ),
  columns,
  records: fields(
    {
      position: number({ least: 0, most: 200, whole: true, why: "which cell of a line says its type, from 0" }),
      header: words,
      row: words,
    },
    {},
  ),
  line: idColumns,
  contract: idColumns,
  customer: idColumns,
  order: idColumns,
  leaveOut: listOf(fields({ column, is: words, why: text((why) => why.trim() !== "", "write why, for the report") }, {})),
  skip: listOf(column),
  zones: named({ name: word, value: zoneName }),
};

const name = matching(/^[a-z0-9]+(-[a-z0-9]+)*$/, "write lower-case letters, digits and hyphens: it is stored with what is read");
const about = text(() => true, "");

export const moneyRule = fields(
  { name, about, at: dates, amount },
  {
    ...shape,
    payment: idColumns,
    refund: idColumns,
    dispute: idColumns,
    type: wordRule(typeMeaning),
    outcome: wordRule(oneOf(outcomes, "outcome")),
    refunded: columns,
    currency,
    numbers: listOf(
      fields(
        { decimal: matching(/^[.,]$/, 'write "." or ","'), group: matching(/^[,. ']?$/, 'write "," or "." or " " or "\'" or ""') },
        {},
      ),
    ),
    continues: column,
  },
);

export const contractRule = fields(
  { name, about, contract: idColumns, state: wordRule(oneOf(contractStates, "state")) },
  { ...shape, at: dates, endedAt: dates },
);

function isCharset(label: string): boolean {
  try {
    new TextDecoder(label);
    return true;
  } catch {
    return false;
  }
}
