/**
 * What can be seen of a stack in its tables and queues, in parts that are looked at separately: where one look fails, the
 * others still count, and what depends on it is unknown rather than well.
 */
import type { Millis } from "../callback.ts";
import type { Tally } from "../findings/tally/tally.ts";
import type { Hold } from "../lifecycle/holds/hold.ts";
import type { RecordKey } from "../record.ts";

export interface Oldest {
  readonly key: RecordKey;
  readonly storedAt: Millis;
}

export interface QueueDepth {
  /** Available. */
  readonly visible: number;
  /** In flight, or waiting for their next attempt. */
  readonly hidden: number;
  readonly delayed: number;
}

/** How the last run of the sweep ended, as it wrote it down. */
export interface SweepRun {
  readonly at: Millis;
  /** The steps that failed. */
  readonly failed: readonly string[];
  /** The first of the runs in a row that failed. */
  readonly failingSince?: Millis;
  /** Callbacks in the fallback stores, if it could count them. */
  readonly spilled?: { readonly queue: number; readonly bucket: number };
  /** The first of the runs in a row that found any. */
  readonly spilledSince?: Millis;
}

export interface SightOfTarget {
  readonly target: string;
  /** Records that wait for its hold. */
  readonly held: number;
  readonly oldest?: Oldest;
  readonly hold?: Hold;
  /** Refused for the age of their signature, and due for another look; of the thousand that are due first. */
  readonly tooOld?: { readonly count: number; readonly since: Millis };
}

export interface SightOfSource {
  readonly source: string;
  /** Its latest recorded callback, if it is among those that were read. */
  readonly lastAt?: Millis;
  /** Recorded within the last quarter of an hour. */
  readonly recorded: number;
  /** In quarantine, undecided and not older than a day: all of them, those of the last quarter of an hour, and those since `lastAt`. */
  readonly quarantined: { readonly count: number; readonly lately: number; readonly sinceLast: number; readonly first?: Millis };
  /** Of a source with `expect`: callbacks within its period. Undefined when too many others came to see them all. */
  readonly inPeriod?: number;
}

export interface Sight {
  readonly unsettled: {
    readonly count: number;
    readonly oldest?: Oldest;
    /** Everything stored up to here is settled or counted. Undefined before the first audit. */
    readonly auditedTo?: Millis;
    /** Those that were acknowledged and cannot be verified. */
    readonly unverified: { readonly count: number; readonly oldest?: Oldest; readonly sources: readonly string[] };
  };
  readonly dead: { readonly count: number; readonly oldest?: Oldest; readonly since?: Millis; readonly crashed: number };
  /** What came under a known id with another content, and is not decided. */
  readonly conflicts: { readonly count: number; readonly oldest?: Oldest };
  /** What open findings add up to; undefined while the first count of more than can be read at once is not at its end. */
  readonly findings: { readonly tally?: Tally };
  readonly waiting: { readonly count: number; readonly oldest?: Oldest };
  readonly targets: readonly SightOfTarget[];
  /** The queue as it is now; the bucket as the sweep saw it. */
  readonly spill: { readonly queue: QueueDepth; readonly run?: SweepRun };
  readonly sweep: { readonly run?: SweepRun };
  readonly sources: readonly SightOfSource[];
  /** Networks whose places in the quarantine of this hour or the one before are nearly used up; `undecided` callbacks of a day. */
  readonly quarantine: {
    readonly undecided: number;
    readonly lastHour: number;
    readonly crowded: number;
    readonly first?: Millis;
    /** Of sources that acknowledge what they cannot verify, however long ago: their gateways do not send it again. */
    readonly acknowledged: readonly { readonly source: string; readonly count: number; readonly first: Millis }[];
  };
}

export type Part = keyof Sight;

export type Look<Seen> = { readonly kind: "seen"; readonly seen: Seen } | { readonly kind: "failed"; readonly why: string };

export type Looks = { readonly [P in Part]: Look<Sight[P]> };
