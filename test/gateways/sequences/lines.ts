/** The lines of the ledger that a set of entries of one source makes: one for each contract, and one for each payment that belongs to none. */
import type { Entry } from "../../../core/ledger/entry.ts";
import { balance, type Contract } from "../../../core/ledger/ledger.ts";
import { paymentsOf } from "../../../core/ledger/payment/payment-ids.ts";

export const linesOf = (source: string, entries: readonly Entry[]): readonly Contract[] => {
  const payments = paymentsOf(entries.map(({ event }) => event));
  const contracts = new Set(entries.flatMap(({ event }) => event.contract ?? []));
  const lines = [...contracts].map((contract) => {
    const linked = payments.filter(({ events }) => events.some((event) => event.contract === contract)).flatMap(({ events }) => events);
    const about = new Set(linked.map(({ id }) => id));
    return balance(
      source,
      contract,
      entries.filter(({ event }) => event.contract === contract || about.has(event.id)).map((entry) => ({ ...entry, contract })),
    );
  });
  const single = payments.filter(({ events }) => events.every(({ contract }) => contract === undefined));
  return [
    ...lines,
    ...single.map(({ ids, events }) => {
      const about = new Set(events.map(({ id }) => id));
      return balance(
        source,
        ids[0] ?? "",
        entries.filter(({ event }) => about.has(event.id)),
      );
    }),
  ];
};

/** The line that goes by an id: a contract's, or that of a payment any of whose ids it is. */
export const lineOf = (lines: readonly Contract[], id: string): Contract | undefined =>
  lines.find((line) => line.id === id) ?? lines.find(({ charges }) => charges.some(({ ids }) => ids.includes(id)));
