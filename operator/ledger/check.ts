/** The ledger against the records: what each of them says, read with today's gateways, and what stands there of it. */
import type { ApplicationEntry } from "../../core/application/both-sides.ts";
import type { EntryDifference } from "../../core/application/differences.ts";
import { applicationEntriesOf } from "../../core/application/entry.ts";
import type { Millis } from "../../core/callback.ts";
import type { Filter } from "../../core/filter.ts";
import type { FindingPlace } from "../../core/findings/finding.ts";
import { type Difference, differencesOf } from "../../core/ledger/differences.ts";
import { type Entry, entriesOf } from "../../core/ledger/entry.ts";
import { sentenceOf } from "../../core/lifecycle/cause-text.ts";
import type { Mode } from "../../core/mode.ts";
import type { RecordKey } from "../../core/record.ts";
import { understand } from "../../core/understand.ts";
import type { Connection } from "../connect/connect.ts";
import { select } from "../query/select.ts";

export type Checked = { readonly key: RecordKey } & (
  | { readonly kind: "agrees"; readonly places: readonly FindingPlace[] }
  /** `said`: what entering the record again would write. */
  | {
      readonly kind: "differs";
      readonly entries: readonly Entry[];
      readonly differences: readonly Difference[];
      readonly places: readonly FindingPlace[];
      /** What the callback is, where its source is not for that: then it says nothing. */
      readonly otherMode?: Mode;
    }
  /** The same of application events. */
  | {
      readonly kind: "application differs";
      readonly entries: readonly ApplicationEntry[];
      readonly differences: readonly EntryDifference[];
      readonly places: readonly FindingPlace[];
    }
  /** On a person's request: what stands there stays, and there is nothing to hold it against. The findings that follow from it are checked. */
  | { readonly kind: "erased"; readonly at: Millis; readonly places: readonly FindingPlace[] }
  /** Its bytes are gone, or today's gateway does not understand them: what stands there stays. */
  | { readonly kind: "cannot be read"; readonly why: string }
);

/** Each record that has been applied to the ledger, oldest first, and settled by itself: what cannot be read stops nothing. */
export async function* checkLedger(connection: Connection, filter: Filter): AsyncGenerator<Checked> {
  const findGateway = await connection.gateways();
  for await (const { key, progress } of select(connection, filter, "oldest first")) {
    if (!progress?.applied) continue;
    const { erasedAt: at, source, contracts } = progress;
    if (at !== undefined) yield { key, kind: "erased", at, places: contracts.map((line) => ({ source, line })) };
    else yield { key, ...(await checkRecord(connection, findGateway, key)) };
  }
}

type Outcome = Checked extends infer One ? (One extends Checked ? Omit<One, "key"> : never) : never;

const checkRecord = async (
  { records, ledger, config }: Connection,
  findGateway: Awaited<ReturnType<Connection["gateways"]>>,
  key: RecordKey,
): Promise<Outcome> => {
  const read = await records.read(key);
  if (read.kind === "none") return { kind: "cannot be read", why: "the record is gone: its retention time is over" };
  if (read.kind === "unreadable") return { kind: "cannot be read", why: sentenceOf(read.cause) };
  const understood = understand(read.record, findGateway(read.record.gateway), config);
  if (understood.kind === "unintelligible") return { kind: "cannot be read", why: sentenceOf(understood.cause) };
  if (understood.kind === "application") {
    const all = applicationEntriesOf(key, understood.applicationEvents);
    const differences = await ledger.checkApplicationEvents(all);
    const places = all.flatMap(placesOfApplicationEvent);
    return differences.length === 0 ? { kind: "agrees", places } : { kind: "application differs", entries: all, differences, places };
  }
  const entries = entriesOf(key, read.record.raw.source, understood.events);
  const { expected, stored, unlinked } = await ledger.around(key, entries);
  const { otherMode } = understood;
  const places = otherMode ? [] : entries.map(({ source, contract }) => ({ source, line: contract }));
  // What is a test of a source for real payments, or the reverse, says nothing to the ledger; an earlier version may have entered it.
  const differences = otherMode ? differencesOf([], { stored, unlinked: [] }) : differencesOf(expected, { stored, unlinked });
  if (differences.length === 0) return { kind: "agrees", places };
  return { kind: "differs", differences, places, ...(otherMode ? { entries: [], otherMode } : { entries }) };
};

const placesOfApplicationEvent = ({ event }: ApplicationEntry): readonly FindingPlace[] =>
  event.type === "contract.linked"
    ? event.contracts.map(({ source, contract }) => ({ source, line: contract }))
    : [{ account: event.account }];
