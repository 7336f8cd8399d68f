/** Of `core/`. */
import { type Accepted, accept, forTheCompiler } from "./accept.ts";

export const acceptedInCore: readonly Accepted[] = [
  ...accept("core/address.ts", '[network = "", prefix, ...more]', ['"" -> "~"'], forTheCompiler),
  ...accept("core/config/check-config.ts", '[network = "", prefix, ...more]', ['"" -> "~"'], forTheCompiler),
  ...accept(
    "core/config/config.ts",
    '?.target ?? ""',
    ['"" -> "~"'],
    "The name of a target that no configuration can have: neither can `~`.",
  ),
  ...accept("core/config/nearest.ts", "let row", ["1 -> 2"], "One number more than the word has letters; nobody reads it."),
  ...accept("core/config/nearest.ts", "at < other.length", ["< -> <="], "One number more than the word has letters; nobody reads it."),
  ...accept("core/config/nearest.ts", "row[at] ?? 0", ["0 -> 1"], forTheCompiler),
  ...accept("core/config/nearest.ts", "row[at + 1] ?? 0", ["0 -> 1"], forTheCompiler),
  ...accept("core/config/nearest.ts", "row[other.length] ?? 0", ["0 -> 1"], forTheCompiler),
  ...accept(
    "core/quarantine.ts",
    '[head = "", tail = ""]',
    ['"" -> "~"'],
    "Of the head never used; as a tail it stands behind the eight groups of an address without `::`, of which four count.",
  ),
  ...accept(
    "core/quarantine.ts",
    "hash.slice(at * 8, at * 8 + 8)",
    ["8 -> 9", "8 -> 7"],
    "Of where a slice begins: modulo sixteen, only its last digit counts.",
  ),
  ...accept("core/quarantine.ts", "const networkPart", ["0 -> 1"], "Of where the slice begins: modulo 64, only its last two digits count."),
  ...accept(
    "core/formats/iso-time.ts",
    "const isoForm",
    [
      String.raw`/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/ -> /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)/`,
    ],
    "Behind the zone V8 takes nothing: it then calls the text no date.",
  ),
  ...accept(
    "core/formats/json.ts",
    "return undefined;",
    ["remove return undefined;"],
    "A function that ends without a return returns the same.",
  ),
  ...accept("core/formats/mask.ts", "digits[at]?.value ?? 0", ["0 -> 1"], forTheCompiler),
  ...accept("core/formats/mask.ts", "doubled[value] ?? 0", ["0 -> 1"], forTheCompiler),
  ...accept("core/formats/mask.ts", '1: name = ""', ['"" -> "~"'], forTheCompiler),
  ...accept("core/formats/printable.ts", "codePointAt(0) ?? 0", ["0 -> 1"], forTheCompiler),
  ...accept("core/formats/xml.ts", "const top: Draft", ['"" -> "~"'], "The name of what is around the document: no end tag can have it."),
  ...accept("core/ledger/ledger.ts", "const compareText", ["> -> >=", "< -> <="], "No two that are compared have the same id."),
  ...accept("core/ledger/ledger.ts", "total.minor > named.minor", ["> -> >="], "Two equal amounts of one currency: either is the answer."),
  ...accept(
    "core/lifecycle/retry.ts",
    "attempts - 1, 30",
    ["30 -> 31", "30 -> 29"],
    "The longest wait is reached by the 24th doubling of the shortest base, 0.01 s.",
  ),
  ...accept("core/lifecycle/retry.ts", "failure.retryAfterMs ?? 0", ["0 -> 1"], "No wait is shorter than a second."),
  ...accept(
    "core/lifecycle/transitions/sweep.ts",
    "Math.min(epoch, 10)",
    ["10 -> 11", "10 -> 9"],
    "The longest patience is reached by the fourth doubling.",
  ),
];
