/** Whether the source's target means by a 2xx that the application has done what the delivery says (R-APP-3). */
import type { Config } from "./config.ts";
import { targetOf } from "./of-config.ts";

export const entitlementFollows = (config: Pick<Config, "sources" | "targets">, source: string): boolean =>
  targetOf(config, source)?.entitlementFollows === true;
