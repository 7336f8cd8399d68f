/** What each of our metrics counts, for docs/runbook.md. */
import type { MetricName } from "./metric-names.ts";

/** Counted from API Gateway's access log. */
export const accessMetrics = { throttled: "FrontThrottled", refused: "FrontRefused" } as const;

export type AnyMetric = MetricName | (typeof accessMetrics)[keyof typeof accessMetrics];

export const metricTexts: Readonly<Record<AnyMetric, string>> = {
  Duplicates: "redeliveries",
  Conflicts: "callbacks with the id of another and another content; both are kept",
  Unproven: "unverified callbacks",
  Quarantined: "unverified callbacks kept for an operator to look at",
  NotQuarantined: "unverified callbacks that were not kept: too large, too many, or no place left",
  TooLarge: "requests with more than `maxBodyBytes`, answered with 413 and not stored",
  NoSuchSource: "requests for a source that is not configured, answered with 404",
  NotAllowed: "requests with a method that the gateway does not use, answered with 405",
  StoredUnverified: "callbacks acknowledged while their secret could not be read",
  SpilledToQueue: "callbacks that went to the spill queue",
  SpilledToBucket: "callbacks that went to the bucket",
  Recovered: "callbacks recorded from a fallback store",
  NotRecovered: "attempts to record what was spilled to the queue that failed; it stays there",
  NotStored: "genuine callbacks that were rejected, because they could not be stored",
  FrontThrottled: "from the access log: requests that API Gateway answered with 429",
  FrontRefused: "from the access log: rejections by the function with a 5xx",
  Relayed: "doorbells rung for new records, which is how many were recorded",
  NotRelayed: "records that nothing had rung for within the grace time, and the sweep rang for",
  Resent: "doorbells rung again by the sweep",
  Delivered: "records delivered",
  Ignored: "records with no event that the target wants",
  Entered: "records in which the application says something of its own side, entered into the ledger",
  TestsLeftOut: "records of sources for real payments that say they are a test; neither in the ledger nor delivered",
  RealLeftOut: "records of sources for tests that say they are real; neither in the ledger nor delivered",
  Retried: "attempts that failed and are retried",
  SignaturesTooOld: "deliveries that the application refused for the age of the gateway's signature",
  Waited: "records that had to wait for another or for a hold",
  DeadLettered: "records dead-lettered",
  Crashed: "records dead-lettered because consume crashed on them repeatedly",
  Redriven: "doorbells that the queue gave up after a day of errors, and whose records the sweep rings for again",
  UnknownEvents: "events of types without a meaning yet",
  IncompleteEvents: "events applied to the ledger although their callback left something out",
  ReadBacksUnavailable: "attempts that failed because the gateway's API gave no answer, or did not accept the credential",
  BreakersTripped: "times a target was held because it did not answer",
  OldestUnsettledSeconds: "age of the oldest record that is neither settled, nor dead, nor waiting",
  DeadRecords: "dead letters",
  WaitingRecords: "records that wait for another of their contract",
  HeldRecords: "records that wait for a held target",
  BreakersHolding: "targets held by the circuit breaker",
  RefusedForAge: "records refused for the age of the gateway's signature, of the thousand due first; a target held for it counts as one",
  SpilledWaiting: "callbacks in the spill queue and under `spill/` in the bucket (up to 1,000 there)",
  UnverifiedRecords: "callbacks stored unverified that still cannot be verified",
  OpenConflicts: "callbacks under a known id with another content that nobody has decided about",
  OpenFindings: "findings that are open, taken ones included",
  OldestFindingSeconds: "how long the one has been open that has waited longest for an operator to take it",
  MoneyAtStakePercent:
    "what is at stake in findings that nobody has taken, as a share of `findings.moneyAtStake`: of the currency where that is the largest",
  FindingsOfClass: "open findings of one class, `A2` or `CLOSE`",
  MoneyAtStake: "minor units of one currency that are at stake in open findings, taken ones included",
};
