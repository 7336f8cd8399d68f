/** The shapes a custom gateway may have: today's, and the first version's, which keeps working. */
import type { GatewayFacts } from "../facts.ts";
import type { Gateway, ProofStrength } from "../gateway.ts";
import type { MomentKind } from "../moment.ts";
import type { Writer, Written } from "../writer.ts";

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

/** A writer as the first version had it: what its callbacks report was called `tells`, and a declined card check `card refused`. */
export type CustomWriter =
  | Writer
  | (Omit<Writer, "scenes"> & {
      readonly scenes: Readonly<Partial<Record<MomentKind | "card refused", (...what: Scene) => readonly FirstWritten[]>>>;
    });

type Scene = Parameters<NonNullable<Writer["scenes"][MomentKind]>>;
type FirstWritten = Omit<Written, "reports"> & ({ readonly reports: Written["reports"] } | { readonly tells: Written["reports"] });

export const modernizedWriter = (writer: CustomWriter): Writer => ({
  ...writer,
  scenes: Object.fromEntries(
    Object.entries(writer.scenes).map(([kind, scene]) => [
      kind === "card refused" ? "card declined" : kind,
      (...what: Scene) => scene(...what).map((written) => ("tells" in written ? { ...written, reports: written.tells } : written)),
    ]),
  ),
});
