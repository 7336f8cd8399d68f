/** P1 to P8 (docs/architecture.md), as far as they are visible from outside. Each check reports what it looked at, and what it found wrong. */
import type { Evidence, Finding } from "./evidence.ts";
import { acknowledgedMeansDurable, durableMeansAcknowledged, oneCallbackOneRecord } from "./promises-front.ts";
import { badInputChangesNothing, ledgerDoesNotDependOnLuck, replayIsSafe } from "./promises-ledger.ts";
import { nothingStoredIsForgotten, oneContractOneLine } from "./promises-line.ts";

export interface Judged extends Finding {
  readonly promise: string;
  readonly title: string;
}

type Check = (evidence: Evidence) => Finding;

const checks: readonly (readonly [promise: string, title: string, check: Check])[] = [
  ["P1", "Acknowledged means durable", acknowledgedMeansDurable],
  ["P2", "Durable means acknowledged", durableMeansAcknowledged],
  ["P3", "One callback, one record", oneCallbackOneRecord],
  ["P4", "Nothing stored is forgotten", nothingStoredIsForgotten],
  ["P5", "The ledger does not depend on luck", ledgerDoesNotDependOnLuck],
  ["P6", "One contract, one line", oneContractOneLine],
  ["P7", "Replay is safe", replayIsSafe],
  ["P8", "Bad input changes nothing", badInputChangesNothing],
];

export const judge = (evidence: Evidence): readonly Judged[] =>
  checks.map(([promise, title, check]) => ({ promise, title, ...check(evidence) }));
