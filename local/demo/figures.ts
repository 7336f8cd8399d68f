/** The demo's figures, counted from the evidence. docs/demo.md says what each means. */

import type { Exchange } from "./evidence.ts";
import { distinct, type Evidence, genuineOf, quarantinedOf, recordsOf, type Stored, takenBy } from "./evidence.ts";

/** What `--json` prints, in this order. */
export interface Figures {
  readonly sent: number;
  readonly genuine: number;
  readonly acknowledged: number;
  readonly recorded: number;
  readonly duplicates: number;
  readonly refused: number;
  readonly delivered: number;
  readonly dead: number;
  readonly replayed: number;
  readonly undelivered: number;
  readonly ackP50Ms: number;
  readonly ackP99Ms: number;
}

export const countAll = (evidence: Evidence): Figures => {
  const { exchanges, seen, before, after } = evidence;
  const { sent: requests, genuine, acknowledged, duplicates, refused } = countAnswers(exchanges);
  const sent = distinct(genuineOf(exchanges));
  const records = recordsOf(after).filter(({ sha256 }) => sent.has(sha256));
  const delivered = countTaken(records, takenBy(seen));
  const latencies = genuineOf(exchanges)
    .filter(({ answer }) => answer === "acknowledged")
    .map(({ sentAt, endedAt }) => endedAt - sentAt)
    .sort((one, other) => one - other);
  return {
    sent: requests,
    genuine,
    acknowledged,
    recorded: records.length,
    duplicates,
    refused,
    delivered,
    dead: [...before.progress.values()].filter(({ state }) => state === "dead").length,
    replayed: [...before.progress.values()].filter(
      ({ key, state, epoch }) => state === "dead" && (after.progress.get(key)?.epoch ?? epoch) > epoch,
    ).length,
    undelivered: records.length - delivered,
    ackP50Ms: percentile(latencies, 0.5),
    ackP99Ms: percentile(latencies, 0.99),
  };
};

/** One source's row of the table: as things stood before the replay. */
export const countSource = (evidence: Evidence, source: string) => {
  const exchanges = evidence.exchanges.filter((one) => one.source === source);
  const sent = distinct(genuineOf(exchanges));
  const ofSource = ({ record }: Stored) => record.raw.source === source;
  const records = recordsOf(evidence.before).filter((one) => ofSource(one) && sent.has(one.sha256));
  const inState = (state: string) => records.filter(({ record }) => evidence.before.progress.get(record.key)?.state === state).length;
  return {
    ...countAnswers(exchanges),
    recorded: records.length,
    quarantined: quarantinedOf(evidence.before).filter(ofSource).length,
    delivered: countTaken(records, takenBy(evidence.seen.filter(({ arrivedAt }) => arrivedAt < evidence.replayedFrom))),
    waiting: inState("waiting"),
    dead: inState("dead"),
  };
};

const countAnswers = (exchanges: readonly Exchange[]) => {
  const genuine = genuineOf(exchanges);
  const acks = genuine.filter(({ answer }) => answer === "acknowledged");
  const acknowledged = distinct(acks).size;
  return {
    sent: exchanges.length,
    genuine: distinct(genuine).size,
    acknowledged,
    duplicates: acks.length - acknowledged,
    refused: exchanges.filter(({ answer }) => answer === "rejected").length,
  };
};

const countTaken = (records: readonly Stored[], taken: ReadonlySet<string>): number =>
  records.filter(({ record }) => taken.has(record.key)).length;

/** The smallest value that so large a part of them does not exceed, to a tenth. */
const percentile = (sorted: readonly number[], part: number): number =>
  Math.round((sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? 0) * 10) / 10;
