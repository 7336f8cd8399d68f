/** Which findings are meant, and in which order they are shown: the most money first, then the oldest. */
import type { Millis } from "../../core/callback.ts";
import type { FindingClass } from "../../core/findings/finding.ts";
import { type FindingState, isOpen, type StoredFinding } from "../../core/findings/lifecycle/stored.ts";
import type { Money } from "../../core/formats/money.ts";
import type { Findings } from "../../io/ledger/findings/findings.ts";

export interface FindingFilter {
  readonly classes?: readonly FindingClass[] | undefined;
  readonly states?: readonly FindingState[] | undefined;
  readonly source?: string | undefined;
  /** `source/contract`, or the contract alone. */
  readonly contract?: string | undefined;
  readonly account?: string | undefined;
  /** Began by then. */
  readonly before?: Millis | undefined;
  /** At least so many minor units of any currency are at stake. */
  readonly atLeast?: number | undefined;
}

/** In constant time for each: a list of what is shown is in memory, what is left out is not. */
export const selectFindings = async (
  findings: Pick<Findings, "all">,
  filter: FindingFilter,
  broken: (id: string) => void,
): Promise<readonly StoredFinding[]> => {
  const selected: StoredFinding[] = [];
  const states = filter.states ?? openStates;
  const kinds = [
    ...(states.some((state) => openStates.includes(state)) ? (["open"] as const) : []),
    ...(states.some((state) => !openStates.includes(state)) ? (["settled"] as const) : []),
  ];
  for (const kind of kinds)
    for await (const one of findings.all(kind, broken)) if (states.includes(one.standing.state) && matches(one, filter)) selected.push(one);
  return selected.sort(byWeight);
};

const openStates: readonly FindingState[] = ["open", "acknowledged"];

const matches = ({ finding }: StoredFinding, { classes, source, contract, account, before, atLeast }: FindingFilter): boolean =>
  (!classes || classes.includes(finding.class)) &&
  (source === undefined || sourcesOf(finding).includes(source)) &&
  (contract === undefined || isOfContract(finding, contract)) &&
  (account === undefined || finding.names.accounts.includes(account)) &&
  (before === undefined || finding.since <= before) &&
  (atLeast === undefined || finding.money.some(({ minor }) => minor >= atLeast));

const sourcesOf = ({ subject, names }: StoredFinding["finding"]): readonly string[] => [
  ...(subject.kind === "account" ? [] : [subject.source]),
  ...names.contracts.map((contract) => contract.slice(0, contract.indexOf("/"))),
];

const isOfContract = ({ subject, names }: StoredFinding["finding"], typed: string): boolean =>
  names.contracts.some((contract) => contract === typed || contract.slice(contract.indexOf("/") + 1) === typed) ||
  (subject.kind !== "account" && (subject.id === typed || `${subject.source}/${subject.id}` === typed));

/** Currencies have no common measure: each finding weighs as much as its largest amount. */
const weightOf = (money: readonly Money[]): number => money.reduce((most, { minor }) => Math.max(most, minor), 0);

const byWeight = (one: StoredFinding, other: StoredFinding): number =>
  Number(isOpen(other)) - Number(isOpen(one)) ||
  weightOf(other.finding.money) - weightOf(one.finding.money) ||
  one.finding.since - other.finding.since ||
  Number(one.finding.id > other.finding.id) - Number(one.finding.id < other.finding.id);
