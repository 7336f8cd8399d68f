import { type Accepted, accept, endsAnyway } from "../accept.ts";

const sooner = "The same, only later.";

export const acceptedInFormats: readonly Accepted[] = [
  ...accept(
    "core/formats/civil-date.ts",
    "rest / 1_460",
    ["1_460 -> 1459", "36_524 -> 36523", "146_096 -> 146095"],
    "Every day of an era has been tried: its year is the same.",
  ),
  ...accept("core/formats/zone.ts", 'if (zone === "UTC") return 0', ['remove if (zone === "UTC") return 0;', '"UTC" -> ""'], sooner),
  ...accept("core/formats/json.ts", "at < body.length; at++) {", ["< -> <="], "Behind the last byte there is none that counts."),
  ...accept("core/formats/json.ts", "for (at++; at < body.length", ["< -> <="], "Behind the last byte there is none that counts."),
  ...accept(
    "core/formats/local-time.ts",
    "if (day === undefined)",
    ["remove if (day === undefined) return undefined;"],
    "A day that is undefined is no moment either.",
  ),
  ...accept("core/formats/json.ts", "return undefined;", ["remove return undefined;"], endsAnyway),
  ...accept("core/formats/xml.ts", "const top: Draft", ['"" -> "~"'], "The name of what is around the document: no end tag can have it."),
];
