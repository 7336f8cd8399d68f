/** The registry: one line per gateway. */
import type { Gateway } from "./gateway.ts";
import { sandbox } from "./sandbox.ts";

export const gateways = {
  sandbox,
} satisfies Readonly<Record<string, Gateway>>;

export type GatewayName = keyof typeof gateways;

/** The gateway of that name. Own names only: a name can come from outside, and `constructor` is not a gateway. */
export const findGateway = (name: string): Gateway | undefined =>
  Object.hasOwn(gateways, name) ? (gateways as Readonly<Record<string, Gateway>>)[name] : undefined;

export type { ExportLine, Gateway, GatewayFacts, ProofStrength, SourceSettings } from "./gateway.ts";
