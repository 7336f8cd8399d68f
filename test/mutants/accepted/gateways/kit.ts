/** Of the parts that several gateways share. */
import { type Accepted, accept, forTheCompiler } from "../accept.ts";

export const acceptedInKit: readonly Accepted[] = [
  ...accept(
    "gateways/kit/kit.ts",
    "const instant",
    [
      String.raw`/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/ -> /\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/`,
      String.raw`/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/ -> /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)/`,
    ],
    "With anything before or behind it, V8 calls the text no date.",
  ),
  ...accept("gateways/app/facts.ts", "waits: [second", ["* -> /", "* -> /"], "A second is 1."),
  ...accept("gateways/facts.ts", '"unpublished" in retries) return doubling', ["30 -> 29"], "The fifth wait would end after 31 minutes."),
  ...accept("gateways/read-back.ts", "const again = parse", ["find -> findLast"], "No two events of a callback have one id."),
  ...accept("gateways/source-traits.ts", 'findGateway(findSource(config, source)?.gateway ?? "")', ['"" -> "~"'], "Neither is a gateway."),
  ...accept("gateways/kit/kit.ts", 'text?.trim() ?? ""', ['"" -> "~"'], "Neither is a moment."),
  ...accept("gateways/kit/kit.ts", "const parts = match", ["7 -> 8"], "A part more, which nobody reads."),
  ...accept("gateways/kit/kit.ts", "second = 0] = parts", ["0 -> 1"], forTheCompiler),
  ...accept("gateways/kit/timestamped-signature.ts", 'headers[header] ?? ""', ['"" -> "~"'], "Neither has a field with a time."),
];
