/** Decides the record of a callback, under the key its redelivery will get again. */

import type { Millis, RawCallback, VerifiedCallback } from "../callback.ts";
import type { Config, PublicSettings } from "../config/config.ts";
import { publicSettings } from "../config/of-config.ts";
import { compareText } from "../ledger/text-order.ts";
import type { SecretUnreadable } from "../lifecycle/cause.ts";
import { bytesId, type CallbackRecord, hashedKey, keptHeaders, type RecordKey, recordKey, unverifiedId } from "../record.ts";
import { digest } from "../signature.ts";

/** What is known about a callback's verification when it is stored. */
export type Proof =
  | { readonly kind: "verified"; readonly callback: VerifiedCallback }
  /** The secret could not be read. All of it is kept under its hash and verified later, at its own receipt time. */
  | { readonly kind: "unverifiable"; readonly cause: SecretUnreadable };

export interface Identifier {
  readonly name: string;
  /** Its ids are made of order and payment numbers. */
  readonly hashesId?: true;
  identify(callback: VerifiedCallback, settings?: PublicSettings): string;
}

/** The record to keep. Never throws: a callback whose gateway cannot name its id is known by the hash of its bytes. */
export const receivedRecord = (
  raw: RawCallback,
  gateway: Identifier,
  proof: Proof,
  { config, storedAt }: { readonly config: Config; readonly storedAt: Millis },
): CallbackRecord => ({
  key: proof.kind === "verified" ? verifiedKey(gateway, proof.callback, publicSettings(config, raw.source)) : unverifiedKey(raw),
  gateway: gateway.name,
  raw,
  storedAt,
  verification: proof.kind === "verified" ? "verified" : "unverified",
  sha256: digest("sha256", [raw.body]),
});

/**
 * Made of all that any gateway's proof or id can be made of: two callbacks that differ in a header only may be two events, and a
 * forgery must not stand where a genuine one belongs. What is sent again under a newer timestamp is kept twice, and becomes one
 * when both are verified.
 */
export const unverifiedKey = ({ source, method, url, headers, body }: RawCallback): RecordKey => {
  const query = url.split("?").slice(1).join("?");
  const around = JSON.stringify([method, query, Object.entries(keptHeaders(headers)).sort(([one], [other]) => compareText(one, other))]);
  return recordKey(source, unverifiedId(digest("sha256", [around, "\n", body])));
};

/** Never throws. The same for a redelivery. */
export const verifiedKey = (gateway: Identifier, callback: VerifiedCallback, settings: PublicSettings): RecordKey =>
  (gateway.hashesId ? hashedKey : recordKey)(callback.source, idOf(gateway, callback, settings));

const idOf = (gateway: Identifier, callback: VerifiedCallback, settings: PublicSettings): string => {
  try {
    // An empty id is not an id: all callbacks that have it would become one.
    return gateway.identify(callback, settings) || bytesId(callback.body);
  } catch {
    return bytesId(callback.body);
  }
};
