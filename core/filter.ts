/** Which records an operator means. */
import type { Millis } from "./callback.ts";
import { isoTime } from "./formats/iso-time.ts";
import type { RecordState } from "./lifecycle/progress.ts";

export interface Filter {
  readonly source?: string;
  readonly states?: readonly RecordState[];
  readonly contract?: { readonly source: string; readonly contract: string };
  readonly since?: Millis;
  /** Included. */
  readonly until?: Millis;
  /** Part of the reason, ignoring case. */
  readonly reason?: string;
}

/** As text: for plans, lists and the audit trail. */
export const filterWords = ({ source, states, contract, since, until, reason }: Filter): string =>
  [
    source && `source ${source}`,
    states && `state ${states.join(", ")}`,
    contract && `contract ${contract.source}/${contract.contract}`,
    since && `since ${isoTime(since)}`,
    until && `until ${isoTime(until)}`,
    reason && `reason "${reason}"`,
  ]
    .filter(Boolean)
    .join(", ");
