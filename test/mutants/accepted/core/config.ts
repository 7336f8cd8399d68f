import { type Accepted, accept, forTheCompiler } from "../accept.ts";

export const acceptedInConfig: readonly Accepted[] = [
  ...accept("core/config/arn.ts", 'const { partition = ""', ['"" -> "~"'], "For the compiler: every form names the four."),
  ...accept("core/config/check/source-rules.ts", 'bus = "", gateway', ['"" -> "~"'], "For the compiler: a source on a bus has one."),
  ...accept("core/config/check/value-rules.ts", '[network = "", prefix, ...more]', ['"" -> "~"'], forTheCompiler),
  ...accept("core/problems/nearest.ts", "let row", ["1 -> 2"], "One number more than the word has letters; nobody reads it."),
  ...accept("core/problems/nearest.ts", "at < other.length", ["< -> <="], "One number more than the word has letters; nobody reads it."),
  ...accept("core/problems/nearest.ts", "row[at] ?? 0", ["0 -> 1"], forTheCompiler),
  ...accept("core/problems/nearest.ts", "row[at + 1] ?? 0", ["0 -> 1"], forTheCompiler),
  ...accept("core/problems/nearest.ts", "row[other.length] ?? 0", ["0 -> 1"], forTheCompiler),
  ...accept(
    "core/config/of-config.ts",
    '?.target ?? ""',
    ['"" -> "~"'],
    "The name of a target that no configuration can have: neither can `~`.",
  ),
];
