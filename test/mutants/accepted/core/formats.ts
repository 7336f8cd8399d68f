import { type Accepted, accept, endsAnyway, forTheCompiler } from "../accept.ts";

const sooner = "The same, only later.";

export const acceptedInFormats: readonly Accepted[] = [
  ...accept(
    "core/formats/civil-date.ts",
    "rest / 1_460",
    ["1_460 -> 1459", "36_524 -> 36523", "146_096 -> 146095"],
    "Every day of an era has been tried: its year is the same.",
  ),
  ...accept("core/formats/zone.ts", "if (known) return known", ["remove if (known) return known;"], sooner),
  ...accept("core/formats/zone.ts", "formats.set(zone, made)", ["remove formats.set(zone, made);"], sooner),
  ...accept("core/formats/zone.ts", 'if (zone === "UTC") return 0', ['remove if (zone === "UTC") return 0;', '"UTC" -> ""'], sooner),
  ...accept("core/formats/zone.ts", "const { year = 0, month = 1", ["0 -> 1", "1 -> 2", "1 -> 0"], forTheCompiler),
  ...accept(
    "core/formats/zone.ts",
    "Za-z_]+(",
    [
      String.raw`/^[A-Za-z_]+(\/[A-Za-z0-9_+-]+)+$/ -> /[A-Za-z_]+(\/[A-Za-z0-9_+-]+)+$/`,
      String.raw`/^[A-Za-z_]+(\/[A-Za-z0-9_+-]+)+$/ -> /^[A-Za-z_]+(\/[A-Za-z0-9_+-]+)+/`,
    ],
    "With anything before or behind it, `Intl` knows no such zone.",
  ),
  ...accept(
    "core/formats/iso-time.ts",
    "const isoForm",
    [
      String.raw`/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/ -> /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)/`,
    ],
    "Behind the zone V8 takes nothing: it then calls the text no date.",
  ),
  ...accept("core/formats/form.ts", "text[at] ?? 0", ["0 -> 1"], forTheCompiler),
  ...accept("core/formats/form.ts", "const hexDigit = (byte = 0)", ["0 -> 1"], "Neither is a digit."),
  ...accept("core/formats/json.ts", "at < body.length; at++) {", ["< -> <="], "Behind the last byte there is none that counts."),
  ...accept("core/formats/json.ts", "for (at++; at < body.length", ["< -> <="], "Behind the last byte there is none that counts."),
  ...accept(
    "core/formats/local-time.ts",
    "if (day === undefined)",
    ["remove if (day === undefined) return undefined;"],
    "A day that is undefined is no moment either.",
  ),
  ...accept("core/formats/json.ts", "return undefined;", ["remove return undefined;"], endsAnyway),
  ...accept("core/formats/mask.ts", "digits[at]?.value ?? 0", ["0 -> 1"], forTheCompiler),
  ...accept("core/formats/mask.ts", "doubled[value] ?? 0", ["0 -> 1"], forTheCompiler),
  ...accept("core/formats/mask.ts", '1: name = ""', ['"" -> "~"'], forTheCompiler),
  ...accept("core/formats/printable.ts", "codePointAt(0) ?? 0", ["0 -> 1"], forTheCompiler),
  ...accept("core/formats/xml.ts", "const top: Draft", ['"" -> "~"'], "The name of what is around the document: no end tag can have it."),
];
