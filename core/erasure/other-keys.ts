/** The other keys under which one callback may be kept, with the same bytes. */
import type { RawCallback } from "../callback.ts";
import type { Config } from "../config/config.ts";
import { formerKey } from "../receive/former-key.ts";
import { quarantineIdentity, quarantinePlaces } from "../receive/quarantine.ts";
import { type Identifier, unverifiedKey } from "../receive/receive.ts";
import { type CallbackRecord, hashedKey, type RecordKey, recordKey, splitKey } from "../record.ts";

export interface OtherKeys {
  /** That under which a redelivery would be recorded today. */
  readonly today?: RecordKey;
  /** That, and the one of before. */
  readonly ofItsId: readonly RecordKey[];
  /** While it could not be verified: only what has the same bytes is meant. */
  readonly ofItsBytes: readonly RecordKey[];
}

/** Of a record whose bytes are gone only those that its key says. Never throws. */
export const otherKeys = (record: CallbackRecord, gateway: Identifier | undefined, config: Config, hasBytes: boolean): OtherKeys => {
  const { key, raw, variantOf, found } = record;
  const { source, id } = splitKey(key);
  const hashed = gateway?.hashesId && variantOf === undefined && found === undefined ? hashedKey(source, id) : key;
  const former = hasBytes ? (formerKey(record, gateway, config) ?? []) : [];
  const unverified = hasBytes ? [unverifiedKey(raw), ...everyPlace(raw).map((place) => recordKey(source, place))] : [];
  const others = (keys: readonly RecordKey[]) => [...new Set(keys)].filter((one) => one !== key);
  return {
    ...(hashed !== key && { today: hashed }),
    ofItsId: others([hashed, former].flat()),
    ofItsBytes: others(unverified),
  };
};

/** In quarantine, whether it was acknowledged or not. */
const everyPlace = (raw: RawCallback): readonly string[] =>
  [true, false].flatMap((isAcknowledged) => quarantinePlaces(raw, quarantineIdentity(raw, { isAcknowledged })));
