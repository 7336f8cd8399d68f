/** A comparison that is committed: kept with what it was made from, once, with its entry in the audit trail. */

import { counted } from "../core/formats/counted.ts";
import { isoTime } from "../core/formats/iso-time.ts";
import { formatMoney } from "../core/formats/money.ts";
import type { Compared } from "../core/reconcile/compared.ts";
import { type ReconciliationRun, runOf } from "../core/reconcile/run.ts";
import { type PlannedFindings, saveFindings } from "./findings.ts";
import type { ReconcileStores } from "./stores.ts";

export type Committed =
  | { readonly kind: "committed"; readonly run: ReconciliationRun }
  /** The same files were, read in the same way: nothing has changed. */
  | { readonly kind: "before"; readonly run: ReconciliationRun };

export const commitRun = async (
  { reconciliations, findings, clock, random }: Pick<ReconcileStores, "reconciliations" | "findings" | "clock" | "random">,
  { comparison, files, input }: Compared,
  { by, findings: { changes } }: { readonly by: string; readonly findings: Pick<PlannedFindings, "changes"> },
): Promise<Committed> => {
  const { source } = comparison;
  const before = await reconciliations.ofInput(source, input);
  if (before) return { kind: "before", run: before };
  // Before the run, which says that all of it is done: what is interrupted is finished by the same command.
  await saveFindings({ findings, clock }, changes);
  const at = clock();
  const id = `${isoTime(at)}-${Math.floor(random() * 0x10000)
    .toString(16)
    .padStart(4, "0")}`;
  const run = runOf(
    comparison,
    files.map(({ report }) => report),
    { id, by, at, input },
  );
  const names = run.files.map(({ name }) => name).join(", ");
  const explained = run.money.map(({ currency, explained: minor }) => formatMoney({ minor, currency })).join(", ");
  const audit = {
    at,
    by,
    what: "reconcile",
    to: `${source}: ${names}`,
    why: `${counted(comparison.differences.length, "difference")}, ${explained || "no money"} explained`,
  };
  if (await reconciliations.commit(run, audit)) return { kind: "committed", run };
  const other = await reconciliations.ofInput(source, input);
  return { kind: "before", run: other ?? run };
};
