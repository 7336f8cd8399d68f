import { type Accepted, accept } from "../accept.ts";

export const acceptedInReceive: readonly Accepted[] = [
  ...accept(
    "core/receive/quarantine.ts",
    '[head = "", tail = ""]',
    ['"" -> "~"'],
    "Of the head never used; as a tail it stands behind the eight groups of an address without `::`, of which four count.",
  ),
  ...accept(
    "core/receive/quarantine.ts",
    "identity.slice(at * 8, at * 8 + 8)",
    ["8 -> 9", "8 -> 7"],
    "Of where a slice begins: modulo sixteen, only its last digit counts.",
  ),
  ...accept(
    "core/receive/quarantine.ts",
    "const networkPart",
    ["0 -> 1"],
    "Of where the slice begins: modulo 64, only its last two digits count.",
  ),
  ...accept("core/receive/unverified-room.ts", "hash.slice(at * 8", ["8 -> 9", "8 -> 7"], "Of eight digits only the last three count."),
];
