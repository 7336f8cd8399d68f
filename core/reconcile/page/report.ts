/** What a page is made of. */
import type { Millis } from "../../callback.ts";
import type { Zone } from "../../formats/zone.ts";
import type { Comparison } from "../compare/comparison.ts";
import type { FileReport } from "../file-report.ts";
import type { ReconciliationRun } from "../run.ts";

export interface Report {
  readonly comparison: Comparison;
  readonly files: readonly FileReport[];
  /** Earlier ones of this source, oldest first. */
  readonly earlier: readonly ReconciliationRun[];
  readonly madeAt: Millis;
  readonly zone: Zone;
  /** Of what this deployment is called. */
  readonly deployment: string;
  /** A command to type. */
  readonly command: (...words: readonly string[]) => string;
}
