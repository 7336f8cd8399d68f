/** To which contract and customer a payment belongs, where a difference is about one that is recorded: a comparison keeps no names that no line has. */

import type { Comparison } from "../../core/reconcile/compare/comparison.ts";
import type { Difference } from "../../core/reconcile/compare/difference.ts";
import { inGroups } from "../../core/sequences.ts";
import type { Ledger } from "../../io/ledger/ledger.ts";

const together = 16;
/** Of more nobody reads the names. */
const mostLookedUp = 10_000;

export const withKnownNames = async (ledger: Pick<Ledger, "contract">, comparison: Comparison): Promise<Comparison> => {
  const { source } = comparison;
  const nameless = comparison.differences.filter(
    (one) => isRecorded(one) && one.names.contract === undefined && one.names.payment.length > 0,
  );
  const known = new Map<Difference, Difference>();
  for (const some of inGroups(nameless.slice(0, mostLookedUp), together))
    for (const [one, names] of await Promise.all(
      some.map(async (difference) => [difference, await namesOf(ledger, source, difference)] as const),
    ))
      known.set(one, { ...one, names: { ...one.names, ...names } });
  return { ...comparison, differences: comparison.differences.map((one) => known.get(one) ?? one) };
};

/** What was never reported is not in the ledger. */
const isRecorded = ({ cause, symptom, ours }: Difference): boolean =>
  ours !== undefined || symptom === "duplicate" || (cause !== "never sent" && cause !== "sent, not received");

const namesOf = async (ledger: Pick<Ledger, "contract">, source: string, { names }: Difference) => {
  const found = await ledger.contract(source, names.payment[0] ?? "");
  const contract = found?.belongsTo?.[0];
  return {
    ...(contract !== undefined && { contract }),
    ...(found?.customer !== undefined && names.customer === undefined && { customer: found.customer }),
  };
};
