/** R-UNKNOWN: the gateway reports something that its folder does not know. Once for each contract or payment; known notices are none. */
import type { Draft } from "../draft.ts";
import { contractOfLine } from "../sides/sides.ts";
import type { Rule } from "./rule.ts";

export const unknownType: Rule = ({ sides }) => {
  const ofContracts = new Set(
    sides.lines
      .filter(({ isContract }) => isContract)
      .flatMap(({ source, entries }) => entries.map(({ event }) => JSON.stringify([source, event.id]))),
  );
  return sides.lines.flatMap((line): readonly Draft[] => {
    const { source, id, isContract, entries } = line;
    const unknown = entries.filter(
      ({ event }) => event.type === "unknown" && (isContract || !ofContracts.has(JSON.stringify([source, event.id]))),
    );
    const [first] = unknown;
    if (!first) return [];
    const contract = contractOfLine(line, sides);
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
