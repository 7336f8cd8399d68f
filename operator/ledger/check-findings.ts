/** The findings that are kept against those that both sides make now: what is missing, differs, should be open or closed, or is not looked for again. */
import { minuteMs } from "../../core/durations.ts";
import type { Filter } from "../../core/filter.ts";
import { type Finding, type FindingPlace, type LookPlace, placeFor, placeText } from "../../core/findings/finding.ts";
import type { Change, ChangeKind } from "../../core/findings/lifecycle/merge.ts";
import type { StoredFinding } from "../../core/findings/lifecycle/stored.ts";
import { type RecordKey, splitKey } from "../../core/record.ts";
import type { Item } from "../../io/item.ts";
import type { Beside } from "../../io/ledger/findings/beside.ts";
import { findingIdOfKey } from "../../io/ledger/findings/finding-item.ts";
import type { openFindings } from "../../io/ledger/findings/open.ts";
import type { PlannedLook } from "../../io/ledger/findings/plan-look.ts";
import type { Connection } from "../connect/connect.ts";

export type FindingDifference =
  | { readonly kind: "missing"; readonly id: string; readonly found: Finding }
  /** It is open, and says otherwise than it is found. */
  | { readonly kind: "differs"; readonly id: string; readonly found: Finding; readonly stored: StoredFinding }
  | { readonly kind: "should be open"; readonly id: string; readonly found: Finding; readonly stored: StoredFinding }
  | { readonly kind: "should be closed"; readonly id: string; readonly stored: StoredFinding }
  /** `found`: what is to be in its place, if its cause still stands. */
  | { readonly kind: "cannot be read"; readonly id: string; readonly item: Item; readonly found?: Finding }
  /** Lists and counts do not find it. */
  | { readonly kind: "not listed"; readonly id: string; readonly stored: StoredFinding }
  /** Time will change its findings, and nothing looks for that; `id` is the place. */
  | { readonly kind: "not looked for again"; readonly id: string };

export interface CheckedPlace {
  readonly place: LookPlace;
  readonly differences: readonly FindingDifference[];
  /** Its moment has come, and the sweep has not been there yet: nothing is wrong. */
  readonly isDue: boolean;
}

type Looks = ReturnType<typeof openFindings>;

/** Longer than a sweep takes to come round. */
const sweepsWithinMs = 5 * minuteMs;

/**
 * Each contract, payment, account and conflict once, with what belongs to it. Holds the name of each in memory, some hundred bytes.
 * @param places those of the records that were read; without a contract in the filter all that have findings are looked at besides
 */
export async function* checkFindings(
  connection: Pick<Connection, "findings" | "open">,
  looks: Pick<Looks, "planLook" | "planConflictLook" | "hasApplication">,
  places: Iterable<FindingPlace>,
  filter: Filter,
): AsyncGenerator<CheckedPlace> {
  const seen = new Set<string>();
  for await (const place of allPlaces(connection, places, filter)) {
    if (seen.has(placeText(place))) continue;
    seen.add(placeText(place));
    if ("conflict" in place) {
      yield await checkConflict(looks, place);
      continue;
    }
    const planned = await looks.planLook(place);
    if (!planned.isCut) for (const [other] of planned.beside) seen.add(placeText(other));
    yield checkPlace(looks, place, planned);
  }
}

async function* allPlaces(
  { findings, open }: Pick<Connection, "findings" | "open">,
  places: Iterable<FindingPlace>,
  { contract, source }: Filter,
): AsyncGenerator<LookPlace> {
  yield* places;
  if (contract) return;
  for (const kind of ["open", "settled"] as const)
    for await (const { place, of } of findings.places(kind)) {
      if (source !== undefined && !("source" in place && place.source === source)) continue;
      yield place;
      // Beside a record's own id.
      if (of === "CONFLICT" && "source" in place) yield { conflict: `${place.source}/${place.line}` };
    }
  for await (const { key } of open.keys("conflict", { from: 0, to: Number.MAX_SAFE_INTEGER, newestFirst: false }))
    if (source === undefined || splitKey(key).source === source) yield { conflict: key };
}

const checkConflict = async (
  { planConflictLook }: Pick<Looks, "planConflictLook">,
  place: Extract<LookPlace, { readonly conflict: RecordKey }>,
): Promise<CheckedPlace> => {
  const { changes, lookAt, now } = await planConflictLook(place.conflict);
  return { place, differences: changes.map(differenceOf), isDue: isDueNow(lookAt, now) };
};

const checkPlace = ({ hasApplication }: Pick<Looks, "hasApplication">, place: FindingPlace, planned: PlannedLook): CheckedPlace => {
  const { now, next, isCut } = planned;
  const beside = planned.beside.filter(([one]) => !isCut || placeText(one) === placeText(place)).map(([, kept]) => kept);
  const broken = new Map(beside.flatMap(({ broken: items = [] }) => items.map((item) => [findingIdOfKey(item), item] as const)));
  // Of what is read in part, another start may have seen more: what it says of others is not held against it.
  const changes = planned.changes.filter(
    ({ kind, after }) => !isCut || (kind !== "updated" && placeText(placeFor(after.finding.subject)) === placeText(place)),
  );
  const changed = new Set(changes.map(({ after }) => after.finding.id));
  return {
    place,
    differences: [
      ...changes.filter(({ after }) => !broken.has(after.finding.id)).map(differenceOf),
      ...[...broken].map(([id, item]): FindingDifference => {
        const found = changes.find(({ after }) => after.finding.id === id)?.after.finding;
        return { kind: "cannot be read", id, item, ...(found && { found }) };
      }),
      ...beside
        .flatMap(({ misfiled = [] }) => misfiled)
        .filter(({ finding }) => !changed.has(finding.id))
        .map((stored): FindingDifference => ({ kind: "not listed", id: stored.finding.id, stored })),
      ...next
        .filter(({ wanted }) => isForgotten(beside, wanted, hasApplication))
        .map((one): FindingDifference => ({ kind: "not looked for again", id: placeText(one.place) })),
    ],
    isDue: next.some(({ own }) => isDueNow(own.lookAt, now)),
  };
};

const isDueNow = (lookAt: number | undefined, now: number): boolean =>
  lookAt !== undefined && lookAt <= now && lookAt > now - sweepsWithinMs;

/** It is enough that one of those that belong together is: all of them are looked at then. */
const isForgotten = (
  beside: readonly Beside[],
  { again, sideless }: PlannedLook["next"][number]["wanted"],
  hasApplication: boolean,
): boolean =>
  (again !== undefined && !beside.some(({ lookAt }) => lookAt !== undefined && lookAt <= again)) ||
  (hasApplication && sideless !== undefined && !beside.some((one) => one.sideless === sideless));

const kinds = { raised: "missing", updated: "differs", reopened: "should be open", closed: "should be closed" } as const satisfies Readonly<
  Record<ChangeKind, FindingDifference["kind"]>
>;

const differenceOf = ({ kind, before, after }: Change): FindingDifference => {
  const { id } = after.finding;
  if (!before) return { kind: "missing", id, found: after.finding };
  if (kind === "closed") return { kind: kinds[kind], id, stored: before };
  return { kind: kind === "reopened" ? kinds.reopened : kinds.updated, id, found: after.finding, stored: before };
};
