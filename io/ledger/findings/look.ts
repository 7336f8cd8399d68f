/**
 * Looks for the findings of a contract, a payment or an account and of what belongs to it, and brings what is kept up to date: raised once,
 * updated, closed by itself. Repeating it changes nothing; what was overtaken is looked at again.
 */
import type { BothSides } from "../../../core/application/both-sides.ts";
import type { Millis } from "../../../core/callback.ts";
import { type FindingPlace, placeFor, placeText } from "../../../core/findings/finding.ts";
import { sentenceOf } from "../../../core/findings/finding-text.ts";
import { type Found, findingsOf } from "../../../core/findings/findings.ts";
import { type Change, changesOf } from "../../../core/findings/lifecycle/merge.ts";
import type { FindingSettings } from "../../../core/findings/settings.ts";
import { ledgerId } from "../../../core/ledger/ledger-id.ts";
import type { Related } from "../application/related.ts";
import type { AuditEntry } from "../audit.ts";
import type { Ledger } from "../ledger.ts";
import { type Beside, besideFromItems } from "./beside.ts";
import type { Findings } from "./findings.ts";

export interface LookPort {
  readonly findings: Pick<Findings, "beside" | "save" | "lookAgain" | "lookedAt" | "waitForSide" | "noLongerSideless">;
  readonly ledger: Pick<Ledger, "related">;
  readonly settings: Omit<FindingSettings, "hasSide">;
  /** There is an application that may say something one day. Without one nothing waits for it. */
  readonly hasApplication: boolean;
  readonly clock: () => Millis;
}

/** @param also payments whose findings may have become a contract's */
export type Look = (place: FindingPlace, also?: readonly FindingPlace[]) => Promise<readonly Change[]>;

/** In the audit trail, for what nobody did. */
const ourselves = "holdfast";

/** Somebody else changes one of them at the same moment: more often than this it does not happen by chance. */
const mostTries = 5;

/** Throws when not all of it could be written; repeating it finishes it. */
export const createLook = ({ findings, ledger, settings, hasApplication, clock }: LookPort): Look => {
  const lookOnce = async (place: FindingPlace, also: readonly FindingPlace[]): Promise<readonly Change[] | "overtaken"> => {
    const start = "account" in place ? place : { source: place.source, contract: place.line };
    const related = await ledger.related(start, { withSides: hasApplication });
    const now = clock();
    const found = findingsOf(related, { ...settings, hasSide: (source) => related.sides.has(source) }, now);
    const all = related.isCut ? found.findings.map((one) => ({ ...one, isPartial: true as const })) : found.findings;
    const subjects = all.map(({ subject }) => placeFor(subject));
    const places = placesOf([place, ...also, ...subjects], related);
    const read = new Map(related.findings.map(([one, items]) => [placeText(one), items]));
    const besideOf = async (one: FindingPlace): Promise<Beside> => {
      const items = read.get(placeText(one));
      return items ? besideFromItems(items) : findings.beside(one);
    };
    const beside = new Map(await Promise.all(places.map(async (one) => [placeText(one), await besideOf(one)] as const)));
    const changes = changesOf(
      all,
      // A conflict's is looked for by itself: no event of either side says that there is one.
      [...beside.values()].flatMap(({ kept }) => kept).filter(({ finding }) => finding.class !== "CONFLICT"),
      now,
    );
    for (const change of changes) {
      const saved = await findings.save(change.after, change.before?.revision ?? 0, entryOf(change, now));
      if (!saved) return "overtaken";
    }
    const home = homeOf(place, related);
    const at = home === place ? [home] : [home, place];
    for (const one of at)
      await noteNext(one, beside.get(placeText(one)) ?? { kept: [] }, one === home ? found : {}, { now, sides: related.sides });
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

  return async (place, also = []) => {
    const changed: Change[] = [];
    // What has changed is looked at once more: a payment that has become a contract's meanwhile had nothing beside it when that was learned.
    for (let tries = 0; tries < mostTries; tries++) {
      const looked = await lookOnce(place, also);
      if (looked === "overtaken") continue;
      if (looked.length === 0) return changed;
      changed.push(...looked);
    }
    throw new Error(`the findings of ${placeText(place)} were changed ${mostTries} times while they were looked for`);
  };
};

/** A payment that belongs to a contract is looked at with it: when, stands there alone. */
const homeOf = (place: FindingPlace, { events }: BothSides): FindingPlace => {
  if ("account" in place) return place;
  const here = events.filter(({ source, contract }) => source === place.source && contract === place.line);
  const ids = new Set(here.map(({ event }) => event.id));
  const elsewhere = events.filter(({ source, contract, event }) => source === place.source && contract !== place.line && ids.has(event.id));
  const isContract = (line: string) =>
    events.some(({ contract, event }) => contract === line && event.contract !== undefined && ledgerId(event.contract) === line);
  if (isContract(place.line)) return place;
  const [line] = elsewhere
    .map(({ contract }) => contract)
    .filter(isContract)
    .sort();
  return line === undefined ? place : { source: place.source, line };
};

/** Where what was found, or was found before, is kept. What was asked for is the first. */
const placesOf = (
  asked: readonly FindingPlace[],
  { events, said, accounts }: BothSides & Pick<Related, "accounts">,
): readonly FindingPlace[] => {
  const all: readonly FindingPlace[] = [
    ...asked,
    ...events.map(({ source, contract }) => ({ source, line: contract })),
    ...accounts.map((account) => ({ account })),
    ...said.flatMap(({ event }) => {
      if (!("source" in event)) return [];
      const named = event as { readonly contract?: string; readonly order?: string; readonly charge?: string };
      const line = named.contract ?? named.order ?? named.charge;
      // A grant by order was about the order, until that turned out to be a contract.
      return [line, named.order].flatMap((id) => (id === undefined ? [] : [{ source: event.source, line: ledgerId(id) }]));
    }),
  ];
  return [...new Map(all.map((place) => [placeText(place), place])).values()];
};

export const entryOf = ({ kind, before, after }: Change, at: Millis): AuditEntry => ({
  at,
  by: ourselves,
  what: `finding ${kind}`,
  to: after.finding.id,
  why: sentenceOf(kind === "closed" && before ? before.finding : after.finding),
});
