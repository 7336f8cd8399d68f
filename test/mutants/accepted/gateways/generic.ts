/** Of the gateways of no company: `hmac` and the sandbox. */
import { type Accepted, accept, aSecond, forTheCompiler } from "../accept.ts";

export const acceptedInGeneric: readonly Accepted[] = [
  ...accept("gateways/hmac/front.ts", "proofProblems(settings)[0]", [`"the source's options do not suffice" -> ""`], forTheCompiler),
  ...accept("gateways/hmac/front.ts", 'headers[timestampHeader ?? ""] ?? ""', ['"" -> "~"'], "Neither is a header's name, or a time."),
  ...accept("gateways/hmac/front.ts", 'idPointer ?? ""', ['"" -> "~"'], forTheCompiler),
  ...accept("gateways/hmac/front.ts", 'raw.headers[proof.timestampHeader ?? ""]', ['"" -> "~"'], "No header has either name."),
  ...accept("gateways/hmac/front.ts", 'options.idHeader?.toLowerCase() ?? ""', ['"" -> "~"'], "No header has either name."),
  ...accept("gateways/hmac/front.ts", 'callback.headers["content-type"] ?? ""', ['"" -> "~"'], "Neither is a form's."),
  ...accept("gateways/hmac/meaning.ts", 'textOf(value) ?? ""', ['"" -> "~"'], "Neither is a moment."),
  ...accept("gateways/hmac/options.ts", 'unknownOption(name, options[name] ?? "")', ['"" -> "~"'], forTheCompiler),
  ...accept("gateways/hmac/options.ts", 'options.passHeaders ?? ""', ['"" -> "~"'], "Nothing is wrong with either."),
  ...accept("gateways/hmac/options.ts", 'options.header ?? ""', ['"" -> "~"'], forTheCompiler),
  ...accept("gateways/hmac/options.ts", "all.find((one) => one === word)", ["find -> findLast"], "No word is there twice."),
  ...accept("gateways/hmac/options.ts", 'guessPointer(value ?? "")', ['"" -> "~"'], forTheCompiler),
  ...accept("gateways/sandbox/facts.ts", "2 * second", ["* -> /"], aSecond),
];
