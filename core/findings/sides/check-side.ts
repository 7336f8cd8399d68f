/** Checks of cards, each once, with what was said about it. */
import type { Entry } from "../../ledger/entry.ts";
import { balance } from "../../ledger/ledger.ts";
import type { CardCheck } from "../../ledger/payment/card-check.ts";
import { paymentIds } from "../../ledger/payment/payment-ids.ts";
import type { Line, WithoutContract } from "./lines.ts";

export interface CheckSide {
  readonly source: string;
  readonly check: CardCheck;
  readonly entries: readonly Entry[];
}

export const checksOf = (lines: readonly Line[], loose: ReadonlyMap<string, WithoutContract>): readonly CheckSide[] => {
  const found = [
    ...[...loose].map(([source, { checks, entries }]) => ({ source, checks, entries })),
    ...lines
      .filter(({ isContract }) => isContract)
      .map(({ source, id, entries }) => ({ source, checks: balance(source, id, entries).cardChecks, entries })),
  ].flatMap(({ source, checks, entries }) => {
    if (checks.length === 0) return [];
    const about = byIds(entries);
    return checks.map((check): CheckSide => ({ source, check, entries: about.get(check.id) ?? [] }));
  });
  return [...new Map(found.map((one) => [JSON.stringify([one.source, one.check.id]), one])).values()];
};

/** By the event's own id, and by each of its payment's. */
const byIds = (entries: readonly Entry[]): ReadonlyMap<string, readonly Entry[]> => {
  const found = new Map<string, Entry[]>();
  for (const entry of entries)
    for (const id of new Set([entry.event.id, ...paymentIds(entry.event)])) {
      const known = found.get(id);
      if (known) known.push(entry);
      else found.set(id, [entry]);
    }
  return found;
};
