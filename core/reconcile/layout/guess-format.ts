/** In which formats of dates a column may be written, by its first lines: for proposing a mapping. */
import { dateReader } from "../../values/date-format.ts";

const candidates: readonly string[] = [
  "yyyy-MM-dd HH:mm:ss",
  "yyyy-MM-dd HH:mm",
  "yyyy-MM-dd",
  "yyyy/M/d H:mm:ss",
  "yyyy/M/d H:mm",
  "yyyy/M/d",
  "yyyyMMddHHmmss",
  "yyyyMMdd",
  "yyyy年M月d日 H:mm:ss",
  "yyyy年M月d日 H時m分s秒",
  "yyyy年M月d日",
  "japanese-era",
  "iso",
  "d/M/yyyy H:mm:ss",
  "M/d/yyyy H:mm:ss",
  "d/M/yyyy",
  "M/d/yyyy",
  "d.M.yyyy H:mm:ss",
  "d.M.yyyy H:mm",
  "d.M.yyyy",
];

/** Those that read all values: one, two where day and month cannot be distinguished, none. */
export const formatsOf = (values: readonly string[]): readonly string[] => {
  if (values.length === 0) return [];
  const fitting = candidates.filter((format) => values.every((value) => dateReader(format)(value) !== undefined));
  const [first] = fitting;
  if (first === undefined) return [];
  // What is read with the day first is read otherwise only with the month first.
  return first.startsWith("d/M") ? fitting : [first];
};
