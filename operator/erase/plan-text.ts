/** The plan of an erasure, for people and as JSON. */
import { dayMs } from "../../core/durations.ts";
import { counted } from "../../core/formats/counted.ts";
import { isoTime } from "../../core/formats/iso-time.ts";
import { printableLine } from "../../core/formats/printable.ts";
import type { LeftOut, Person } from "../../io/ledger/erasure/reach.ts";
import type { Connection } from "../connect/connect.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { type EraseCounts, type ErasePlan, nameInAudit } from "./plan.ts";

/** Any second of that many days can be restored (lib/stores/sealed-table.ts), and so long the bucket keeps what was deleted (lib/stores/bodies.ts). */
const backupDays = { tables: 35, bucket: 30, queues: 14, stream: 1 } as const;

export const personText = (person: Person): string =>
  printableLine("account" in person ? `account ${person.account}` : `customer ${person.source}/${person.customer}`);

export const erasePlanText = (plan: ErasePlan, connection: Connection, terminal: Pick<Terminal, "colours">): string => {
  const { bold, yellow } = terminal.colours;
  const { stays, leftOut } = plan;
  const later = stays.entering + stays.undeliveredShared + stays.spilled;
  return [
    bold(`To be erased: ${personText(plan.person)}`),
    ...removedLines(plan.counts),
    "",
    bold("Stays"),
    `  amounts, times and numbers of ${counted(stays.contracts, "contract")} and ${counted(stays.payments, "payment")}: ${counted(stays.entries, "entry", "entries")} of the ledger`,
    `  keys, hashes and times of ${counted(stays.keys, "callback")}: a redelivery is then known, and nothing of it is stored`,
    ...(stays.tellingKeys > 0 ? [yellow(`  ${stays.tellingKeys} of these keys have an e-mail address in them, until they expire`)] : []),
    "  the audit trail, which nobody can change: what operators did, about which contract or finding, with the reasons they gave",
    ...(stays.erasedBefore > 0 ? [`  ${counted(stays.erasedBefore, "callback")} erased before`] : []),
    ...(later > 0 ? ["", bold("Not yet: run this again for"), ...laterLines(plan)] : []),
    ...(leftOut.length > 0 ? ["", bold("Left out, because it is not this person's alone"), ...leftOut.map(leftOutLine)] : []),
    "",
    bold("Still there for a time"),
    ...backupLines(connection).map((line) => `  ${line}`),
    "",
  ].join("\n");
};

const removedLines = (counts: EraseCounts): readonly string[] => {
  const { records, notDelivered, deadLetters, quarantined, shared, conflicts, copies, inBucket } = counts;
  const lines: readonly (readonly [number, string])[] = [
    [records, `${counted(records, "callback")}: bytes, headers, URL, sender's address, and what the application answered`],
    [quarantined, `  of these ${quarantined} in quarantine`],
    [notDelivered, `  of these ${notDelivered} not delivered, which never will be; ${counted(deadLetters, "dead letter")} among them`],
    [shared, `  of these ${shared} about others too: their bytes are gone for all; the ledger keeps what they said of others`],
    [conflicts, `${counted(conflicts, "callback")} that came under the id of one of these with another content`],
    [copies, `${counted(copies, "copy", "copies")} of these under another key`],
    [inBucket, `${counted(inBucket, "object")} of the bucket`],
    [counts.events, `texts and names in ${counted(counts.events, "event")} of the gateways`],
    [counts.said, `the account's id in ${counted(counts.said, "event")} of the application: a hash takes its place`],
    [counts.findings, `names, notes and reasons in ${counted(counts.findings, "finding")}`],
    [counts.notes, `the text of ${counted(counts.notes, "note")} of operators`],
    [counts.pointers, `names in ${counted(counts.pointers, "pointer")} between these`],
  ];
  const some = lines.filter(([count]) => count > 0).map(([, line]) => `  ${line}`);
  return some.length > 0 ? some : ["  nothing is left to erase"];
};

const laterLines = ({ stays }: ErasePlan): readonly string[] => [
  ...(stays.entering > 0
    ? [`  ${counted(stays.entering, "callback")} on the way into the ledger, which has to learn of the amounts first: in some minutes`]
    : []),
  ...(stays.undeliveredShared > 0
    ? [`  ${counted(stays.undeliveredShared, "callback")} with events of others that are not delivered yet: when they are`]
    : []),
  ...(stays.spilled > 0
    ? [`  ${counted(stays.spilled, "callback")} in the fallback stores, perhaps not of this person: when they are recorded`]
    : []),
];

const leftOutLine = ({ kind, source, id, accounts }: LeftOut): string => {
  const whose = accounts.length > 0 ? `also of account ${accounts.join(", ")}` : "of too many contracts to be one person's";
  return printableLine(`  ${kind} ${source}/${id}: ${whose}`);
};

const backupLines = (connection: Connection): readonly string[] => {
  if (connection.local) return ["the local stack has no backups; what its log files quote stays"];
  const until = (days: number) => isoTime(connection.clock() + days * dayMs).slice(0, 10);
  return [
    `both tables can be restored to any second of the last ${backupDays.tables} days: until ${until(backupDays.tables)} a restored copy has all of it`,
    `the bucket keeps what is deleted, and what relay has given up, for ${backupDays.bucket} days: until ${until(backupDays.bucket)}`,
    `the records' stream for a day; the queues for ${backupDays.queues} days at most: doorbells and dead letters carry no callback, and what is spilled is recorded within minutes, as a duplicate`,
    "what the application was sent, what was exported, and what CloudWatch has of the application's own logs, is not Holdfast's to erase",
  ];
};

export const erasePlanJson = (plan: ErasePlan, connection: Connection) => ({
  person: plan.person,
  inAudit: nameInAudit(plan.person),
  erased: plan.counts,
  stays: plan.stays,
  leftOut: plan.leftOut,
  backups: connection.local ? [] : backupLines(connection),
});
