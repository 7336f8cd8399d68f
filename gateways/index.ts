/** What others need of the gateways. `receive` takes the fronts only (registry/find-front.ts). */
export { verifyCallback } from "../core/receive/verify-callback.ts";
export type { GatewayFacts } from "./facts.ts";
export type { Front, Gateway, Parse, ProofStrength, Sign, SourceSettings } from "./gateway.ts";
export * from "./public.ts";
export * from "./registry/find-gateway.ts";
export { gateways } from "./registry/gateways.ts";
