/** A line of an export as a row that SQL can read: in our words, whatever its file was. */
import { ledgerId } from "../../ledger-id.ts";
import type { MoneyLine } from "../export-line.ts";

/** The columns of the table `export_lines`, in their order. */
export const lineColumns = [
  ["n", "bigint"],
  ["plain", "boolean"],
  ["minor", "bigint"],
  ["currency", "string"],
  ["ids", "array<string>"],
  ["reference", "string"],
  ["contract", "string"],
  ["customer", "string"],
  ["ordered", "string"],
  ["line", "string"],
] as const;

/** @param n of the line among all that are compared */
export const lineRow = (line: MoneyLine, n: number) => {
  const { type, outcome, amount, refunded, payment, refund, dispute, contract, customer, order } = line;
  const reference = refund ?? dispute;
  return {
    n,
    // A charge that was taken, and nothing else said of it.
    plain: type === "charge" && outcome === "done" && amount !== undefined && refunded === undefined && reference === undefined,
    minor: amount?.minor ?? null,
    currency: amount?.currency ?? null,
    ids: [...new Set(payment.map(ledgerId))],
    reference: textOf(reference),
    contract: textOf(contract),
    customer: textOf(customer),
    ordered: textOf(order),
    line: JSON.stringify(line),
  };
};

const textOf = (id: string | undefined): string | null => (id === undefined ? null : ledgerId(id));
