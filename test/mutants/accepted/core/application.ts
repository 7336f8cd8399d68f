import { type Accepted, accept } from "../accept.ts";

export const acceptedInApplication: readonly Accepted[] = [
  ...accept(
    "core/application/read-message.ts",
    'readMessage(message, { id: "", receivedAt: 0 })',
    ['"" -> "~"', "0 -> 1"],
    "A message that is only checked: nobody sees the event that is read from it.",
  ),
];
