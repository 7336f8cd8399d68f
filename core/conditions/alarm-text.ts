/** What an alarm says to the person it wakes: how grave it is, what happened, what it means for money, what to type. */

import type { Condition } from "./condition.ts";
import { type ConditionName, conditions } from "./conditions.ts";

/** Three sentences. CloudWatch takes 1,024 characters. */
export const alarmText = (condition: ConditionName, name: string, about = ""): string => {
  const { severity, happened, money, next, seen }: Condition = conditions[condition];
  const commands = next({ name, about, holdfast: (...words) => ["npx", "holdfast", ...words].join(" ") });
  const first = seen.kind === "in the tables and queues" ? ["npx holdfast status"] : [];
  return `${severity === "page" ? "Page" : severity === "ticket" ? "Ticket" : "Notice"}: ${happened} ${money} Type: ${[...first, ...commands].join("; then ")}`;
};
