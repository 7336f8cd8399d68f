/**
 * The findings of contracts that have to do with one another: a pure function of what both sides said, the graces and the time. Neither the
 * order of events nor repetition changes it (promise P5), and time alone changes it only at the moments it announces.
 */
import type { BothSides } from "../application/both-sides.ts";
import type { Millis } from "../callback.ts";
import { compareText } from "../ledger/text-order.ts";
import { type Draft, findingOf } from "./draft.ts";
import { type Finding, findingId } from "./finding.ts";
import { conflicts, type OpenConflict } from "./rules/conflict.ts";
import { accountClosed } from "./rules/ending/account-closed.ts";
import { chargedAfterEnd } from "./rules/ending/charged-after-end.ts";
import { siblingLeft } from "./rules/ending/sibling-left.ts";
import { unconfirmed } from "./rules/ending/unconfirmed.ts";
import { chargedUnentitled } from "./rules/entitlement/charged-unentitled.ts";
import { entitledUncharged } from "./rules/entitlement/entitled-uncharged.ts";
import { replacedOrDoubled } from "./rules/entitlement/replaced-or-doubled.ts";
import { amountDiffers } from "./rules/payment/amount-differs.ts";
import { cardChecks } from "./rules/payment/card-checks.ts";
import { disputed } from "./rules/payment/disputed.ts";
import { refundNotSeen } from "./rules/payment/refund-not-seen.ts";
import { renewalSilent } from "./rules/payment/renewal-silent.ts";
import type { Rule } from "./rules/rule.ts";
import { unknownType } from "./rules/unknown-type.ts";
import type { FindingSettings } from "./settings.ts";
import { sidesOf } from "./sides/sides.ts";
import { watchAt } from "./watch.ts";

export interface Found {
  /** Sorted by id; each cause once (R-ONE-1). */
  readonly findings: readonly Finding[];
  /** Before this moment time alone changes nothing. Undefined: never. */
  readonly again?: Millis;
  /** A source about which the application has not said anything yet: once it has, there may be more. */
  readonly sideless?: string;
}

const rules: readonly Rule[] = [
  replacedOrDoubled,
  entitledUncharged,
  chargedUnentitled,
  chargedAfterEnd,
  accountClosed,
  unconfirmed,
  siblingLeft,
  cardChecks,
  refundNotSeen,
  renewalSilent,
  amountDiffers,
  disputed,
  unknownType,
];

/** What the rules state of each finding, the one that stands under its id. */
export const draftsOf = (component: BothSides, settings: FindingSettings, now: Millis): ReadonlyMap<string, Draft> =>
  stated(component, settings, now).drafts;

export const findingsOf = (component: BothSides, settings: FindingSettings, now: Millis): Found => {
  const { drafts, ...found } = stated(component, settings, now);
  return { findings: [...drafts.values()].map(findingOf), ...found };
};

const stated = (
  component: BothSides,
  settings: FindingSettings,
  now: Millis,
): Omit<Found, "findings"> & { readonly drafts: ReadonlyMap<string, Draft> } => {
  const watch = watchAt(now);
  const sides = sidesOf(component);
  const sideless = new Set<string>();
  const hasSide = (source: string): boolean => {
    const has = settings.hasSide(source);
    if (!has) sideless.add(source);
    return has;
  };
  const drafts: readonly Draft[] = rules.flatMap((rule) => rule({ sides, settings: { ...settings, hasSide }, watch }));
  const again = watch.next();
  const [waitsFor] = sideless;
  return {
    drafts: oneEach(drafts),
    ...(again !== undefined && { again }),
    ...(waitsFor !== undefined && { sideless: waitsFor }),
  };
};

/**
 * The findings of open conflicts, which no event of either side says: one for each record. They are looked for by themselves, when a conflict comes
 * or is decided, so that no look has to ask for each record whether there is one.
 */
export const conflictFindings = (open: readonly OpenConflict[], component: BothSides): readonly Finding[] =>
  [...oneEach(conflicts(open, sidesOf(component))).values()].map(findingOf);

/** Two causes of one class about one subject share its place: the first, by time and then by rule, stands. */
const oneEach = (drafts: readonly Draft[]): ReadonlyMap<string, Draft> =>
  new Map(
    [...Map.groupBy(drafts, ({ cause, subject }) => findingId(cause, subject))]
      .map(([id, some]) => [id, some.toSorted((one, other) => one.since - other.since)[0] as Draft] as const)
      .sort(([one], [other]) => compareText(one, other)),
  );
