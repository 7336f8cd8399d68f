import { type Accepted, accept, forTheCompiler } from "../accept.ts";

export const acceptedInFindings: readonly Accepted[] = [
  ...accept(
    "core/findings/sides/payment-side.ts",
    ".find((charge) => charge !== undefined)",
    ["find -> findLast"],
    "All ids of an event are those of one payment.",
  ),
  ...accept(
    "core/findings/sides/sides.ts",
    'isContract ? contracts.find((one) => one.subject.kind === "contract"',
    ["find -> findLast", 'remove one.subject.kind === "contract" &&'],
    "A contract is there once, and before an order of its name.",
  ),
  ...accept(
    "core/findings/sides/lines.ts",
    'balance(source, "", entries)',
    ['"" -> "~"'],
    "The name of no line; payments and checks do not depend on it.",
  ),
  ...accept("core/findings/sides/account-side.ts", "closedPeriodsOf(account).find", ["find -> findLast"], "No moment is in two of them."),
  ...accept("core/findings/calendar.ts", "moments.slice(1)", ["1 -> 0"], "The first lies beside itself."),
  ...accept("core/findings/sides/contract-side.ts", "ended.find(", ["find -> findLast"], "No moment is in two of them."),
  ...accept(
    "core/findings/rules/entitlement/charged-unentitled.ts",
    "occurredAt > at",
    ["> -> >="],
    "A grant of that very moment comes after a revocation of it: then it was not revoked.",
  ),
  ...accept("core/findings/rules/export-differs.ts", "const listed", ["find -> findLast"], "Each state is there once."),
  ...accept(
    "core/findings/rules/payment/amount-differs.ts",
    "charge.amount.minor > price.minor",
    ["> -> >="],
    "The same number is of another currency, in which nothing is too much.",
  ),
  ...accept("core/findings/rules/payment/refund-not-seen.ts", 'requests[0]?.event.charge ?? ""', ['"" -> "~"'], forTheCompiler),
  ...accept(
    "core/findings/rules/payment/refund-not-seen.ts",
    "charge.ids.includes(id)",
    ["find -> findLast"],
    "Two payments of one source that have an id in common are one.",
  ),
  ...accept(
    "core/findings/rules/payment/refund-not-seen.ts",
    "return all.find(",
    ["find -> findLast"],
    "A payment's side is in one contract, and a contract of a source is there once.",
  ),
  ...accept(
    "core/findings/tally/tally.ts",
    "return other.since < one.since",
    ["< -> <="],
    "Two that began at one moment and have one id are one.",
  ),
];
