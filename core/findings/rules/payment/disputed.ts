/** R-DISPUTE: the customer's bank asks for the money back. Open until it is closed, in whatever order the two are reported. */
import type { Millis } from "../../../callback.ts";
import type { Entry } from "../../../ledger/entry.ts";
import { type Dispute, disputesOf } from "../../../ledger/payment/disputes.ts";
import { paymentIds } from "../../../ledger/payment/payment-ids.ts";
import type { Draft } from "../../draft.ts";
import type { Subject } from "../../finding.ts";
import type { Rule } from "../rule.ts";

export const disputed: Rule = ({ sides }) => [
  ...sides.contracts
    .filter(({ subject }) => subject.kind === "contract")
    .flatMap((contract) => {
      const own = contract.payments.flatMap(({ charge }) => charge.disputes);
      const others = loose(contract.entries).filter(({ id }) => !own.some((one) => one.id === id));
      return draftOf(contract.subject, [...own, ...others], contract.entries, { contracts: [contract] });
    }),
  ...[...sides.single].flatMap(([source, payments]) =>
    payments.flatMap((payment) => draftOf({ kind: "payment", source, id: payment.charge.id }, payment.charge.disputes, payment.entries)),
  ),
  ...sides.lines
    .filter(({ isContract }) => !isContract)
    .flatMap(({ source, id, entries }) => draftOf({ kind: "customer", source, id }, loose(entries), entries)),
];

/** Of a payment that nobody names. */
const isLoose = ({ event }: Entry): boolean => paymentIds(event).length === 0;

const loose = (entries: readonly Entry[]): readonly Dispute[] =>
  disputesOf(
    entries.filter(isLoose).map(({ event }) => event),
    undefined,
  );

const draftOf = (
  subject: Subject,
  disputes: readonly Dispute[],
  entries: readonly Entry[],
  names: Pick<Draft, "contracts"> = {},
): readonly Draft[] => {
  const open = disputes.filter(({ state }) => state === "opened");
  if (open.length === 0) return [];
  const isOpen = (dispute: string | undefined) => dispute === undefined || open.some(({ id }) => id === undefined || id === dispute);
  return [
    {
      cause: { kind: "disputed", class: "DISPUTE", disputes: open.length },
      subject,
      severity: "urgent",
      money: open.map(({ amount }) => amount),
      since: open.map(({ at }): Millis => at).reduce((first, one) => Math.min(first, one)),
      last: open.map(({ at }): Millis => at).reduce((last, one) => Math.max(last, one)),
      ...names,
      entries: entries.filter(({ event }) => event.type.startsWith("dispute.") && isOpen(event.dispute)),
    },
  ];
};
