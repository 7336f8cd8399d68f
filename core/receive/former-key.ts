/** What a record's key would have been before its gateway's ids were hashed: what was recorded then still has it. */
import { verified } from "../callback.ts";
import type { Config } from "../config/config.ts";
import { publicSettings } from "../config/of-config.ts";
import type { CallbackRecord, RecordKey } from "../record.ts";
import { type Identifier, verifiedKey } from "./receive.ts";

/** Undefined where there is no such key. Never throws. */
export const formerKey = (
  { key, raw, verification, variantOf, found }: CallbackRecord,
  gateway: Identifier | undefined,
  config: Config,
): RecordKey | undefined => {
  // One that is delivered beside the first, by an operator's decision, is no redelivery of it; nor is what no callback has said.
  if (!gateway?.hashesId || verification !== "verified" || variantOf !== undefined || found !== undefined) return undefined;
  const { name } = gateway;
  const unhashed: Identifier = { name, identify: (callback, settings) => gateway.identify(callback, settings) };
  const former = verifiedKey(unhashed, verified(raw).callback, publicSettings(config, raw.source));
  return former === key ? undefined : former;
};
