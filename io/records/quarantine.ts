/** Keeps a callback that could not be verified, in its place in the quarantine. */
import type { Millis, RawCallback } from "../../core/callback.ts";
import { dayMs } from "../../core/durations.ts";
import {
  largestQuarantined,
  mayQuarantine,
  type Pace,
  quarantineDays,
  quarantineIdentity,
  quarantinePlaces,
} from "../../core/receive/quarantine.ts";
import { recordKey } from "../../core/record.ts";
import { digest } from "../../core/signature.ts";
import type { Item } from "../item.ts";
import { quarantinePartitionOf, shards } from "../table.ts";
import { packBody } from "./body-encoding.ts";
import type { PutIfNew } from "./put-if-new.ts";
import { fromItem, toItem } from "./record-item.ts";

export type Quarantined =
  | { readonly kind: "kept" }
  /** Its bytes are nowhere. It must not be acknowledged. */
  | { readonly kind: "not kept"; readonly why: string };

export type Quarantine = (unproven: {
  readonly raw: RawCallback;
  readonly gateway: string;
  readonly refusal: string;
  /** Whether its answer is to be an acknowledgement, if it is kept. */
  readonly isAcknowledged: boolean;
}) => Promise<Quarantined>;

const budgetMs = 700;

/** Never throws, and writes nothing beyond its bounds. */
export const createQuarantine = ({ put, clock }: { readonly put: PutIfNew; readonly clock: () => Millis }): Quarantine => {
  let pace: Pace = { second: 0, networks: [] };
  return async ({ raw, gateway, refusal, isAcknowledged }) => {
    if (raw.body.length > largestQuarantined) return { kind: "not kept", why: "too large for the quarantine" };
    const now = clock();
    const asked = mayQuarantine(pace, now, raw.sourceIp);
    pace = asked.pace;
    if (!asked.allowed) return { kind: "not kept", why: "too many unverified callbacks" };
    const sha256 = digest("sha256", [raw.body]);
    const signal = AbortSignal.timeout(budgetMs);
    try {
      const identity = quarantineIdentity(raw, { isAcknowledged });
      // What was erased does not come back.
      const isSame = async (known: Item): Promise<boolean> =>
        known.sha256?.S === sha256 && (!isAcknowledged || known.erasedAt !== undefined || (await identityOf(known)) === identity);
      for (const place of quarantinePlaces(raw, identity)) {
        const key = recordKey(raw.source, place);
        const record = { key, gateway, raw, storedAt: now, verification: "refused", sha256, refusal } as const;
        const kept = { expiresAt: now + quarantineDays * dayMs, timelineShards: shards };
        const item = { ...toItem(record, packBody(raw.body), kept), day: { S: quarantinePartitionOf(key) } };
        const known = await put(item, signal);
        if (known === "new" || (await isSame(known))) return { kind: "kept" };
      }
      return { kind: "not kept", why: "its places in the quarantine are taken" };
    } catch (error) {
      return { kind: "not kept", why: error instanceof Error ? error.name : "unknown error" };
    }
  };
};

/** Of one that is acknowledged. */
const identityOf = async (item: Item): Promise<string> =>
  quarantineIdentity((await fromItem(item, noBucket)).raw, { isAcknowledged: true });

const noBucket = () => Promise.reject(new Error("what is in quarantine is small"));
