/**
 * Three durable stores, then the truth (design, decision 5): table, spill queue, bucket, each with its own time limit, the
 * whole within three seconds. Only when all three have failed is a callback not stored.
 */
import type { CallbackRecord } from "../../../core/record.ts";
import type { Spill } from "../../../io/fallback-store/spill.ts";
import type { Bodies } from "../../../io/records/bodies.ts";
import { packBody } from "../../../io/records/body-encoding.ts";
import { prepareItem, type RecordCallback, type Recorded } from "../../../io/records/record.ts";
import { type Keeping, keptFrom, toItem } from "../../../io/records/record-item.ts";

export type StoreOutcome =
  | { readonly kind: "recorded"; readonly recorded: Exclude<Recorded["kind"], "crowded"> }
  | { readonly kind: "spilled"; readonly to: "queue" | "bucket"; readonly reason: string }
  | { readonly kind: "not stored"; readonly reason: string };

const tableBudgetMs = 1_000;
const spillBudgetMs = 750;

/** Never throws. `not stored` may still mean "stored, but the answer was lost": the gateway's retry then finds a duplicate. */
export const createStoreCallback =
  (stores: { readonly record: RecordCallback; readonly bodies: Bodies; readonly spill: Spill; readonly keeping: Keeping }) =>
  async (record: CallbackRecord): Promise<StoreOutcome> => {
    const reasons: string[] = [];
    try {
      // One limit for both: bytes that go to the bucket first must not take longer in total.
      const signal = AbortSignal.timeout(tableBudgetMs);
      const item = await prepareItem(record, stores.bodies, stores.keeping, signal);
      const { kind } = await stores.record(item, signal);
      // Nothing is wrong with the table: the fallback stores are not for what it has rejected.
      return kind === "crowded"
        ? { kind: "not stored", reason: "too many other bytes under its id" }
        : { kind: "recorded", recorded: kind };
    } catch (error) {
      reasons.push(`table: ${nameOf(error)}`);
    }
    const item = toItem(record, packBody(record.raw.body), keptFrom(record.storedAt, stores.keeping));
    for (const to of ["queue", "bucket"] as const) {
      try {
        const signal = AbortSignal.timeout(spillBudgetMs);
        await (to === "queue" ? stores.spill.toQueue(item, signal) : stores.spill.toBucket(item, signal));
        return { kind: "spilled", to, reason: reasons.join("; ") };
      } catch (error) {
        reasons.push(`${to}: ${nameOf(error)}`);
      }
    }
    return { kind: "not stored", reason: reasons.join("; ") };
  };

/** The error's name only: a message can quote what was sent. */
const nameOf = (error: unknown): string => (error instanceof Error ? error.name : "unknown error");
