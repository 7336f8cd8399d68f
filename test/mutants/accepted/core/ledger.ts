import { type Accepted, accept } from "../accept.ts";

const shortens = "Only how fast it is: without it a long chain of ids is walked again for each of them.";

export const acceptedInLedger: readonly Accepted[] = [
  ...accept(
    "core/ledger/payment/disputes.ts",
    'else if (type === "dispute.opened") opened++;',
    ['type === "dispute.opened" -> !(type === "dispute.opened")', "=== -> !=="],
    "The larger of the two numbers counts, whichever is which.",
  ),
  ...accept("core/ledger/payment/payment-ids.ts", "parents.get(at) ?? root", ["remove parents.get(at) ??"], shortens),
  ...accept("core/ledger/payment/payment-ids.ts", "parents.set(at, root);", ["remove parents.set(at, root);"], shortens),
  ...accept(
    "core/ledger/payment/payment-ids.ts",
    "for (let at = id; at !== root; ) {",
    ["remove for (let at = id; at !== root; ) { const next = parents.get(at) ?? root; parent…"],
    shortens,
  ),
  ...accept("core/ledger/payment/refunds.ts", 'localeCompare(other.id ?? "", "en")', ['"" -> "~"'], "Nothing but the other has no id."),
  ...accept("core/ledger/together.ts", 'balance(source, "", some)', ['"" -> "~"'], "The name of no line; sums do not depend on it."),
];
