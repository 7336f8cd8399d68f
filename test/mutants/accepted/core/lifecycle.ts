import { type Accepted, accept, endsAnyway } from "../accept.ts";

export const acceptedInLifecycle: readonly Accepted[] = [
  ...accept("core/lifecycle/accepted.ts", "countAccepted = (", ['"" -> "~"'], "One character is no digest."),
  ...accept("core/lifecycle/accepted.ts", "notAccepted = <", ['"" -> "~"'], "One character is no digest."),
  ...accept("core/lifecycle/holds/in-flight.ts", "const perTaken", ["0 -> 1"], "Of one millisecond both are the same to four digits."),
  ...accept("core/lifecycle/holds/probe.ts", "if (!tried) return 0", ["0 -> 1"], "Only the order counts, and it is the same for all."),
  ...accept("core/lifecycle/holds/probe.ts", "isLike ? 2 : 0", ["2 -> 3"], "Only the order counts."),
  ...accept("core/lifecycle/holds/release-pace.ts", "rateSince = 0 } = hold", ["0 -> 1"], "Both are in 1970."),
  ...accept("core/lifecycle/holds/release-pace.ts", "now < rateSince) return", ["< -> <="], "Then it is the same moment, and no calm yet."),
  ...accept("core/lifecycle/holds/release-pace.ts", "ratePerSecond = 0 } = hold", ["0 -> 1"], "Neither is faster than twenty a second."),
  ...accept("core/lifecycle/holds/release-pace.ts", "hold.rateSince ?? 0", ["0 -> 1"], "Both are in 1970."),
  ...accept("core/lifecycle/retry.ts", "retryAfterMs = 0, withinMs", ["0 -> 1"], "A next attempt comes after a second at the earliest."),
  ...accept("core/lifecycle/accepted.ts", "export const countAccepted", ['"" -> "~"'], "Both are shorter than one of them."),
  ...accept("core/lifecycle/accepted.ts", "export const notAccepted", ['"" -> "~"'], "Both are shorter than one of them."),
  ...accept("core/lifecycle/doorbell.ts", "return undefined;", ["remove return undefined;"], endsAnyway),
  ...accept("core/lifecycle/doorbell.ts", "typeof value", ['remove typeof value !== "object" ||'], "What is not an object has no key."),
  ...accept(
    "core/lifecycle/retry.ts",
    "receives - 1), 10)",
    ["10 -> 11", "10 -> 9"],
    "The longest wait is reached by the fourth doubling.",
  ),
  ...accept(
    "core/lifecycle/retry.ts",
    "attempts - 1, 30",
    ["30 -> 31", "30 -> 29"],
    "The longest wait is reached by the 24th doubling of the shortest base, 0.01 s.",
  ),
  ...accept(
    "core/lifecycle/transitions/operator.ts",
    '"releasing" in progress',
    ["remove && progress.releasing === true"],
    "Where it is there, it is true.",
  ),
  ...accept(
    "core/lifecycle/transitions/sweep.ts",
    "Math.min(epoch, 10)",
    ["10 -> 11", "10 -> 9"],
    "The longest patience is reached by the fourth doubling.",
  ),
  ...accept(
    "core/lifecycle/transitions/turn.ts",
    '"dueAt" in progress',
    ["remove && progress.dueAt !== undefined"],
    "Where it is there, it is a moment.",
  ),
];
