/** Step 3 of the path, decided: the record of a callback, under the key its redelivery will get again. */
import type { Millis, RawCallback, VerifiedCallback } from "./callback.ts";
import { type Config, type PublicSettings, publicSettings } from "./config/config.ts";
import type { SecretUnreadable } from "./lifecycle/cause.ts";
import { bytesId, type CallbackRecord, recordKey } from "./record.ts";
import { digest } from "./signature.ts";

/** What is known about a callback's verification when it is stored. */
export type Proof =
  | { readonly kind: "verified"; readonly callback: VerifiedCallback }
  /** The secret could not be read. The bytes are kept under their hash and verified later, at their own receipt time. */
  | { readonly kind: "unverifiable"; readonly cause: SecretUnreadable };

export interface Identifier {
  readonly name: string;
  identify(callback: VerifiedCallback, settings?: PublicSettings): string;
}

/** The record to keep. Never throws: a callback whose gateway cannot name its id is known by the hash of its bytes. */
export const receivedRecord = (
  raw: RawCallback,
  gateway: Identifier,
  proof: Proof,
  { config, storedAt }: { readonly config: Config; readonly storedAt: Millis },
): CallbackRecord => ({
  key: recordKey(
    raw.source,
    proof.kind === "verified" ? idOf(gateway, proof.callback, publicSettings(config, raw.source)) : `unverified:${bytesId(raw.body)}`,
  ),
  gateway: gateway.name,
  raw,
  storedAt,
  verification: proof.kind === "verified" ? "verified" : "unverified",
  sha256: digest("sha256", [raw.body]),
});

const idOf = (gateway: Identifier, callback: VerifiedCallback, settings: PublicSettings): string => {
  try {
    // An empty id is not an id: all callbacks that have it would become one.
    return gateway.identify(callback, settings) || bytesId(callback.body);
  } catch {
    return bytesId(callback.body);
  }
};
