/** R-AFTER: the gateway goes on charging a contract that it had ended itself. At once; refunds and card checks afterwards are no charges. */

import { backOf, entriesOf, netOf } from "../../draft.ts";
import { endBefore } from "../../sides/contract-side.ts";
import type { Rule } from "../rule.ts";

export const chargedAfterEnd: Rule = ({ sides }) =>
  sides.contracts.flatMap((contract) => {
    const charges = contract.payments.filter(({ isKept, at }) => isKept && endBefore(contract, at) !== undefined);
    const [first] = charges;
    const ended = first && endBefore(contract, first.at);
    if (!first || ended === undefined) return [];
    return [
      {
        cause: { kind: "charged after its end" as const, class: "AFTER" as const, endedAt: ended, charges: charges.length },
        subject: contract.subject,
        severity: "urgent" as const,
        money: netOf(charges),
        since: first.at,
        last: charges.at(-1)?.at,
        contracts: [contract],
        back: backOf(contract, charges),
        entries: [...contract.entries.filter(({ event }) => event.occurredAt === ended), ...entriesOf(charges)],
      },
    ];
  });
