/** What findings have to know about the gateway of each source. */
import type { Config } from "../core/config/config.ts";
import { findSource } from "../core/config/of-config.ts";
import type { FindingSettings } from "../core/findings/settings.ts";
import type { Gateway } from "./gateway.ts";

/** Of a source that is configured no longer, what most gateways do. */
export const sourceTraits =
  (config: Config, findGateway: (name: string) => Pick<Gateway, "facts"> | undefined): FindingSettings["traitsOf"] =>
  (source) => {
    const { zone = "UTC", neverTells = [] } = findGateway(findSource(config, source)?.gateway ?? "")?.facts ?? {};
    return { zone, tellsEnds: !neverTells.includes("ends"), tellsRefunds: !neverTells.includes("refunds") };
  };
