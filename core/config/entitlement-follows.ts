/** Whether the source's target means by a 2xx that the application has done what the delivery says (R-APP-3). */
import type { Config } from "./config.ts";

export const entitlementFollows = ({ sources, targets }: Pick<Config, "sources" | "targets">, source: string): boolean =>
  targets[sources[source]?.target ?? ""]?.entitlementFollows ?? false;
