import { type Accepted, accept, endsAnyway, forTheCompiler } from "../accept.ts";

export const acceptedInFormats: readonly Accepted[] = [
  ...accept(
    "core/formats/iso-time.ts",
    "const isoForm",
    [
      String.raw`/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/ -> /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)/`,
    ],
    "Behind the zone V8 takes nothing: it then calls the text no date.",
  ),
  ...accept("core/formats/json.ts", "return undefined;", ["remove return undefined;"], endsAnyway),
  ...accept("core/formats/mask.ts", "digits[at]?.value ?? 0", ["0 -> 1"], forTheCompiler),
  ...accept("core/formats/mask.ts", "doubled[value] ?? 0", ["0 -> 1"], forTheCompiler),
  ...accept("core/formats/mask.ts", '1: name = ""', ['"" -> "~"'], forTheCompiler),
  ...accept("core/formats/printable.ts", "codePointAt(0) ?? 0", ["0 -> 1"], forTheCompiler),
  ...accept("core/formats/xml.ts", "const top: Draft", ['"" -> "~"'], "The name of what is around the document: no end tag can have it."),
];
