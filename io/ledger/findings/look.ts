/**
 * Looks for the findings of a contract, a payment or an account and of what belongs to it, and brings what is kept up to date: raised once,
 * updated, closed by itself. Repeating it changes nothing; what was overtaken is looked at again.
 */
import type { Millis } from "../../../core/callback.ts";
import { type FindingPlace, placeText } from "../../../core/findings/finding.ts";
import { sentenceOf } from "../../../core/findings/finding-text.ts";
import type { Found } from "../../../core/findings/findings.ts";
import type { Change } from "../../../core/findings/lifecycle/merge.ts";
import type { AuditEntry } from "../audit.ts";
import type { Beside } from "./beside.ts";
import { findingIdOfKey } from "./finding-item.ts";
import type { Findings } from "./findings.ts";
import { createPlanLook, type LookOptions, type PlanPort } from "./plan-look.ts";

export interface LookPort extends PlanPort {
  readonly findings: Pick<Findings, "beside" | "save" | "lookAgain" | "lookedAt" | "waitForSide" | "noLongerSideless">;
}

/** `too large`: there is no room for what belongs to it, and nothing was changed. */
export type Look = (place: FindingPlace, options?: LookOptions) => Promise<readonly Change[] | "too large">;

/** In the audit trail, for what nobody did. */
const ourselves = "holdfast";

/** Somebody else changes one of them at the same moment: more often than this it does not happen by chance. */
const mostTries = 5;

/** Throws when not all of it could be written; repeating it finishes it. */
export const createLook = (port: LookPort): Look => {
  const { findings, hasApplication } = port;
  const planLook = createPlanLook(port);
  const lookOnce = async (place: FindingPlace, options: LookOptions): Promise<readonly Change[] | "overtaken" | "too large"> => {
    const { now, changes, beside, next, sides, isTooLarge } = await planLook(place, options);
    if (isTooLarge) return "too large";
    const broken = beside.flatMap(([, { broken: some = [] }]) => some.map(findingIdOfKey));
    for (const change of changes) {
      if (broken.includes(change.after.finding.id)) continue;
      const saved = await findings.save(change.after, change.before?.revision ?? 0, entryOf(change, now));
      if (!saved) return "overtaken";
    }
    // All others are as they should be. That moment stays, so that each sweep says so until somebody has restored it.
    if (broken.length > 0)
      throw new Error(`${broken.join(", ")} cannot be read: something has altered it, and \`holdfast ledger rebuild\` restores it`);
    for (const { place: at, own, wanted } of next) await noteNext(at, own, wanted, { now, sides });
    return changes;
  };

  /**
   * Last: until then what was written before has it looked for again. A moment or a mark that is needed no more is left until it has come: another
   * look, which saw what this one has not, may need it.
   */
  const noteNext = async (
    place: FindingPlace,
    own: Beside,
    { again, sideless }: Pick<Found, "again" | "sideless">,
    { now, sides }: { readonly now: Millis; readonly sides: ReadonlySet<string> },
  ): Promise<void> => {
    const hasCome = own.lookAt !== undefined && own.lookAt <= now;
    if (again !== undefined && (own.lookAt === undefined || hasCome || again < own.lookAt)) await findings.lookAgain(place, again, now);
    else if (again === undefined && own.lookAt !== undefined && hasCome) await findings.lookedAt(place, own.lookAt);
    if (hasApplication && sideless !== undefined && sideless !== own.sideless) await findings.waitForSide(place, sideless);
    else if (own.sideless !== undefined && sides.has(own.sideless)) await findings.noLongerSideless(place);
  };

  return async (place, options = {}) => {
    const changed: Change[] = [];
    // What has changed is looked at once more: a payment that has become a contract's meanwhile had nothing beside it when that was learned.
    for (let tries = 0; tries < mostTries; tries++) {
      const looked = await lookOnce(place, tries === 0 ? options : { ...options, reads: undefined });
      if (looked === "overtaken") continue;
      if (looked === "too large") return looked;
      if (looked.length === 0) return changed;
      changed.push(...looked);
    }
    throw new Error(`the findings of ${placeText(place)} were changed ${mostTries} times while they were looked for`);
  };
};

export const entryOf = ({ kind, before, after }: Change, at: Millis): AuditEntry => ({
  at,
  by: ourselves,
  what: `finding ${kind}`,
  to: after.finding.id,
  why: sentenceOf(kind === "closed" && before ? before.finding : after.finding),
});
