/** Differences as findings: one for each payment or contract, with all that the export says otherwise about it. */
import { sumsByCurrency } from "../../findings/draft.ts";
import type { ExportDifference } from "../../findings/export-difference.ts";
import { type Finding, type Cause as FindingCause, findingId, type Severity, type Subject } from "../../findings/finding.ts";
import { compareText } from "../../ledger/text-order.ts";
import { ledgerId } from "../../ledger-id.ts";
import type { Difference } from "../compare/difference.ts";

/** An item has to hold it; nobody reads more. */
const mostOfOne = 20;

/** Sorted by id. */
export const exportFindings = (
  source: string,
  differences: readonly Difference[],
  sums: ReadonlyMap<Difference, Difference["theirs"]> = new Map(),
): readonly Finding[] => {
  const bySubject = new Map<string, { subject: Subject; about: Difference[] }>();
  for (const difference of differences) {
    const subject = isOwnFinding(difference) ? subjectOf(source, difference) : undefined;
    if (!subject) continue;
    const id = findingId(causeOf([]), subject);
    const known = bySubject.get(id);
    if (known) known.about.push(difference);
    else bySubject.set(id, { subject, about: [difference] });
  }
  return [...bySubject.values()]
    .map(({ subject, about }) => findingOf(source, subject, about, sums))
    .sort((one, other) => compareText(one.id, other.id));
};

/**
 * What the application says otherwise is found in what both sides say; what came late is here by now; what is in the ledger and waits is a dead letter
 * or a hold; and a line that stands there twice is no money.
 */
const isOwnFinding = ({ cause, symptom, ours }: Difference): boolean =>
  !(
    cause === "application differs" ||
    cause === "processed late" ||
    (cause === "received, not processed" && ours !== undefined) ||
    (cause === "export wrong" && symptom === "duplicate")
  );

const subjectOf = (source: string, { names }: Difference): Subject | undefined => {
  const [payment] = names.payment;
  if (payment !== undefined) return { kind: "payment", source, id: payment };
  if (names.order !== undefined) return { kind: "order", source, id: names.order };
  if (names.contract !== undefined) return { kind: "contract", source, id: names.contract };
  return names.customer === undefined ? undefined : { kind: "customer", source, id: names.customer };
};

const causeOf = (differences: readonly ExportDifference[]): Extract<FindingCause, { readonly kind: "export differs" }> => ({
  kind: "export differs",
  class: "EXPORT",
  differences,
});

const findingOf = (
  source: string,
  subject: Subject,
  about: readonly Difference[],
  sums: ReadonlyMap<Difference, Difference["theirs"]>,
): Finding => {
  const cause = causeOf(about.slice(0, mostOfOne).map((difference) => kept(difference, sums.get(difference))));
  const every = (name: (difference: Difference) => readonly (string | undefined)[]): readonly string[] =>
    [...new Set(about.flatMap(name).flatMap((id) => (id === undefined ? [] : [ledgerId(id)])))].sort(compareText).slice(0, mostOfOne);
  const times = about.map(({ at }) => at);
  return {
    id: findingId(cause, subject),
    class: "EXPORT",
    cause,
    subject,
    names: {
      accounts: every(({ names }) => [names.account]),
      contracts: every(({ names }) => [names.contract]).map((contract) => `${source}/${contract}`),
      customers: every(({ names }) => [names.customer]),
      orders: every(({ names }) => [names.order]),
      charges: every(({ names }) => names.payment),
    },
    severity: severityOf(about),
    money: sumsByCurrency(about.map(({ money }) => money)),
    since: times.reduce((one, other) => Math.min(one, other)),
    last: times.reduce((one, other) => Math.max(one, other)),
    evidence: about
      .flatMap(({ record, cause: how, at }) => (record === undefined ? [] : [{ record, event: record, type: how, at }]))
      .slice(0, mostOfOne),
  };
};

const kept = (
  { cause, symptom, about, at, names, theirs, ours, money, states }: Difference,
  sum: Difference["theirs"],
): ExportDifference => {
  const said = sum ?? theirs;
  return {
    cause,
    symptom,
    about,
    at,
    ...(names.reference !== undefined && { reference: ledgerId(names.reference) }),
    ...(said && { theirs: said }),
    ...(ours && { ours }),
    ...(money && { money }),
    ...(states?.theirs !== undefined && { state: states.theirs }),
  };
};

const severityOf = (about: readonly Difference[]): Severity => {
  if (about.some(({ symptom, about: what }) => symptom === "duplicate" && what === "charge")) return "urgent";
  return about.some(({ money, about: what }) => money !== undefined || what === "contract") ? "warning" : "notice";
};
