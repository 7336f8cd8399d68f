/** The payments of a line of the ledger, each with whose it is. */
import type { CountedLine } from "../../../core/charges/taken.ts";
import { paymentSidesOf } from "../../../core/findings/sides/payment-side.ts";
import { balance } from "../../../core/ledger/ledger.ts";
import type { CardCheck } from "../../../core/ledger/payment/card-check.ts";
import { ledgerId } from "../../../core/ledger-id.ts";
import type { Selected } from "../../../core/refunds/of-account.ts";
import type { Connection } from "../../connect/connect.ts";

export interface KnownPayments {
  readonly payments: readonly Selected[];
  readonly checks: readonly CardCheck[];
  /** The line is a contract's, and no payment's. */
  readonly isContract: boolean;
}

/** Of a payment's id those of its contracts, where it belongs to any. Undefined where the ledger has no such line. */
export const knownPayments = async (
  { ledger }: Pick<Connection, "ledger">,
  source: string,
  id: string,
): Promise<KnownPayments | undefined> => {
  const found = await ledger.countedLine(source, ledgerId(id));
  if (found.kind === "counted") {
    if (found.line.entries.length === 0) return undefined;
    return { ...paymentsIn(found.line), isContract: found.line.isContract };
  }
  const lines = await Promise.all(found.contracts.map((contract) => ledger.countedLine(source, contract)));
  const known = lines.flatMap((one) => (one.kind === "counted" ? [paymentsIn(one.line)] : []));
  return { payments: known.flatMap(({ payments }) => payments), checks: known.flatMap(({ checks }) => checks), isContract: false };
};

export const paymentsIn = ({ source, id, isContract, entries, accounts }: CountedLine): Omit<KnownPayments, "isContract"> => {
  const { charges, entries: ordered, cardChecks } = balance(source, id, entries);
  const [account] = accounts.toSorted();
  const payments = paymentSidesOf(charges, ordered).map((payment): Selected => {
    const customer = payment.entries.findLast(({ event }) => event.customer !== undefined)?.event.customer;
    return {
      party: {
        source,
        ...(isContract && { contract: id }),
        ...(account !== undefined && { account }),
        ...(customer !== undefined && { customer }),
      },
      payment,
    };
  });
  return { payments, checks: cardChecks };
};
