/**
 * The lines of the ledger about which something was recorded in a period, each once: found by the timeline of the records, not by reading the
 * ledger. In constant memory, but for the names of the lines.
 */

import type { Millis } from "../../core/callback.ts";
import type { CountedLine } from "../../core/charges/taken.ts";
import { dayMs } from "../../core/durations.ts";
import { counted } from "../../core/formats/counted.ts";
import { localTimeText } from "../../core/formats/local-time.ts";
import type { Zone } from "../../core/formats/zone.ts";
import { contractsOf } from "../../core/lifecycle/doorbell.ts";
import { isRelaxed } from "../../core/lifecycle/line.ts";
import { isSettled, type Progress } from "../../core/lifecycle/progress.ts";
import { inBatches, inGroups } from "../../core/sequences.ts";
import { understand } from "../../core/understand.ts";
import { timeline } from "../../io/records/timeline.ts";
import type { Connection } from "../connect/connect.ts";

export interface Asked {
  /** When it was stored. */
  readonly from: Millis;
  readonly to: Millis;
  readonly source?: string | undefined;
  /** Whether a record with events of these types can matter. */
  readonly isWanted: (types: readonly string[]) => boolean;
}

/** What was read, for those who have to trust the list. */
export interface Reading {
  records: number;
  lines: number;
  /** Not in the ledger yet, or never: dead letters, and what could not be verified. */
  notInLedger: number;
  /** When it was stored. */
  readonly from: Millis;
  readonly to: Millis;
  /** Up to which it has been read. */
  reached: Millis;
  /** More was asked for than records are kept. */
  readonly keptDays?: number;
}

type Readers = Pick<Connection, "config" | "clock" | "records" | "timelineShards" | "ledger" | "open" | "gateways">;

/** Records whose progress is read in one call; DynamoDB's limit. */
const batchSize = 100;
const together = 32;

/** As far as records go back. */
export const readingOf = ({ config, clock }: Pick<Readers, "config" | "clock">, { from, to }: Pick<Asked, "from" | "to">): Reading => {
  const oldest = clock() - (config.retentionDays + 1) * dayMs;
  return {
    records: 0,
    lines: 0,
    notInLedger: 0,
    from: Math.max(from, oldest),
    to,
    reached: Math.max(from, oldest),
    ...(from < oldest && { keptDays: config.retentionDays }),
  };
};

/** What was read and what was not, in sentences. */
export const readText = ({ records, lines, notInLedger, from, keptDays }: Reading, zone: Zone): readonly string[] => [
  `Read: ${counted(records, "record")} stored since ${localTimeText(from, zone)} (${zone}), and ${counted(lines, "line")} of the ledger.`,
  ...(keptDays === undefined
    ? []
    : [
        `Records are kept for ${keptDays} days: what was received before is not in it. \`holdfast contract\` and \`account\` have all of theirs.`,
      ]),
  ...(notInLedger > 0
    ? [
        `${counted(notInLedger, "record")} of that time ${notInLedger === 1 ? "is" : "are"} not in the ledger: \`holdfast status\` says why.`,
      ]
    : []),
];

/** @param reading is brought up to date as it goes */
export async function* recordedLines(stores: Readers, asked: Asked, reading: Reading): AsyncGenerator<CountedLine> {
  const seen = new Set<string>();
  const period = { from: reading.from, to: reading.to, newestFirst: false };
  for await (const batch of inBatches(timeline(stores, period), batchSize)) {
    const keys = batch.map(({ key }) => key).filter((key) => asked.source === undefined || key.startsWith(`${asked.source}/`));
    const known = await stores.open.of(keys, { consistent: false });
    reading.records += keys.length;
    const wanted = keys.flatMap((key) => {
      const progress = known.get(key)?.progress;
      if (isMissing(progress)) reading.notInLedger++;
      return progress?.applied && (!progress.types || asked.isWanted(progress.types)) ? [progress] : [];
    });
    const named: Name[] = [];
    for (const some of inGroups(wanted, together)) named.push(...(await Promise.all(some.map((one) => linesOfRecord(stores, one)))).flat());
    for (let names = fresh(named, seen); names.length > 0; ) {
      const elsewhere: Name[] = [];
      for (const some of inGroups(names, together))
        for (const [name, counted] of await Promise.all(
          some.map(async (name) => [name, await stores.ledger.countedLine(name.source, name.id)] as const),
        )) {
          reading.lines++;
          if (counted.kind === "counted") yield counted.line;
          else elsewhere.push(...counted.contracts.map((id) => ({ source: name.source, id })));
        }
      names = fresh(elsewhere, seen);
    }
    reading.reached = batch.at(-1)?.storedAt ?? reading.reached;
  }
}

/** A record of a target that takes its records in any order has no place in a line: its bytes say which it is about. */
const linesOfRecord = async ({ records, config, gateways }: Readers, { key, source, contracts }: Progress): Promise<readonly Name[]> => {
  if (contracts.length > 0 || !isRelaxed(config, source)) return contracts.map((id) => ({ source, id }));
  const read = await records.read(key);
  if (read.kind !== "record") return [];
  const understood = understand(read.record, (await gateways())(read.record.gateway), config);
  return understood.kind === "understood" ? contractsOf(understood.events).map((id) => ({ source, id })) : [];
};

interface Name {
  readonly source: string;
  readonly id: string;
}

const fresh = (names: readonly Name[], seen: Set<string>): readonly Name[] =>
  names.filter(({ source, id }) => {
    const name = `${source}/${id}`;
    if (seen.has(name)) return false;
    seen.add(name);
    return true;
  });

const isMissing = (progress: Progress | undefined): boolean => !progress || (!progress.applied && !isSettled(progress.state));
