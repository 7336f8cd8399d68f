/** Whether what was found in an export goes to the application too. */
import type { Config } from "../../config/config.ts";
import { passesThrough } from "../../config/target.ts";
import type { EnteredFromExport } from "../../lifecycle/cause.ts";
import type { Progress } from "../../lifecycle/progress.ts";
import type { CallbackRecord } from "../../record.ts";

/**
 * Undefined for what is to be delivered: that is every callback, and of what was found what the operator wants delivered, then or by a replay.
 * @param known as it was before this turn
 */
export const whyNotDelivered = (
  { found, raw }: CallbackRecord,
  known: Progress | undefined,
  { sources, targets }: Pick<Config, "sources" | "targets">,
): EnteredFromExport["whyNot"] | undefined => {
  if (!found) return undefined;
  if (passesThrough(targets[sources[raw.source]?.target ?? ""])) return "no callback";
  // Not by its state: a turn that was interrupted, or put off, leaves the same one whether it is the first or a replay's.
  return found.isToBeDelivered || known?.replayed ? undefined : "not asked for";
};
