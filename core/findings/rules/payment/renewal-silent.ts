/** R-SILENT: a renewal was due, and the gateway has said neither that it charged nor that it failed. */

import { type Draft, entriesOf, lastGrantOf } from "../../draft.ts";
import { isClosed } from "../../sides/account-side.ts";
import { announcedEnd, entitlementOf, failuresOf, isAlive, paidAt, paidUntil } from "../../sides/contract-side.ts";
import { requestOf } from "../ending/unconfirmed.ts";
import type { Rule } from "../rule.ts";

export const renewalSilent: Rule = ({ sides, settings, watch }) =>
  sides.contracts.flatMap((contract): readonly Draft[] => {
    const entitlement = entitlementOf(contract);
    if (!entitlement || entitlement.isGift || !isAlive(contract) || isClosed(sides.accounts, contract.account)) return [];
    if (contract.state === "paused" || contract.state === "past_due") return [];
    if (requestOf(contract) || announcedEnd(contract) !== undefined) return [];
    const due = paidUntil(contract, settings.traitsOf(contract.source).zone);
    if (due === undefined) return [];
    const lastPaid = paidAt(contract).at(-1) ?? Number.NEGATIVE_INFINITY;
    // What was tried and brought nothing in is no silence.
    if ([...contract.payments.map(({ at }) => at), ...failuresOf(contract)].some((at) => at > lastPaid)) return [];
    const until = due + settings.graces.renewal;
    if (!watch.reached(until)) return [];
    return [
      {
        cause: { kind: "renewal silent", class: "SILENT", dueAt: due },
        subject: contract.subject,
        severity: "warning",
        since: due,
        contracts: [contract],
        entries: entriesOf(contract.payments.slice(-1)),
        applicationEvents: lastGrantOf(contract),
        grace: { name: "renewal", until },
      },
    ];
  });
