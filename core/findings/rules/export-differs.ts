/**
 * A difference from a gateway's export is found by comparing (core/reconcile), not in what both sides have said. It stands until the ledger says as the
 * export does, which is decided here, or until a later export does.
 */
import type { BothSides } from "../../application/both-sides.ts";
import type { MovementType } from "../../difference/movement-type.ts";
import { contractStates, isEndState } from "../../event.ts";
import type { Money } from "../../formats/money.ts";
import type { Entry } from "../../ledger/entry.ts";
import { balance } from "../../ledger/ledger.ts";
import type { Charge } from "../../ledger/payment/charge.ts";
import { tookNothing } from "../../ledger/sums.ts";
import { sumsByCurrency } from "../draft.ts";
import type { ExportDifference } from "../export-difference.ts";
import type { Finding } from "../finding.ts";

/** As far as it stands still; undefined when nothing of it does, and for a finding of another class. */
export const stillDiffers = (finding: Finding, { events }: Pick<BothSides, "events">): Finding | undefined => {
  const { cause, subject, names } = finding;
  // Nothing in the ledger says that an export has come.
  if (cause.kind === "export overdue") return finding;
  if (cause.class !== "EXPORT" || !("source" in subject)) return undefined;
  const here = events.filter(({ source }) => source === subject.source);
  const ids = new Set(names.charges);
  const charges = () => balance(subject.source, subject.id, here).charges.filter((charge) => charge.ids.some((id) => ids.has(id)));
  const about: Known = subject.kind === "contract" ? { contract: contractIn(here, subject) } : { charges: charges() };
  const left = cause.differences.filter((difference) => !saysTheSame(difference, about));
  if (left.length === cause.differences.length) return finding;
  if (left.length === 0) return undefined;
  return { ...finding, cause: { ...cause, differences: left }, money: sumsByCurrency(left.map(({ money }) => money)) };
};

interface Known {
  readonly charges?: readonly Charge[];
  /** Absent: the ledger knows nothing of it. */
  readonly contract?: { readonly hasEnded: boolean } | undefined;
}

const contractIn = (events: readonly Entry[], { source, id }: { readonly source: string; readonly id: string }): Known["contract"] => {
  const own = events.filter((entry) => entry.contract === id);
  return own.length === 0 ? undefined : { hasEnded: isEndState(balance(source, id, own).state) };
};

const saysTheSame = (difference: ExportDifference, { charges = [], contract }: Known): boolean => {
  const { about, symptom, cause } = difference;
  if (about === "contract") return contractAgrees(difference, contract);
  // Nothing in the ledger says that a second line was a mistake, or that the export has it by now.
  if (symptom === "duplicate" || (cause === "export wrong" && symptom === "missing")) return false;
  return charges.some((charge) => agrees(about, difference, charge));
};

const contractAgrees = ({ symptom, cause, state }: ExportDifference, contract: Known["contract"]): boolean => {
  if (!contract) return false;
  if (symptom === "missing") return cause === "export wrong" ? contract.hasEnded : true;
  const listed = contractStates.find((one) => one === state);
  return contract.hasEnded === (listed !== undefined && isEndState(listed));
};

const isTaken = ({ state }: Charge): boolean => !tookNothing.has(state) && state !== "unknown";

const isSame = (one: Money | undefined, other: Money | undefined): boolean =>
  one?.minor === other?.minor && one?.currency === other?.currency;

/** Whether the ledger says of this payment what the export says. */
const agrees = (about: MovementType, { reference, theirs }: ExportDifference, charge: Charge): boolean => {
  const { amount, refunded, refunds, disputes, state } = charge;
  switch (about) {
    case "charge":
      return isTaken(charge) && (theirs === undefined || isSame(amount, theirs));
    case "failure":
      return state === "failed";
    case "void":
      return state === "voided";
    case "refund": {
      if (reference === undefined)
        return refunded !== undefined && theirs !== undefined && refunded.currency === theirs.currency && refunded.minor >= theirs.minor;
      return refunds.some(
        (refund) => refund.id === reference && refund.state === "done" && (theirs === undefined || isSame(refund.amount, theirs)),
      );
    }
    case "refund failed":
      return refunds.some(({ id, state: how }) => id === reference && how === "failed");
    case "chargeback":
      return disputes.some(({ id }) => reference === undefined || id === undefined || id === reference);
    case "chargeback reversed":
      return disputes.some(({ id, state: how }) => how === "won" && (reference === undefined || id === undefined || id === reference));
    default:
      return about satisfies never;
  }
};
