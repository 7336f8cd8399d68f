/** What is known of a list once it is complete. */
import type { Millis } from "../../../core/callback.ts";
import type { Interval } from "../../../core/charges/taken.ts";
import type { Records } from "../../../core/refunds/estimate.ts";
import type { Party } from "../../../core/refunds/payment-line.ts";
import type { NothingBack } from "../../../core/refunds/refund-list.ts";
import type { RefundSum } from "../../../core/refunds/refund-sums.ts";
import type { Report } from "../select/question.ts";

export interface Ending {
  readonly asOf: Millis;
  readonly records: Records;
  readonly between?: Interval | undefined;
  readonly sums: readonly RefundSum[];
  /** Not of all charges of a time, which would be most of them. */
  readonly nothing: readonly NothingBack[];
  readonly nothingCount: number;
  readonly unpriced: readonly Party[];
  readonly report: Report;
}
