/** What the line of time is made of, read for all contracts and accounts that have to do with one another. */
import { type FindingPlace, placeText } from "../../core/findings/finding.ts";
import type { Entry } from "../../core/ledger/entry.ts";
import { inGroups } from "../../core/sequences.ts";
import type { Related } from "../../io/ledger/application/related.ts";
import { besideFromItems } from "../../io/ledger/findings/beside.ts";
import type { Connection } from "../connect/connect.ts";
import { type Moment, momentsOf } from "./moments.ts";

const together = 16;

/** @param own events that are shown although they are not among the related ones: those of a single payment */
export const lineOfTime = async (
  { open, notes }: Pick<Connection, "open" | "notes">,
  related: Pick<Related, "events" | "applicationEvents" | "findings" | "accounts">,
  own: readonly Entry[] = [],
): Promise<readonly Moment[]> => {
  const events = [...related.events, ...own];
  const places: readonly FindingPlace[] = [
    ...events.map(({ source, contract }) => ({ source, line: contract })),
    ...related.accounts.map((account) => ({ account })),
  ];
  const distinct = [...new Map(places.map((place) => [placeText(place), place])).values()];
  const noted: (readonly [FindingPlace, Awaited<ReturnType<typeof notes.of>>])[] = [];
  for (const some of inGroups(distinct, together))
    noted.push(...(await Promise.all(some.map(async (place) => [place, await notes.of(place)] as const))));
  const known = await open.of([...new Set(events.map(({ record }) => record))]);
  const findings = new Map(
    related.findings.flatMap(([, items]) => besideFromItems(items).kept.map((stored) => [stored.finding.id, stored] as const)),
  );
  return momentsOf({
    events,
    applicationEvents: related.applicationEvents,
    findings: [...findings.values()],
    notes: noted,
    progress: new Map([...known].map(([key, { progress }]) => [key, progress])),
  });
};
