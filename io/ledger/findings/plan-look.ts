/**
 * What a look would find and change: of a contract, a payment or an account, everything that belongs to it, held against what is kept. Reads, and
 * changes nothing.
 */
import type { BothSides } from "../../../core/application/both-sides.ts";
import type { Millis } from "../../../core/callback.ts";
import { type FindingPlace, placeFor, placeText } from "../../../core/findings/finding.ts";
import { type Found, findingsOf } from "../../../core/findings/findings.ts";
import { type Change, changesOf } from "../../../core/findings/lifecycle/merge.ts";
import { isOpen, type StoredFinding } from "../../../core/findings/lifecycle/stored.ts";
import { stillDiffers } from "../../../core/findings/rules/export-differs.ts";
import type { FindingSettings } from "../../../core/findings/settings.ts";
import { ledgerId } from "../../../core/ledger-id.ts";
import { inGroups } from "../../../core/sequences.ts";
import { bounds, type Related } from "../application/related.ts";
import type { Ledger } from "../ledger.ts";
import type { TurnReads } from "../turn-reads.ts";
import { acceptedIn } from "./accepted.ts";
import { type Beside, besideFromItems } from "./beside.ts";
import type { LookPlacement } from "./finding-item.ts";
import type { Findings } from "./findings.ts";

export interface PlanPort {
  readonly findings: Pick<Findings, "beside">;
  readonly ledger: Pick<Ledger, "progress" | "related">;
  readonly settings: Omit<FindingSettings, "hasSide">;
  /** There is an application that may say something one day. Without one nothing waits for it. */
  readonly hasApplication: boolean;
  /** Whether the source's target means by a 2xx that entitlement follows (R-APP-3). */
  readonly follows: (source: string) => boolean;
  readonly clock: () => Millis;
}

export interface PlannedLook {
  readonly now: Millis;
  readonly changes: readonly Change[];
  /** What is kept about everything that was looked at, in the order in which it is: what was asked for is the first. */
  readonly beside: readonly (readonly [FindingPlace, Beside])[];
  /** Where it is written down when to look again, and what is to stand there. */
  readonly next: readonly { readonly place: FindingPlace; readonly own: Beside; readonly wanted: Pick<Found, "again" | "sideless"> }[];
  /** Sources that an application event has named. */
  readonly sides: ReadonlySet<string>;
  /** More belongs to it than was read: others of it have to be looked at by themselves. */
  readonly isCut: boolean;
  /** There is no room for what belongs to it: nothing is known of its findings. */
  readonly isTooLarge?: true;
}

export interface LookOptions {
  /** Payments whose findings may have become a contract's. */
  readonly also?: readonly FindingPlace[];
  /** Of a turn that has written what it knows, and has read some of what is looked at since. */
  readonly reads?: TurnReads | undefined;
  /** Whose room there is: that of a turn, for all that belongs to it; or that of a look by itself, for what is nearest. Without bounds where it is not said. */
  readonly within?: LookPlacement;
}

export type PlanLook = (place: FindingPlace, options?: LookOptions) => Promise<PlannedLook>;

/** What was not read yet of findings: of an account of many orders that can be thousands. */
const sideBySide = 16;

const roomOf = { turn: bounds.ofTurn, "large look": bounds.ofLargeLook } as const;

export const createPlanLook =
  ({ findings, ledger, settings, hasApplication, follows, clock }: PlanPort): PlanLook =>
  async (place, { also = [], reads, within } = {}) => {
    // Before what it is computed from, of which reading many pages takes a while: what is written meanwhile has another moment stand there.
    const now = clock();
    const first = within === "large look" ? await findings.beside(place) : undefined;
    const start = "account" in place ? place : { source: place.source, contract: place.line };
    const related = await ledger.related(start, {
      withSides: hasApplication,
      ...(within && { most: roomOf[within] }),
      ...(reads && { reads }),
    });
    if (related.isTooLarge && (within === "turn" || related.isTooLarge === "from the start"))
      return { now, changes: [], beside: [], next: [], sides: related.sides, isCut: true, isTooLarge: true };
    const accepted = await acceptedIn(ledger, related, follows);
    const hasSide = (source: string) => related.sides.has(source) || follows(source);
    const found = findingsOf({ ...related, accepted }, { ...settings, hasSide }, now);
    const all = related.isCut ? found.findings.map((one) => ({ ...one, isPartial: true as const })) : found.findings;
    const subjects = all.map(({ subject }) => placeFor(subject));
    const read = new Map(related.findings.map(([one, items]) => [placeText(one), items]));
    const besideOf = async (one: FindingPlace): Promise<Beside> => {
      const items = read.get(placeText(one));
      return items ? besideFromItems(items) : findings.beside(one);
    };
    const places = placesOf([place, ...also, ...subjects], related);
    const beside: (readonly [FindingPlace, Beside])[] = [];
    for (const some of inGroups(places, sideBySide))
      beside.push(...(await Promise.all(some.map(async (one) => [one, await besideOf(one)] as const))));
    const own = new Map(beside.map(([one, kept]) => [placeText(one), kept]));
    if (first) own.set(placeText(place), first);
    const kept = beside.flatMap(([, one]) => one.kept);
    // What an export says otherwise was found by comparing: here it can only turn out to be settled.
    const exported = kept.filter(isOpen).flatMap(({ finding }) => stillDiffers(finding, related) ?? []);
    const home = homeOf(place, related);
    const at = home === place ? [home] : [home, place];
    const changes = changesOf(
      [...all, ...exported],
      // A conflict's is looked for by itself: no event of either side says that there is one. Nor that an export differs again.
      kept.filter((one) => one.finding.class !== "CONFLICT" && (one.finding.class !== "EXPORT" || isOpen(one))),
      now,
    );
    // What makes it may be among what is not here, if it is not the contract's own.
    const mayClose = ({ finding }: StoredFinding) =>
      !related.isCut || (!("account" in home) && placeText(placeFor(finding.subject)) === placeText(home));
    return {
      now,
      changes: changes.filter(({ kind, after }) => kind !== "closed" || mayClose(after)),
      beside,
      next: at.map((one) => ({ place: one, own: own.get(placeText(one)) ?? { kept: [] }, wanted: one === home ? found : {} })),
      sides: related.sides,
      isCut: related.isCut,
    };
  };

/** A payment that belongs to a contract is looked at with it: when, stands there alone. */
const homeOf = (place: FindingPlace, { events }: BothSides): FindingPlace => {
  if ("account" in place) return place;
  const here = events.filter(({ source, contract }) => source === place.source && contract === place.line);
  const ids = new Set(here.map(({ event }) => event.id));
  const elsewhere = events.filter(({ source, contract, event }) => source === place.source && contract !== place.line && ids.has(event.id));
  const contracts = new Set(
    events.flatMap(({ contract, event }) => (event.contract !== undefined && ledgerId(event.contract) === contract ? [contract] : [])),
  );
  if (contracts.has(place.line)) return place;
  const [line] = elsewhere
    .map(({ contract }) => contract)
    .filter((one) => contracts.has(one))
    .sort();
  return line === undefined ? place : { source: place.source, line };
};

/** Where what was found, or was found before, is kept. What was asked for is the first. */
const placesOf = (
  asked: readonly FindingPlace[],
  { events, applicationEvents, accounts }: BothSides & Pick<Related, "accounts">,
): readonly FindingPlace[] => {
  const all: readonly FindingPlace[] = [
    ...asked,
    ...events.map(({ source, contract }) => ({ source, line: contract })),
    ...accounts.map((account) => ({ account })),
    ...applicationEvents.flatMap(({ event }) => {
      if (!("source" in event)) return [];
      const named = event as { readonly contract?: string; readonly order?: string; readonly charge?: string };
      // A grant by order was about the order, until that turned out to be a contract.
      const line = named.contract ?? named.order ?? named.charge;
      return line === undefined ? [] : [{ source: event.source, line: ledgerId(line) }];
    }),
  ];
  return [...new Map(all.map((place) => [placeText(place), place])).values()];
};
