/** All that is judged: what the gateways saw on the wire, what the application saw, and what lies in the tables. */
import { isQuarantined } from "../../core/quarantine.ts";
import type { Seen } from "./application.ts";
import type { Exchange } from "./gateways.ts";
import type { Twins } from "./plan.ts";
import type { Snapshot, Stored } from "./stores.ts";

export interface Evidence {
  readonly exchanges: readonly Exchange[];
  readonly seen: readonly Seen[];
  /** When everything had come to rest, before anything was replayed; and at the very end. */
  readonly before: Snapshot;
  readonly after: Snapshot;
  /** What had not come to rest when the time was up, as sentences; none in a good run. */
  readonly restless: readonly string[];
  /** How many times the functions say that they have used the spill queue or the bucket. */
  readonly spilled: number;
  readonly twins: readonly Twins[];
  /** Sources that acknowledge also what they cannot prove. */
  readonly accepting: ReadonlySet<string>;
  /** While the application refused connections. Moments are those of `performance.now()`. */
  readonly down: { readonly from: number; readonly to: number };
  /** When the first record was replayed. */
  readonly replayedFrom: number;
  /** Records that had been delivered and were replayed all the same. */
  readonly replayedAgain: readonly string[];
}

/** Records proper, as a gateway's genuine callbacks become: not conflicts, not quarantined, not waiting for their secret. */
export const recordsOf = ({ stored }: Snapshot): readonly Stored[] =>
  stored.filter(({ record, sort }) => sort === "record" && record.verification === "verified");

export const quarantinedOf = ({ stored }: Snapshot): readonly Stored[] => stored.filter(({ record }) => isQuarantined(record.key));

export const genuineOf = (exchanges: readonly Exchange[]): readonly Exchange[] => exchanges.filter(({ genuine }) => genuine);

export const distinct = (exchanges: readonly Exchange[]): ReadonlySet<string> => new Set(exchanges.map(({ sha256 }) => sha256));

export const isSuccess = ({ answered }: Seen): boolean => answered !== undefined && answered.status >= 200 && answered.status < 300;

/** Records that the application has answered with a 2xx. */
export const takenBy = (seen: readonly Seen[]): ReadonlySet<string> => new Set(seen.filter(isSuccess).map(({ record }) => record));
