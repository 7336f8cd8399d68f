/** Mutants that no test can or should notice, each with its reason. `npm run mutants` names the entries that are of no use any more. */
import type { Accepted } from "./accept.ts";
import { acceptedInCore } from "./core/index.ts";
import { acceptedInGateways } from "./gateways/index.ts";

export const accepted: readonly Accepted[] = [...acceptedInCore, ...acceptedInGateways];
