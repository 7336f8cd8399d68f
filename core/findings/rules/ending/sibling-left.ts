/** R-SIBLING: of two contracts that belong together one has ended and the other goes on. Keeping one can be intended. Only a link says that two belong together. */

import { backOf, type Draft, entriesOf, netOf } from "../../draft.ts";
import { type ContractSide, endedAt, isAlive } from "../../sides/contract-side.ts";
import type { Sides } from "../../sides/sides.ts";
import type { Rule } from "../rule.ts";

export const siblingLeft: Rule = ({ sides, settings, watch }) =>
  sides.contracts.filter(isAlive).flatMap((living): readonly Draft[] => {
    const [found] = endedSiblings(living, sides)
      .map((one) => ({ ...one, until: Math.max(one.endedAt, one.linkedAt) + settings.graces.sibling }))
      .filter(({ until }) => watch.reached(until))
      .sort((one, other) => one.until - other.until);
    if (!found) return [];
    const { sibling, endedAt: since, link, until } = found;
    const charges = living.payments.filter(({ isKept, at }) => isKept && at >= since);
    return [
      {
        cause: {
          kind: "sibling left active",
          class: "SIBLING",
          ended: { source: sibling.source, contract: sibling.contract },
          endedAt: since,
        },
        subject: living.subject,
        severity: "notice",
        money: netOf(charges),
        since,
        contracts: [living, sibling],
        entries: [...entriesOf(charges), ...sibling.entries.filter(({ event }) => event.occurredAt === since)],
        applicationEvents: [link],
        back: backOf(living, charges),
        grace: { name: "sibling", until },
      },
    ];
  });

/** Directly linked ones that the gateway has ended. Two that are linked more than once are so since the first time. */
const endedSiblings = (living: ContractSide, { contracts, links }: Sides) =>
  contracts.flatMap((sibling) => {
    const ended = endedAt(sibling);
    const isOf = (one: ContractSide) => (name: { readonly source: string; readonly contract: string }) =>
      name.source === one.source && name.contract === one.contract;
    const link = links.find(({ event }) => event.contracts.some(isOf(living)) && event.contracts.some(isOf(sibling)));
    if (ended === undefined || !link) return [];
    return [{ sibling, endedAt: ended, link, linkedAt: link.event.occurredAt }];
  });
