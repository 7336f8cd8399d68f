/**
 * What AWS allows, and what is assumed beside what is measured. `unread`: of general knowledge, not read again in AWS's documentation when
 * this was written; look it up in Service Quotas for your Region before you rely on it.
 */
export interface Limit {
  readonly value: number;
  readonly what: string;
  readonly source: string;
  /** How to ask for more; absent where AWS gives no more. */
  readonly quota?: string;
}

const read = (page: string): string => `https://docs.aws.amazon.com/${page}`;
const unread = "unread";

export const limits = {
  apiRequests: {
    value: 10_000,
    what: "requests a second to all APIs of an account in a Region",
    source: read("apigateway/latest/developerguide/http-api-quotas.html"),
    quota: "API Gateway, throttle rate (L-8A5B8E43)",
  },
  concurrency: {
    value: 1_000,
    what: "concurrent executions of an account in a Region; a new account has 10",
    source: unread,
    quota: "Lambda, concurrent executions (L-B99A9384)",
  },
  newTableWrites: {
    value: 4_000,
    what: "write units a second of a new on-demand table or index; doubles within half an hour of being used up",
    source: read("amazondynamodb/latest/developerguide/warm-throughput.html"),
  },
  tableWrites: {
    value: 40_000,
    what: "write units a second of one table",
    source: read("amazondynamodb/latest/developerguide/warm-throughput.html"),
    quota: "DynamoDB, table-level write throughput limit",
  },
  partitionWrites: {
    value: 1_000,
    what: "write units a second of one partition, and so of one key of an index",
    source: read("amazondynamodb/latest/developerguide/gsi-throttling.html"),
  },
  fifoCalls: {
    value: 9_000,
    what: "calls a second of one kind to a FIFO queue in high-throughput mode, in Tokyo; 70,000 in us-east-1",
    source: unread,
    quota: "SQS, FIFO throughput in high-throughput mode",
  },
} as const satisfies Readonly<Record<string, Limit>>;

export const assumptions = {
  /** Seconds that a function waits for one call within a Region. */
  dynamoDbSeconds: 0.005,
  sqsSeconds: 0.008,
  applicationSeconds: 0.1,
  /** What `receive` waits for a table that hangs, before it spills: functions/steps/receive/store-callback.ts. */
  hangingTableSeconds: 1,
  /** A hot key has this much more than its share. */
  skew: 2,
  /** What is held and released costs the ledger and its index in addition: its place in the line and in the index, and both again. Counted in the code. */
  heldUnits: 8,
  /** Units of the ledger's index for what is held: put, and removed when it is released. */
  heldIndexUnits: 2,
  openShards: 8,
} as const;
