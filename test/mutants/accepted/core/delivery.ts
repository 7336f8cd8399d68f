import { type Accepted, accept, forTheCompiler } from "../accept.ts";

export const acceptedInDelivery: readonly Accepted[] = [
  ...accept("core/delivery/address.ts", '[network = "", prefix, ...more]', ['"" -> "~"'], forTheCompiler),
  ...accept(
    "core/delivery/address.ts",
    "const mapped = ",
    [
      String.raw`/^\[::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/ -> /\[::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/`,
      String.raw`/^\[::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/ -> /^\[::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})\]/`,
      String.raw`/^\[::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/ -> /^\[::ffff:([0-9a-f]{1,5}):([0-9a-f]{1,4})\]$/`,
      String.raw`/^\[::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/ -> /^\[::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,5})\]$/`,
    ],
    "A URL's host has one bracket on either side, and no group of more than four digits.",
  ),
  ...accept("core/delivery/address.ts", "?.hostname ??", ['"" -> "~"'], "Neither is an address in brackets."),
  ...accept("core/delivery/address.ts", "[high = 0, low = 0]", ["0 -> 1"], forTheCompiler),
  ...accept("core/delivery/aging.ts", 'settings.target ?? ""', ['"" -> "~"'], forTheCompiler),
  ...accept("core/delivery/delivery.ts", 'indexOf("?") : -1', ["1 -> 2"], "Less than nothing is nowhere."),
  ...accept("core/delivery/function-answer.ts", "status >= 300", ["300 -> 299"], "What is from 200 to 299 was delivered."),
];
