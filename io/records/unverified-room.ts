/** Takes a place for a callback that is to be kept unverified: one more put before its own, in a state that should be rare. */
import type { RawCallback } from "../../core/callback.ts";
import { dayMs } from "../../core/durations.ts";
import { unverifiedKey } from "../../core/receive/receive.ts";
import { unverifiedPlaces } from "../../core/receive/unverified-room.ts";
import { digest } from "../../core/signature.ts";
import { expiryAttribute, unverifiedPlaceKey } from "../table.ts";
import type { PutIfNew } from "./put-if-new.ts";

/** `unknown`: the table does not answer. What is then kept goes to the fallback stores, or is rejected. */
export type UnverifiedRoom = (raw: RawCallback) => Promise<"taken" | "full" | "unknown">;

const budgetMs = 700;

/** Never throws. The same callback takes one place, however often it comes within an hour. */
export const createUnverifiedRoom =
  ({ put }: { readonly put: PutIfNew }): UnverifiedRoom =>
  async (raw) => {
    const hash = digest("sha256", [unverifiedKey(raw)]);
    const { room, places } = unverifiedPlaces(raw, hash);
    const signal = AbortSignal.timeout(budgetMs);
    const expiresAt = String(Math.floor((raw.receivedAt + dayMs) / 1000));
    try {
      for (const place of places) {
        const { pk, sk } = unverifiedPlaceKey(room, place);
        const before = await put({ pk: { S: pk }, sk: { S: sk }, taken: { S: hash }, [expiryAttribute]: { N: expiresAt } }, signal);
        if (before === "new" || before.taken?.S === hash) return "taken";
      }
      return "full";
    } catch {
      return "unknown";
    }
  };
