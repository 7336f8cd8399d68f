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
  ].flatMap(({ source, checks, entries }) =>
    checks.map((check): CheckSide => {
      const about = entries.filter(({ event }) => event.id === check.id || paymentIds(event).includes(check.id));
      return { source, check, entries: about };
    }),
  );
  return [...new Map(found.map((one) => [JSON.stringify([one.source, one.check.id]), one])).values()];
};
