import { type Accepted, accept, forTheCompiler } from "../accept.ts";

const unmeasured = "Only how fast it is: the bytes of what is short anyway are not counted.";

export const acceptedInLedger: readonly Accepted[] = [
  ...accept("core/ledger-id.ts", "id.length * mostBytes <= longest", ["remove id.length * mostBytes <= longest ||", "<= -> <"], unmeasured),
  ...accept("core/ledger-id.ts", "const mostBytes = 3", ["3 -> 4"], unmeasured),
  ...accept(
    "core/ledger/payment/disputes.ts",
    'else if (type === "dispute.opened") opened++;',
    ['type === "dispute.opened" -> !(type === "dispute.opened")', "=== -> !=="],
    "The larger of the two numbers counts, whichever is which.",
  ),
  ...accept("core/ledger/payment/refunds.ts", 'localeCompare(other.id ?? "", "en")', ['"" -> "~"'], "Nothing but the other has no id."),
  ...accept("core/ledger/together.ts", 'balance(source, "", some)', ['"" -> "~"'], "The name of no line; sums do not depend on it."),
  ...accept("core/timeline-shards.ts", "const begins = readTime(", ["0 -> 1"], forTheCompiler),
];
