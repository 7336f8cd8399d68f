/** What an event source mapping makes of a function's answer to a batch. */
import { at, textAt } from "../../core/formats/json.ts";
import type { Outcome } from "../lambda/sandbox.ts";

type BatchResult =
  | { readonly kind: "done" }
  /** These are to come again; the others are done. */
  | { readonly kind: "partly"; readonly failed: ReadonlySet<string> }
  | { readonly kind: "failed"; readonly reason: string };

/**
 * Lambda's rules: nothing, null and an empty list mean success; a failed item that is not one of the batch, or has no
 * name, means that nothing in the answer can be trusted, and all of the batch comes again.
 */
export const batchResult = (outcome: Outcome, reportsFailures: boolean, ids: ReadonlySet<string>): BatchResult => {
  if (outcome.kind === "failed") return { kind: "failed", reason: `${outcome.type}: ${outcome.message}` };
  if (!reportsFailures) return { kind: "done" };
  const failures = at(outcome.payload, "batchItemFailures");
  if (failures === undefined || failures === null) return { kind: "done" };
  if (!Array.isArray(failures)) return { kind: "failed", reason: "batchItemFailures is not a list" };
  const failed = failures.map((failure) => textAt(failure, "itemIdentifier"));
  if (failed.length === 0) return { kind: "done" };
  const known = failed.filter((id) => id !== undefined && ids.has(id)) as string[];
  if (known.length < failed.length) return { kind: "failed", reason: "batchItemFailures names an item that was not in the batch" };
  return { kind: "partly", failed: new Set(known) };
};
