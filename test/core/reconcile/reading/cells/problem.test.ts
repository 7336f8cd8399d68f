import { expect, test } from "vitest";
import { columnOf, type LineProblem, problemText } from "../../../../../core/reconcile/reading/cells/problem.ts";

test.each<[LineProblem, string]>([
  [{ kind: "quotes" }, "its quotes do not match"],
  [{ kind: "too long", most: 5 }, "it is longer than 5 characters: a quote may be missing"],
  [{ kind: "columns", found: 1, expected: 11 }, "it has 1 column, and the header 11"],
  [{ kind: "cut off" }, "the file ends in the middle of it: fetch the file again"],
  [{ kind: "NUL", column: "a" }, 'column "a": a byte is 0, so something has damaged the file'],
  [{ kind: "control", column: "a" }, 'column "a": a character is in it that cannot be seen, so something has damaged the file'],
  [{ kind: "charset", column: "a" }, 'column "a": bytes that the charset does not have; if it is another one, say --charset'],
  [{ kind: "line break", column: "a" }, 'column "a": a line break is in it; a quote may be missing'],
  [{ kind: "no id", columns: ["a", "b"] }, '"a", "b": no id is there'],
  [{ kind: "id", column: "a" }, 'column "a": a spreadsheet has cut this number; fetch the file again and do not open it there'],
  [{ kind: "empty", column: "a" }, 'column "a" is empty'],
  [{ kind: "date", column: "a" }, 'column "a": this is no date of its format'],
  [
    { kind: "date", column: "a", looksLike: "serial" },
    'column "a": this is no date of its format; if it is a spreadsheet\'s number of days, say --date-format excel-1900',
  ],
  [
    { kind: "date", column: "a", looksLike: "era" },
    'column "a": this is no date of its format; if it is a Japanese era, say --date-format japanese-era',
  ],
  [
    { kind: "no such time", column: "a" },
    'column "a": clocks there left this time out, when they were put forward; is its time zone right?',
  ],
  [
    { kind: "zone", column: "a", isNamed: true },
    'column "a": this names no one time zone; say what it means with --zone-name NAME=Area/City',
  ],
  [{ kind: "zone", column: "a", isNamed: false }, 'column "a": this line does not say in which time zone it is; say it with --zone'],
  [{ kind: "amount", column: "a", currency: "JPY" }, 'column "a": this is no amount of JPY'],
  [{ kind: "currency", column: "a" }, 'column "a": this is no currency code'],
  [{ kind: "direction", column: "a" }, 'column "a": this is neither debit nor credit'],
  [{ kind: "sign", column: "a", type: "refund" }, 'column "a": a refund with the wrong sign'],
])("an operator reads of %j: %s", (problem, text) => expect(problemText(problem)).toBe(text));

test("the column that is wrong is known, where it is one", () => {
  expect(columnOf({ kind: "empty", column: "a" })).toBe("a");
  expect(columnOf({ kind: "no id", columns: ["b", "c"] })).toBe("b");
  expect(columnOf({ kind: "quotes" })).toBeUndefined();
});
