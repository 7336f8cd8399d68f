/** Dates in Japanese eras: `令和5年4月1日`, `R5.4.1`, `平成31年4月30日`, `令和元年5月1日`. A day outside its era is no date. */
import { type CivilDate, dayNumber, lastDayOf } from "../formats/civil-date.ts";

interface Era {
  readonly names: readonly string[];
  readonly first: CivilDate;
  /** Absent: it goes on. */
  readonly last?: CivilDate;
}

const eras: readonly Era[] = [
  { names: ["令和", "令", "R"], first: { year: 2019, month: 5, day: 1 } },
  { names: ["平成", "平", "H"], first: { year: 1989, month: 1, day: 8 }, last: { year: 2019, month: 4, day: 30 } },
  { names: ["昭和", "昭", "S"], first: { year: 1926, month: 12, day: 25 }, last: { year: 1989, month: 1, day: 7 } },
  { names: ["大正", "大", "T"], first: { year: 1912, month: 7, day: 30 }, last: { year: 1926, month: 12, day: 24 } },
  { names: ["明治", "明", "M"], first: { year: 1868, month: 1, day: 25 }, last: { year: 1912, month: 7, day: 29 } },
];

/** Its beginning; `㋿` becomes 令和 by NFKC. */
const eraDate = /^(令和|平成|昭和|大正|明治|[令平昭大明]|[RHSTM])\.?\s?(元|\d{1,2})(?:年\s?|[./-])(\d{1,2})(?:月\s?|[./-])(\d{1,2})日?/i;

/** The date at the beginning of the text, and what follows it; undefined where there is none. */
export const readEraDate = (text: string): { readonly date: CivilDate; readonly rest: string } | undefined => {
  const [whole, name = "", count, month, day] = eraDate.exec(text) ?? [];
  const era = eras.find(({ names }) => names.includes(name.toUpperCase()));
  if (whole === undefined || !era) return undefined;
  const yearOfEra = count === "元" ? 1 : Number(count);
  const date = { year: era.first.year + yearOfEra - 1, month: Number(month), day: Number(day) };
  if (!isDate(date)) return undefined;
  const number = dayNumber(date);
  if (number < dayNumber(era.first) || (era.last && number > dayNumber(era.last))) return undefined;
  return { date, rest: text.slice(whole.length) };
};

/** Whether the calendar has that day. */
export const isDate = ({ year, month, day }: CivilDate): boolean =>
  month >= 1 && month <= 12 && day >= 1 && day <= lastDayOf({ year, month });
