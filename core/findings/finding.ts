/** A disagreement between the two sides, or a risk, that an operator has to handle. What is said here is data; finding-text.ts puts it into words. */
import type { Millis } from "../callback.ts";
import type { Money } from "../formats/money.ts";
import type { ContractName } from "../ledger/entry.ts";
import { ledgerId } from "../ledger-id.ts";
import type { RecordKey } from "../record.ts";
import type { ExportDifference } from "./export-difference.ts";
import type { GraceName } from "./graces.ts";

export const findingClasses = [
  "A1",
  "A2",
  "A3",
  "AFTER",
  "CLOSE",
  "CONFIRM",
  "SIBLING",
  "CHECK",
  "REFUND",
  "SILENT",
  "AMOUNT",
  "DISPUTE",
  "UNKNOWN",
  "CONFLICT",
  "EXPORT",
] as const;
export type FindingClass = (typeof findingClasses)[number];

/** Why there is a finding. Those of one class differ in what an operator has to do. */
export type Cause =
  | { readonly kind: "replaced"; readonly class: "A1"; readonly known: string }
  | { readonly kind: "doubled"; readonly class: "A1"; readonly known: string }
  | { readonly kind: "same plan twice"; readonly class: "A1"; readonly other: ContractName; readonly plan: string }
  | { readonly kind: "never charged"; readonly class: "A2" }
  | { readonly kind: "ended"; readonly class: "A2"; readonly endedAt: Millis; readonly paidUntil?: Millis }
  | { readonly kind: "charge failed"; readonly class: "A2"; readonly failedAt: Millis; readonly paidUntil?: Millis }
  | { readonly kind: "charged without entitlement"; readonly class: "A3"; readonly never: boolean; readonly charges: number }
  | { readonly kind: "charged after its end"; readonly class: "AFTER"; readonly endedAt: Millis; readonly charges: number }
  | { readonly kind: "charged after closing"; readonly class: "CLOSE"; readonly closedAt: Millis; readonly charges: number }
  | { readonly kind: "outlives its account"; readonly class: "CLOSE"; readonly closedAt: Millis; readonly living: readonly ContractName[] }
  | {
      readonly kind: "not confirmed";
      readonly class: "CONFIRM";
      readonly requestedAt: Millis;
      /** Its gateway says so when a contract ends. Where it never does, only an export or the gateway's own pages show it. */
      readonly isTold: boolean;
    }
  | { readonly kind: "sibling left active"; readonly class: "SIBLING"; readonly ended: ContractName; readonly endedAt: Millis }
  | { readonly kind: "not voided"; readonly class: "CHECK" }
  | { readonly kind: "checked often"; readonly class: "CHECK"; readonly most: number }
  | ({ readonly kind: "refund not seen"; readonly class: "REFUND" } & AskedBack)
  | ({ readonly kind: "refund cannot be seen"; readonly class: "REFUND" } & AskedBack)
  | { readonly kind: "renewal silent"; readonly class: "SILENT"; readonly dueAt: Millis }
  | { readonly kind: "amount differs"; readonly class: "AMOUNT"; readonly taken?: Money; readonly price: Money; readonly charges: number }
  | { readonly kind: "disputed"; readonly class: "DISPUTE"; readonly disputes: number }
  | { readonly kind: "unknown type"; readonly class: "UNKNOWN"; readonly types: readonly string[] }
  | { readonly kind: "conflict"; readonly class: "CONFLICT"; readonly record: RecordKey }
  | { readonly kind: "export differs"; readonly class: "EXPORT"; readonly differences: readonly ExportDifference[] }
  /** No export of that month was compared by then. */
  | {
      readonly kind: "export overdue";
      readonly class: "EXPORT";
      /** `2026-10`. */
      readonly month: string;
      readonly from: Millis;
      readonly asOf: Millis;
      readonly dueAt: Millis;
    };

/** What was asked for and what came back, of all the payments of which something is missing. */
export interface AskedBack {
  readonly asked: Money;
  readonly back: Money;
  /** The number of payments, where they are several. Findings of earlier versions name the first of them only. */
  readonly payments?: number;
  /** In other currencies. */
  readonly others?: readonly Pick<AskedBack, "asked" | "back">[];
}

/** What it is about: the one thing for which there is at most one finding of its cause (R-ONE-1). */
export type Subject =
  | { readonly kind: "contract"; readonly source: string; readonly id: string }
  /** A payment, or a customer, without a contract; or an order that no payment is known of yet. */
  | { readonly kind: "payment" | "customer" | "order"; readonly source: string; readonly id: string }
  /** What a source's gateway exports of a month: `export:2026-10`. */
  | { readonly kind: "export"; readonly source: string; readonly id: string }
  | { readonly kind: "account"; readonly id: string };

/** Every id that somebody may have in hand. Sorted, each once. */
export interface Names {
  readonly accounts: readonly string[];
  /** `source/contract`. */
  readonly contracts: readonly string[];
  readonly customers: readonly string[];
  readonly orders: readonly string[];
  /** All ids of the payments it is about. */
  readonly charges: readonly string[];
}

/** One thing that was said, by either side. */
export interface Evidence {
  readonly record: RecordKey;
  readonly event: string;
  /** The type, in our words. */
  readonly type: string;
  readonly at: Millis;
}

/** `urgent`: money is taken that must not be. `warning`: money or service is at risk. `notice`: may be intended. */
export const severities = ["urgent", "warning", "notice"] as const;
export type Severity = (typeof severities)[number];

export interface Finding {
  /** Of the same cause and subject always the same, whatever is learned later. */
  readonly id: string;
  readonly class: FindingClass;
  readonly cause: Cause;
  readonly subject: Subject;
  readonly names: Names;
  readonly severity: Severity;
  /** What is at stake, one for each currency, in minor units; empty where nothing is, or where nobody knows. */
  readonly money: readonly Money[];
  /** When it began, by the events' own time: the first charge, the end, the request. Not when it was found. */
  readonly since: Millis;
  /** When it last happened: the last charge, dispute or request. Otherwise `since`. */
  readonly last: Millis;
  readonly evidence: readonly Evidence[];
  /** Which grace had to run out before this was a finding, and when it did. */
  readonly grace?: { readonly name: GraceName; readonly until: Millis };
  /** More belongs to it than is read: an account or a customer that many share. What is said may be incomplete, or wrong. */
  readonly isPartial?: true;
}

/** Causes of one class that can stand beside each other. All others share the class's one place. */
const beside: Partial<Record<Cause["kind"], string>> = {
  "charged after closing": "charged",
  "outlives its account": "outlives",
  "checked often": "often",
  "export overdue": "overdue",
};

/** `A3:stripe-jp/sub_1`, `CLOSE.charged:account/a-17`. What the commands take. */
export const findingId = (cause: Cause, subject: Subject): string => `${placeOf(cause)}:${subjectText(subject)}`;

/** The class, and what distinguishes its causes that can stand beside each other: `A3`, `CLOSE.charged`. */
export const placeOf = (cause: Cause): string => {
  const part = beside[cause.kind];
  return part === undefined ? cause.class : `${cause.class}.${part}`;
};

/** The partitions and the place that an id names; undefined when it is the id of no finding. */
export const readFindingId = (id: string): { readonly place: string; readonly about: FindingPlace } | undefined => {
  const [, place, account, source, line] = /^([A-Z][A-Z0-9]*(?:\.[a-z]+)?):(?:account:(.+)|([^/:]+)\/(.+))/s.exec(id) ?? [];
  if (place === undefined) return undefined;
  if (account !== undefined) return { place, about: { account } };
  return source === undefined || line === undefined ? undefined : { place, about: { source, line } };
};

/** Where findings are kept: beside an account, or beside what a gateway's id names. */
export type FindingPlace = { readonly account: string } | { readonly source: string; readonly line: string };

/** What is looked at again: such a place, or what came under the id of a record. */
export type LookPlace = FindingPlace | { readonly conflict: RecordKey };

export const placeFor = (subject: Subject): FindingPlace =>
  subject.kind === "account" ? { account: ledgerId(subject.id) } : { source: subject.source, line: ledgerId(subject.id) };

/** For people. */
export const placeText = (place: LookPlace): string => {
  if ("conflict" in place) return `conflict ${place.conflict}`;
  return "account" in place ? `account ${place.account}` : `${place.source}/${place.line}`;
};

/** A source is never called `account:`. */
const subjectText = (subject: Subject): string =>
  subject.kind === "account" ? `account:${ledgerId(subject.id)}` : `${subject.source}/${ledgerId(subject.id)}`;
