/** A line of the ledger as payments are counted: each payment in the contract that it belongs to, and by itself where there is none. */
import type { CountedLine } from "../../../core/charges/taken.ts";
import { ledgerId } from "../../../core/ledger-id.ts";
import type { PaymentLines } from "./payment-lines.ts";

export type Counted =
  | { readonly kind: "counted"; readonly line: CountedLine }
  /** It is one of the ids of a payment that counts in these contracts. */
  | { readonly kind: "elsewhere"; readonly contracts: readonly string[] };

export const createCountedLine =
  (lines: Pick<PaymentLines, "line" | "follow">) =>
  async (source: string, id: string): Promise<Counted> => {
    const known = await lines.line(source, id);
    const { entries, link, accounts = [] } = known;
    const isContract = entries.some(({ event }) => event.contract !== undefined && ledgerId(event.contract) === id);
    if (isContract || !link) return { kind: "counted", line: { source, id, isContract, entries, accounts } };
    if (link.contracts.length > 0) return { kind: "elsewhere", contracts: link.contracts };
    const payment = await lines.follow(source, [id], new Map([[id, known]]));
    if (payment.contracts.size > 0) return { kind: "elsewhere", contracts: [...payment.contracts] };
    return { kind: "counted", line: { source, id, isContract, entries: payment.entries, accounts: [...payment.accounts] } };
  };
