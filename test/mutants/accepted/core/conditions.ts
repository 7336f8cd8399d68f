import { type Accepted, accept, forTheCompiler } from "../accept.ts";

export const acceptedInConditions: readonly Accepted[] = [
  ...accept("core/conditions/alarm-text.ts", '"Ticket" : "Notice"', ['"Notice" -> ""'], "No condition is a notice yet."),
  ...accept(
    "core/conditions/conditions.ts",
    "const gravity",
    ["1 -> 2", "2 -> 1", "2 -> 3"],
    "Only the order counts, and no condition is a notice yet.",
  ),
  ...accept("core/conditions/conditions.ts", 'one.about ?? ""', ['"" -> "~"'], "Only conditions whose cases have it say it."),
  ...accept("core/config/expected-hours.ts", "[from = 0, to = 24]", ["0 -> 1", "24 -> 25", "24 -> 23"], forTheCompiler),
  ...accept("core/conditions/rows/arriving.ts", '[from = "00", to = "24"]', ['"00" -> ""', '"24" -> ""'], forTheCompiler),
  ...accept("core/conditions/rows/verifying.ts", "first = 0", ["0 -> 1"], "Neither is within the last quarter of an hour."),
];
