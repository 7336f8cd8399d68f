/** All that is fuzzed. A new gateway is among them as soon as it is registered. */
import { gateways } from "../../gateways/index.ts";
import { frontTarget } from "./front-target.ts";
import { gatewayTarget } from "./gateway-target.ts";
import { readerTargets } from "./reader-targets.ts";
import type { Target } from "./target.ts";

export const targets: readonly Target[] = [...Object.keys(gateways).map(gatewayTarget), frontTarget, ...readerTargets];
