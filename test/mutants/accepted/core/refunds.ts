import { type Accepted, accept } from "../accept.ts";

export const acceptedInRefunds: readonly Accepted[] = [
  ...accept(
    "core/refunds/deduct.ts",
    "const named = own.find(",
    ["find -> findLast"],
    "No two estimated charges of a contract are due on one day.",
  ),
  ...accept(
    "core/refunds/hand-refund.ts",
    "(refundedOf(refunds, currency)?.minor ?? 0)",
    ["0 -> 1"],
    "Where nothing went back, it lies before any moment, and explains nothing.",
  ),
  ...accept(
    "core/refunds/of-finding.ts",
    'subject.kind === "account" ? ""',
    ['"" -> "~"'],
    "Of an account each payment has a contract, whose source counts.",
  ),
];
