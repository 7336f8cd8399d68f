/** R-UNKNOWN: the gateway reports something that its folder does not know. Once for each contract or payment; known notices are none. */
import type { Draft } from "../draft.ts";
import type { Rule } from "./rule.ts";

export const unknownType: Rule = ({ sides }) => {
  const ofContracts = new Set(
    sides.lines
      .filter(({ isContract }) => isContract)
      .flatMap(({ source, entries }) => entries.map(({ event }) => `${source} ${event.id}`)),
  );
  return sides.lines.flatMap(({ source, id, isContract, entries }): readonly Draft[] => {
    const unknown = entries.filter(({ event }) => event.type === "unknown" && (isContract || !ofContracts.has(`${source} ${event.id}`)));
    const [first] = unknown;
    if (!first) return [];
    const contract = sides.contracts.find((one) => one.subject.kind === "contract" && one.source === source && one.contract === id);
    const types = [...new Set(unknown.map(({ event }) => event.gatewayType))].sort();
    return [
      {
        cause: { kind: "unknown type", class: "UNKNOWN", types: types.slice(0, mostTypes) },
        subject: { kind: isContract ? "contract" : first.event.charge === undefined ? "customer" : "payment", source, id },
        severity: "notice",
        since: first.event.occurredAt,
        ...(contract && { contracts: [contract] }),
        entries: unknown,
      },
    ];
  });
};

const mostTypes = 10;
