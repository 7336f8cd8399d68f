/** Records that wait for a target's hold, and go elsewhere by now. */
import type { Config } from "../../config/config.ts";
import { findSource } from "../../config/of-config.ts";
import { compareText } from "../../ledger/text-order.ts";
import { type RecordKey, splitKey } from "../../record.ts";
import { digest } from "../../signature.ts";

/** Also one whose source is not configured any more: it goes nowhere, and would be tried in vain in place of those that tell something of the target. */
export const hasMoved = (config: Config, target: string, key: RecordKey): boolean =>
  !Object.hasOwn(config.targets, target) || findSource(config, splitKey(key).source)?.target !== target;

/** Changes when `hasMoved` may say otherwise of what waits for the target. */
export const destinationOf = (config: Config, target: string): string => {
  const sources = Object.keys(config.sources).filter((source) => config.sources[source]?.target === target);
  return digest("sha256", [JSON.stringify([Object.hasOwn(config.targets, target), sources.toSorted(compareText)])]);
};
