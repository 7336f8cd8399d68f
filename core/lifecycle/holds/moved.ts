/** Records that wait for a target's hold, and go elsewhere by now. */
import type { Config } from "../../config/config.ts";
import { findSource } from "../../config/of-config.ts";
import { type RecordKey, splitKey } from "../../record.ts";

/**
 * Says of each key whether its record goes elsewhere; undefined when none can. One whose source is not configured any more goes nowhere: it
 * waits with the others, as long as its target is there.
 */
export const movedFrom = (config: Config, target: string): ((key: RecordKey) => boolean) | undefined => {
  if (!Object.hasOwn(config.targets, target)) return () => true;
  const isElsewhere = (goesTo: string | undefined) => goesTo !== undefined && goesTo !== target;
  if (!Object.values(config.sources).some((source) => isElsewhere(source.target))) return undefined;
  return (key) => isElsewhere(findSource(config, splitKey(key).source)?.target);
};
