/** What a file of refunds that were given back by hand comes to: what will be recorded, what is known already, and which lines are broken. */
import type { Millis } from "../../../core/callback.ts";
import { sidesOf } from "../../../core/findings/sides/sides.ts";
import { doneOfEstimate, doneOfPayment, type Verdict } from "../../../core/refunds/done.ts";
import type { DoneRow } from "../../../core/refunds/done-row.ts";
import { estimateOf, readEstimateId } from "../../../core/refunds/estimate.ts";
import type { HandRefund } from "../../../core/refunds/hand-refund.ts";
import { partyOf } from "../../../core/refunds/of-account.ts";
import { placeOfId } from "../../../core/refunds/refund-list.ts";
import { inGroups } from "../../../core/sequences.ts";
import type { GivenBack } from "../../../io/ledger/payments/hand-refunds.ts";
import type { Connection } from "../../connect/connect.ts";
import { recordsOfStack } from "../select/answer.ts";
import { findNumber } from "../select/find-number.ts";
import type { NumberedRow } from "./read-done.ts";

type Stores = Pick<Connection, "config" | "ledger" | "handRefunds">;

/** What will be recorded. */
export interface Deed {
  readonly line: number;
  readonly of: GivenBack;
  /** `source/payment`, or the estimate's id. */
  readonly name: string;
  /** The line of the ledger beside which its findings are. */
  readonly place: { readonly source: string; readonly line: string };
  readonly account?: string;
  readonly refund: HandRefund;
}

export interface DonePlan {
  readonly deeds: readonly Deed[];
  readonly broken: readonly { readonly line: number; readonly problems: readonly string[] }[];
  readonly known: readonly number[];
  readonly reported: readonly number[];
  readonly notYet: number;
}

/** Rows that are looked up at a time. */
const together = 16;

export const planDone = async (
  stores: Stores,
  rows: readonly NumberedRow[],
  who: { readonly by: string; readonly now: Millis },
): Promise<DonePlan> => {
  const broken = rows.flatMap((row) => (row.kind === "problems" ? [{ line: row.line, problems: row.problems }] : []));
  const good = rows.flatMap((row) => (row.kind === "row" ? [{ line: row.line, row: row.row }] : []));
  const deeds: Deed[] = [];
  const [known, reported]: [number[], number[]] = [[], []];
  /** What earlier lines of the file say. */
  const here = new Map<string, HandRefund[]>();
  for (const some of inGroups(good, together)) {
    const found = await Promise.all(some.map(async ({ line, row }) => ({ line, row, target: await targetOf(stores, row, who) })));
    const before = await stores.handRefunds.of(found.flatMap(({ target }) => ("of" in target ? [target.of] : [])));
    for (const { line, row, target } of found) {
      if ("problem" in target) {
        broken.push({ line, problems: [`payment = "${row.payment}": ${target.problem}`] });
        continue;
      }
      const places = target.of.ids.map((id) => placeOfId(target.of.source, id));
      const said = places.flatMap((place) => [...(before.get(place) ?? []), ...(here.get(place) ?? [])]);
      const verdict = target.verdict(said);
      if (verdict.kind === "record") {
        deeds.push({ line, ...target, refund: verdict.refund });
        for (const place of places) here.set(place, [...(here.get(place) ?? []), verdict.refund]);
      } else if (verdict.kind === "problem") broken.push({ line, problems: [verdict.why] });
      else (verdict.kind === "known" ? known : reported).push(line);
    }
  }
  const notYet = rows.filter(({ kind }) => kind === "not yet").length;
  return { deeds, broken: broken.sort((one, other) => one.line - other.line), known, reported, notYet };
};

type Target =
  | (Omit<Deed, "line" | "refund"> & { readonly verdict: (said: readonly HandRefund[]) => Verdict })
  | { readonly problem: string };

const targetOf = async (stores: Stores, row: DoneRow, { by, now }: { readonly by: string; readonly now: Millis }): Promise<Target> => {
  const estimate = readEstimateId(row.payment);
  const who = { by, saidAt: now };
  if (row.source !== undefined && !Object.hasOwn(stores.config.sources, row.source))
    return { problem: `there is no source ${row.source} in the configuration` };
  if (estimate) return estimateTarget(stores, row, estimate, { ...who, now });
  const found = await findNumber(stores, row.payment, { source: row.source });
  if (found.kind === "several") return { problem: `it means ${found.ids.join(" and ")}: write one of them` };
  if (found.kind === "check") return { problem: "it is a card check, and no charge" };
  if (found.kind === "contract") return { problem: `it is the contract ${found.name}: write the payment's own id` };
  if (found.kind === "unknown") return { problem: "no payment has that id or order number" };
  // An order may have failed before it was paid.
  const taken = found.payments.filter(({ payment }) => payment.isGood);
  const [first = found.payments[0], ...more] = taken;
  if (!first || more.length > 0)
    return {
      problem: `it is the order of ${taken.length} payments: write the id of one, ${taken.map(({ payment }) => payment.charge.id).join(", ")}`,
    };
  const { party, payment } = first;
  return {
    of: { source: party.source, ids: payment.charge.ids },
    name: `${party.source}/${payment.charge.id}`,
    place: { source: party.source, line: party.contract ?? payment.charge.id },
    ...(party.account !== undefined && { account: party.account }),
    verdict: (said) => doneOfPayment(row, party, payment, said, who),
  };
};

const estimateTarget = async (
  stores: Stores,
  row: DoneRow,
  { source, contract: id, due }: NonNullable<ReturnType<typeof readEstimateId>>,
  { now, ...who }: { readonly by: string; readonly saidAt: Millis; readonly now: Millis },
): Promise<Target> => {
  const related = await stores.ledger.related({ source, contract: id }, { withPayments: false });
  const contract = sidesOf(related).contracts.find((one) => one.source === source && one.contract === id);
  if (!contract) return { problem: `there is no contract ${source}/${id}` };
  const party = partyOf(contract);
  const records = recordsOfStack(stores, now);
  return {
    of: { source, ids: [id] },
    name: row.payment,
    place: { source, line: id },
    ...(party.account !== undefined && { account: party.account }),
    verdict: (said) => {
      const { lines } = estimateOf(contract, party, records, said, () => true);
      return doneOfEstimate(
        row,
        due,
        lines.find((line) => line.id === row.payment),
        said,
        who,
      );
    },
  };
};
