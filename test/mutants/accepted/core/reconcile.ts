/** Of `core/reconcile/`. */
import { type Accepted, accept, forTheCompiler } from "../accept.ts";

const readBelow = "Only how fast it is: what is not read here is read below, and is the same.";

export const acceptedInReconcile: readonly Accepted[] = [
  ...accept(
    "core/reconcile/values/amount.ts",
    "const plainAmount",
    [
      String.raw`/^(-?)(\d{1,15})(?:\.(\d{1,8}))?$/ -> /^(-)(\d{1,15})(?:\.(\d{1,8}))?$/`,
      String.raw`/^(-?)(\d{1,15})(?:\.(\d{1,8}))?$/ -> /^(-?)(\d{2,15})(?:\.(\d{1,8}))?$/`,
      String.raw`/^(-?)(\d{1,15})(?:\.(\d{1,8}))?$/ -> /^(-?)(\d{1,15})(?:\.(\D{1,8}))?$/`,
      String.raw`/^(-?)(\d{1,15})(?:\.(\d{1,8}))?$/ -> /^(-?)(\d{1,15})(?:\.(\d{2,8}))?$/`,
      String.raw`/^(-?)(\d{1,15})(?:\.(\d{1,8}))?$/ -> /^(-?)(\d{1,15})(?:\.(\d{1,9}))?$/`,
      String.raw`/^(-?)(\d{1,15})(?:\.(\d{1,8}))?$/ -> /^(-?)(\d{1,15})(?:\.(\d{1,8}))$/`,
    ],
    readBelow,
  ),
  ...accept(
    "core/reconcile/values/amount.ts",
    "if (plain) return",
    ['remove if (plain) return inMinor(plain[1] === "-", plain[2] as string, plain[3] ?? "",…'],
    readBelow,
  ),
  ...accept("core/reconcile/values/date-format.ts", "if (exact) return exact;", ["remove if (exact) return exact;"], readBelow),
  ...accept(
    "core/reconcile/values/number-text.ts",
    'leading = "", inner',
    ['"" -> "~"'],
    "What does not match has no digits, and neither is a number.",
  ),
  ...accept("core/reconcile/values/number-text.ts", 'const [grouped = ""', ['"" -> "~"'], forTheCompiler),
  ...accept("core/reconcile/values/number-text.ts", 'const [first = ""', ['"" -> "~"'], forTheCompiler),
  ...accept(
    "core/reconcile/values/era.ts",
    "year: 1912, month: 7",
    ["12 -> 24"],
    "A month's number counts modulo twelve where days are counted.",
  ),
  ...accept("core/reconcile/values/era.ts", 'name = ""', ['"" -> "~"'], "No era has either name."),
  ...accept("core/reconcile/values/era.ts", "eras.find(", ["find -> findLast"], "No name is of two eras."),
  ...accept(
    "core/reconcile/values/fixed-width.ts",
    "const asNumber",
    ["100 -> 101", "100 -> 99", "+ -> -"],
    "Any number will do that no two days of the calendar share.",
  ),
  ...accept(
    "core/reconcile/values/fixed-width.ts",
    "known = asNumber;",
    ["remove known = asNumber;"],
    "Only how fast it is: then every line's day is counted.",
  ),
];
