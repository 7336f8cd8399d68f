/** Where lines go as they are found. */
import type { RefundLine } from "../../../core/refunds/payment-line.ts";
import type { Ending } from "./ending.ts";

export interface Sink {
  add(lines: readonly RefundLine[]): Promise<void>;
  end(ending: Ending): Promise<void>;
}
