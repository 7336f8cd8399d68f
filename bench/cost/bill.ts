/** From counts to dollars. Pure. */
import type { Deployment, FunctionName } from "./deployment.ts";
import type { Counted, Invocations, Shape } from "./follow.ts";
import type { CostResult } from "./measure.ts";
import { assumptions, prices } from "./prices.ts";
import type { Audited } from "./sweeps.ts";
import { sum } from "./units.ts";

/** USD, by what it is for. */
export type Bill = ReadonlyArray<readonly [what: string, usd: number]>;

export const total = (bill: Bill): number => sum(bill.map(([, usd]) => usd));

/** USD per million callbacks: at most this much. */
export const goals: Readonly<Record<Shape["load"], number>> = { busy: 6, quiet: 9 };

const { waitMs, memoryOfOneCpu } = assumptions;
const million = 1e6;

const lambdaMs = (cpuMs: number, waitedMs: number, memoryMb: number): number => cpuMs / (memoryMb / memoryOfOneCpu) + waitedMs;

/** Per million invocations. */
const lambda = (durationMs: number, memoryMb: number): number =>
  prices.lambdaRequests + million * (durationMs / 1_000) * (memoryMb / 1_024) * prices.lambdaPerGbSecond;

const logs = (bytes: number): number => (million * bytes * prices.logsPerGb) / 1e9;

/** Per million callbacks, of what grows with them. */
export const billOf = (counts: Counted, audited: Audited, { memoryMb, logsPlatform }: Deployment): Bill => {
  const functionCost = (name: Exclude<FunctionName, "sweep">, one: Invocations, waited = 0): number => {
    const waits = one.calls.DynamoDB * waitMs.DynamoDB + one.calls.SQS * waitMs.SQS + waited;
    return one.perCallback * lambda(lambdaMs(one.cpuMs, waits, memoryMb[name]), memoryMb[name]);
  };
  const { receive, relay, consume } = counts.functions;
  const all = [receive, relay, consume];
  const platform = logsPlatform ? assumptions.platformLogBytes * sum(all.map(({ perCallback }) => perCallback)) : 0;
  const written = sum(all.map(({ logBytes, logLines }) => logBytes + logLines * assumptions.bytesPerLogLine));
  const auditMs = lambdaMs(audited.cpuMsPerCallback, 0, memoryMb.sweep);
  return [
    ["HTTP API", prices.httpApiRequests],
    ["receive", functionCost("receive", receive)],
    ["records: the put", counts.records.write * prices.writeUnits],
    ["records: its index", counts.records.indexWrite * prices.writeUnits],
    ["relay", functionCost("relay", relay)],
    ["SQS FIFO: send, receive, delete", counts.sqsRequests * prices.sqsFifoRequests],
    ["consume", functionCost("consume", consume, waitMs.application)],
    ["ledger: writes", (counts.ledger.write + counts.ledger.indexWrite) * prices.writeUnits],
    ["consume's reads", (counts.recordsRead + counts.ledger.read) * prices.readUnits],
    ["the sweep's audit", audited.readPerCallback * prices.readUnits + lambda(auditMs, memoryMb.sweep) - prices.lambdaRequests],
    ["logs", logs(assumptions.accessLogBytes + assumptions.bytesPerLogLine + written + platform)],
  ];
};

/** Per month, whatever comes; of a deployment with five sources. */
export const fixedOf = ({ deployment, audited: { idle }, customMetrics }: CostResult): Bill => {
  const { minutesPerMonth, idleReceivesPerMonth, platformLogBytes } = assumptions;
  const runs = minutesPerMonth / million;
  const sweepMs = lambdaMs(
    idle.cpuMs,
    (idle.sqs * waitMs.SQS + idle.lists * 20 + idle.read * waitMs.DynamoDB) / 4,
    deployment.memoryMb.sweep,
  );
  return [
    ["keys", deployment.keys * prices.key],
    ["secrets", deployment.secrets * prices.secret],
    ["alarms", deployment.alarms * prices.alarm],
    ["custom metrics", customMetrics * prices.customMetric],
    ["idle sweep: function", runs * lambda(sweepMs, deployment.memoryMb.sweep)],
    ["idle sweep: tables", runs * (idle.read * prices.readUnits + idle.write * prices.writeUnits)],
    ["idle sweep: queues and bucket", runs * (idle.sqs * prices.sqsRequests + idle.lists * prices.s3Lists)],
    ["idle sweep: logs", (runs * million * (idle.logBytes + (deployment.logsPlatform ? platformLogBytes : 0)) * prices.logsPerGb) / 1e9],
    ["idle polls of the doorbells", (idleReceivesPerMonth / million) * prices.sqsFifoRequests],
  ];
};

const gigabyte = 2 ** 30;

/** USD a month for what a million callbacks leave behind, by table; records stay for `retentionDays`, the ledger for good. */
export const storageOf = ({ records, ledger }: Counted, itemsInLedger: number): Bill => {
  const perGbMonth = prices.tablePerGbMonth + prices.recoveryPerGbMonth;
  const monthly = (bytes: number) => (million * bytes * perGbMonth) / gigabyte;
  // A record and its entry in the index; an entry and a progress.
  return [
    ["records", monthly(records.bytes + 2 * assumptions.bytesPerStoredItem + 76)],
    ["ledger", monthly(ledger.bytes + itemsInLedger * assumptions.bytesPerStoredItem)],
  ];
};
