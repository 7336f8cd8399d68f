/** What an erasure would do: everything that there is of a person, counted by kind, before anything is changed. */
import { isTelling, pseudonym, type Rename, renaming } from "../../core/erasure/pseudonym.ts";
import { ledgerEventId, ledgerId } from "../../core/ledger-id.ts";
import { isSettled } from "../../core/lifecycle/progress.ts";
import { isQuarantined } from "../../core/receive/quarantine.ts";
import type { RecordKey } from "../../core/record.ts";
import { inGroups } from "../../core/sequences.ts";
import type { Gateway } from "../../gateways/index.ts";
import type { Item } from "../../io/item.ts";
import type { LeftOut, Person, Reach } from "../../io/ledger/erasure/reach.ts";
import type { Stores } from "../connect/stores.ts";
import { lookForLoose } from "./loose.ts";
import { type EraseRun, type FoundRecord, findRecord, isToBeErased } from "./records.ts";

export interface ErasePlan {
  readonly person: Person;
  readonly run: EraseRun;
  readonly rename: Rename;
  readonly records: readonly FoundRecord[];
  /** Of the ledger, those first that are farthest from the person: what leads to an item is changed after it, so that what is interrupted finds it again. */
  readonly rounds: readonly (readonly Item[])[];
  readonly counts: EraseCounts;
  readonly stays: EraseStays;
  readonly leftOut: readonly LeftOut[];
}

/** What is removed. */
export interface EraseCounts {
  /** Callbacks whose bytes, headers and sender are erased. */
  readonly records: number;
  /** Of these, those that are in quarantine. */
  readonly quarantined: number;
  /** Of these, those that are not delivered, and never will be; and those of them that are dead letters. */
  readonly notDelivered: number;
  readonly deadLetters: number;
  /** Of these, those that are about others too, who keep what the ledger has of them. */
  readonly shared: number;
  /** What came under the ids of these with another content. */
  readonly conflicts: number;
  /** The same bytes under another key: while they were unverified or in quarantine, or a redelivery from before an update. */
  readonly copies: number;
  /** Of all these, those whose bytes are in the bucket. */
  readonly inBucket: number;
  /** Events of the gateways with a text, or an id that says something. */
  readonly events: number;
  /** The application's own events, which name the account. */
  readonly said: number;
  readonly findings: number;
  /** Of operators, about a contract, a payment or the account. */
  readonly notes: number;
  /** Pointers and links with a name in them. */
  readonly pointers: number;
}

/** What is not removed. */
export interface EraseStays {
  readonly contracts: number;
  readonly payments: number;
  /** The ledger's entries with their amounts, times and numbers. */
  readonly entries: number;
  /** Records that stay without anything but key, hash and times. */
  readonly keys: number;
  /** Of these, keys that say by themselves who is meant: an e-mail address in an id of before. */
  readonly tellingKeys: number;
  readonly erasedBefore: number;
  /** Ends later, then run it again: not in the ledger yet; and undelivered, with others' events in it. */
  readonly entering: number;
  readonly undeliveredShared: number;
  /** Callbacks in the fallback stores at the end of the last sweep, of whomever: what they are about is seen when they are recorded. */
  readonly spilled: number;
}

/** Records looked at side by side. */
const together = 16;

/** For the audit trail, which nobody can erase. */
export const nameInAudit = (person: Person): string =>
  "account" in person
    ? `account ${pseudonym(ledgerEventId(person.account))}`
    : `customer ${person.source}/${pseudonym(ledgerId(person.customer))}`;

export const makeErasePlan = async (
  stores: Stores,
  findGateway: (name: string) => Gateway | undefined,
  { person, everywhere }: { readonly person: Person; readonly everywhere: boolean },
): Promise<ErasePlan> => {
  const reach = await stores.erasure.reach(person);
  const rename = renaming(reach.accounts);
  const run: EraseRun = { stores, findGateway, lines: reach.lines, rename };
  const loose = await lookForLoose(stores, findGateway, { ids: idsIn(reach, person), everywhere });
  const entered = new Set(reach.records);
  const keys: readonly RecordKey[] = [...new Set([...reach.records, ...loose.found])];
  const records: FoundRecord[] = [];
  for (const some of inGroups(keys, together))
    records.push(...(await Promise.all(some.map((key) => findRecord(run, key, entered.has(key))))));
  const rounds = await roundsToErase(stores, { reach, keys, rename });
  return {
    person,
    run,
    rename,
    records,
    rounds,
    counts: countsOf(records, rounds.flat()),
    stays: staysOf(records, reach, await spilledIn(stores)),
    leftOut: reach.leftOut,
  };
};

/** Those of the person, and the findings that the records' conflicts have beside them. */
const roundsToErase = async (
  { erasure }: Pick<Stores, "erasure">,
  { reach, keys, rename }: { readonly reach: Reach; readonly keys: readonly RecordKey[]; readonly rename: Rename },
): Promise<readonly (readonly Item[])[]> => {
  const beside: Item[] = [];
  for (const some of inGroups(keys, together)) beside.push(...(await Promise.all(some.map(erasure.conflictFindings))).flat());
  const farthestFirst = [beside, ...reach.rounds.toReversed()];
  const each = new Map<string, { readonly item: Item; readonly round: number }>();
  for (const [round, items] of farthestFirst.entries()) for (const item of items) each.set(`${item.pk?.S} ${item.sk?.S}`, { item, round });
  const held = [...each.values()].filter(({ item }) => erasure.holds(item, rename));
  return farthestFirst.map((_, round) => held.flatMap((one) => (one.round === round ? [one.item] : [])));
};

const spilledIn = async ({ runs }: Stores): Promise<number> => {
  const { queue = 0, bucket = 0 } = (await runs.last())?.spilled ?? {};
  return queue + bucket;
};

/** Each id by which a callback may name the person. */
const idsIn = ({ accounts, lines, customers, orders }: Reach, person: Person): ReadonlySet<string> =>
  new Set([
    ...accounts,
    ...("account" in person ? [ledgerEventId(person.account)] : [ledgerId(person.customer)]),
    ...[...lines, ...customers, ...orders].map((name) => name.slice(name.indexOf("/") + 1)),
  ]);

const countsOf = (all: readonly FoundRecord[], items: readonly Item[]): EraseCounts => {
  const records = all.filter((one) => isToBeErased(one) && !one.waits);
  const undelivered = records.filter(({ progress }) => progress && !isSettled(progress.state));
  const parts = records.flatMap(({ own, elsewhere }) => [...own, ...elsewhere]);
  return {
    records: records.filter(({ own }) => own.some(({ place }) => place === "record")).length,
    quarantined: records.filter(({ key }) => isQuarantined(key)).length,
    notDelivered: undelivered.length,
    deadLetters: undelivered.filter(({ progress }) => progress?.state === "dead").length,
    shared: records.filter(({ isShared }) => isShared).length,
    conflicts: records.flatMap(({ own }) => own.filter(({ place }) => place !== "record")).length,
    copies: records.flatMap(({ elsewhere }) => elsewhere).length,
    inBucket: parts.filter(({ body }) => body).length,
    events: items.filter(({ event }) => event).length,
    said: items.filter(({ said }) => said).length,
    findings: items.filter(({ finding }) => finding).length,
    notes: items.filter(({ note }) => note).length,
    pointers: items.filter(({ event, said, finding, note }) => !event && !said && !finding && !note).length,
  };
};

const staysOf = (records: readonly FoundRecord[], { entries }: Reach, spilled: number): EraseStays => {
  const events = entries.map(({ source, event }) => ({ source, ...event }));
  const distinct = (ids: readonly (string | undefined)[]) => new Set(ids.filter((id) => id !== undefined)).size;
  const kept = records.filter(({ record }) => record);
  return {
    contracts: distinct(events.map(({ source, contract }) => contract && `${source}/${contract}`)),
    payments: distinct(events.map(({ source, charge }) => charge && `${source}/${charge}`)),
    entries: entries.length,
    keys: kept.length,
    tellingKeys: kept.filter(({ key }) => isTelling(key)).length,
    erasedBefore: records.filter((one) => one.record?.erasedAt !== undefined && !isToBeErased(one)).length,
    entering: records.filter(({ waits }) => waits === "entering").length,
    undeliveredShared: records.filter(({ waits }) => waits === "shared").length,
    spilled,
  };
};

export const isNothing = ({ counts, stays, records }: ErasePlan): boolean =>
  Object.values(counts).every((count) => count === 0) && stays.entering + stays.undeliveredShared === 0 && !records.some(isToBeErased);
