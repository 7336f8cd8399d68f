import { type Accepted, accept } from "../accept.ts";

export const acceptedInReceive: readonly Accepted[] = [
  ...accept(
    "core/receive/quarantine.ts",
    '[head = "", tail = ""]',
    ['"" -> "~"'],
    "Of the head never used; as a tail it stands behind the eight groups of an address without `::`, of which four count.",
  ),
  ...accept("core/signature.ts", "const [number] = numbersOf(", ["1 -> 2"], "Only the first is taken."),
];
