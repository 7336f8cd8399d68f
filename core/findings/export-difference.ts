/** What a gateway's export says otherwise than the ledger about one payment or contract, as a finding keeps it. */
import type { Millis } from "../callback.ts";
import type { WhatDiffers } from "../difference/what-differs.ts";
import type { Money } from "../formats/money.ts";

export interface ExportDifference extends WhatDiffers {
  readonly at: Millis;
  /** Of the refund or the dispute. */
  readonly reference?: string;
  /** What is at stake. */
  readonly money?: Money;
  /** What the gateway says of the state, where that differs. */
  readonly state?: string;
}
