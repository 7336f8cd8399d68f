/** The shapes a custom gateway may have: today's, and the first version's, which keeps working. */
import type { GatewayFacts } from "./facts.ts";
import type { Gateway, ProofStrength } from "./gateway.ts";

/** As the first version had it: the strength among the facts, and three fields under other names. */
export interface FirstGateway extends Omit<Gateway, "facts" | "strength" | "onUnverified" | "unverifiedStatus"> {
  readonly facts: GatewayFacts & { readonly strength: ProofStrength };
  readonly unproven: "refuse" | "accept";
  readonly unprovenStatus?: 401;
  readonly needsReadBack?: string;
}

export type CustomGateway = Gateway | FirstGateway;

/** In today's shape; a gateway that already has it is returned as it is. */
export const modernized = (gateway: CustomGateway): Gateway => {
  if (!("unproven" in gateway)) return gateway;
  const { facts, unproven, unprovenStatus, needsReadBack } = gateway;
  // Made from it rather than copied: its functions may live on a prototype.
  return Object.assign(Object.create(gateway), {
    strength: facts.strength,
    onUnverified: unproven,
    ...(unprovenStatus !== undefined && { unverifiedStatus: unprovenStatus }),
    facts: { ...facts, ...(needsReadBack !== undefined && { cannotSay: needsReadBack }) },
  });
};
