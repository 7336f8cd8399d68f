/**
 * List prices, and what is assumed beside what is measured. One table: whoever reads it in another year or Region changes it here.
 * Without free tiers, discounts and taxes.
 */
export const prices = {
  date: "2026-11-26",
  region: "us-east-1",
  /** USD per million, unless the name says otherwise. */
  httpApiRequests: 1.0,
  lambdaRequests: 0.2,
  /** arm64. */
  lambdaPerGbSecond: 0.0000133334,
  /** On demand. */
  writeUnits: 0.625,
  readUnits: 0.125,
  sqsFifoRequests: 0.5,
  sqsRequests: 0.4,
  s3Lists: 5.0,
  secretReads: 5.0,
  logsPerGb: 0.5,
  tablePerGbMonth: 0.25,
  /** Point-in-time recovery, by the size of the table. */
  recoveryPerGbMonth: 0.2,
  /** A month each. */
  key: 1.0,
  secret: 0.4,
  alarm: 0.1,
  customMetric: 0.3,
} as const;

/** What no run on one machine can measure. */
export const assumptions = {
  /** Milliseconds that a function waits for one call; calls of one record's turn follow each other. */
  waitMs: { DynamoDB: 5, SQS: 8, application: 100 },
  /** Lambda's share of a processor: 1,769 MB are one. */
  memoryOfOneCpu: 1_769,
  /** A line of the front's access log, counted from its format. */
  accessLogBytes: 271,
  /** START, END and REPORT of an invocation, in the plain format. */
  platformLogBytes: 458,
  /** How CloudWatch Logs counts a line beside its text. */
  bytesPerLogLine: 26,
  /** DynamoDB adds this to every item it keeps, and to every entry of an index. */
  bytesPerStoredItem: 100,
  minutesPerMonth: 43_200,
  /** Long polls of an idle queue by the pollers that Lambda keeps. */
  idleReceivesPerMonth: 650_000,
} as const;
