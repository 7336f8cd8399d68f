/** Keeps a callback that could not be verified, in its place in the quarantine. */
import type { Millis, RawCallback } from "../../core/callback.ts";
import { dayMs } from "../../core/durations.ts";
import { largestQuarantined, mayQuarantine, type Pace, quarantineDays, quarantinePlaces } from "../../core/receive/quarantine.ts";
import { recordKey } from "../../core/record.ts";
import { digest } from "../../core/signature.ts";
import { quarantinePartitionOf, shards } from "../table.ts";
import type { PutIfNew } from "./put-if-new.ts";
import { packBody, toItem } from "./record-item.ts";

export type Quarantined =
  | { readonly kind: "kept" }
  /** Its bytes are nowhere. It must not be acknowledged. */
  | { readonly kind: "not kept"; readonly why: string };

export type Quarantine = (unproven: {
  readonly raw: RawCallback;
  readonly gateway: string;
  readonly refusal: string;
}) => Promise<Quarantined>;

const budgetMs = 700;

/** Never throws, and writes nothing beyond its bounds. */
export const createQuarantine = ({ put, clock }: { readonly put: PutIfNew; readonly clock: () => Millis }): Quarantine => {
  let pace: Pace = { second: 0, networks: [] };
  return async ({ raw, gateway, refusal }) => {
    if (raw.body.length > largestQuarantined) return { kind: "not kept", why: "too large for the quarantine" };
    const now = clock();
    const asked = mayQuarantine(pace, now, raw.sourceIp);
    pace = asked.pace;
    if (!asked.allowed) return { kind: "not kept", why: "too many unverified callbacks" };
    const sha256 = digest("sha256", [raw.body]);
    const signal = AbortSignal.timeout(budgetMs);
    try {
      for (const place of quarantinePlaces(raw)) {
        const key = recordKey(raw.source, place);
        const record = { key, gateway, raw, storedAt: now, verification: "refused", sha256, refusal } as const;
        const kept = { expiresAt: now + quarantineDays * dayMs, timelineShards: shards };
        const item = { ...toItem(record, packBody(raw.body), kept), day: { S: quarantinePartitionOf(key) } };
        const known = await put(item, signal);
        if (known === "new" || known.sha256?.S === sha256) return { kind: "kept" };
      }
      return { kind: "not kept", why: "its places in the quarantine are taken" };
    } catch (error) {
      return { kind: "not kept", why: error instanceof Error ? error.name : "unknown error" };
    }
  };
};
