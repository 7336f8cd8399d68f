/** Everything that happened to contracts that have to do with one another, in one line of time: what both sides said, what was found, what people did. */
import type { ApplicationEntry } from "../../core/application/both-sides.ts";
import { applicationEventText } from "../../core/application/event-text.ts";
import type { Millis } from "../../core/callback.ts";
import { type FindingPlace, placeText } from "../../core/findings/finding.ts";
import { sentenceOf } from "../../core/findings/finding-text.ts";
import type { StoredFinding } from "../../core/findings/lifecycle/stored.ts";
import { formatMoney } from "../../core/formats/money.ts";
import type { Entry } from "../../core/ledger/entry.ts";
import type { Progress, RecordState } from "../../core/lifecycle/progress.ts";
import type { RecordKey } from "../../core/record.ts";
import type { Note } from "../../io/ledger/notes.ts";

export interface Moment {
  readonly at: Millis;
  readonly side: "gateway" | "application" | "finding" | "operator";
  /** `source/contract`, the account, or the finding. A link says in words what it is about. */
  readonly about: string;
  readonly what: string;
  readonly amount?: string;
  /** The gateway's id of the payment. */
  readonly charge?: string;
  readonly record?: RecordKey;
  /** How its record stands with the application, and since when. */
  readonly delivery?: { readonly state: RecordState; readonly since: Millis };
  /** Who did it. */
  readonly by?: string;
}

export interface History {
  readonly events: readonly Entry[];
  readonly applicationEvents: readonly ApplicationEntry[];
  readonly findings: readonly StoredFinding[];
  readonly notes: readonly (readonly [FindingPlace, readonly Note[]])[];
  readonly progress: ReadonlyMap<RecordKey, Progress>;
}

/** Oldest first; each event, finding and note once. */
export const momentsOf = ({ events, applicationEvents, findings, notes, progress }: History): readonly Moment[] => {
  const heard = [...new Map(events.map((entry) => [JSON.stringify([entry.source, entry.event.id]), entry])).values()];
  return [
    ...heard.map((entry) => gatewayMoment(entry, progress.get(entry.record))),
    ...applicationEvents.map(applicationMoment),
    ...findings.flatMap(findingMoments),
    ...notes.flatMap(([place, some]) =>
      some.map(({ at, by, text }): Moment => ({ at, side: "operator", about: placeText(place), what: `notes: ${text}`, by })),
    ),
  ].sort(
    (one, other) => one.at - other.at || compare(sides.indexOf(one.side), sides.indexOf(other.side)) || compare(keyOf(one), keyOf(other)),
  );
};

/** Of one moment, what is found comes after what was said, and what is done about it last. */
const sides: readonly Moment["side"][] = ["gateway", "application", "finding", "operator"];

const keyOf = ({ record, about, what }: Moment): string => `${record ?? ""} ${about} ${what}`;

const compare = <Value>(one: Value, other: Value): number => Number(one > other) - Number(one < other);

const gatewayMoment = ({ source, contract, event, record }: Entry, progress: Progress | undefined): Moment => ({
  at: event.occurredAt,
  side: "gateway",
  about: `${source}/${event.contract ?? contract}`,
  what: event.type === "unknown" || event.type === "notice" ? `${event.type} (${event.gatewayType})` : event.type,
  ...(event.amount && { amount: formatMoney(event.amount) }),
  ...(event.charge !== undefined && { charge: event.charge }),
  record,
  ...(progress && { delivery: { state: progress.state, since: progress.at } }),
});

const applicationMoment = ({ event, record }: ApplicationEntry): Moment => ({
  at: event.occurredAt,
  side: "application",
  about: "source" in event ? `${event.source}/${placeOf(event)}` : "account" in event ? `account ${event.account}` : "",
  what: applicationEventText(event),
  ...("charge" in event && { charge: event.charge }),
  record,
});

const placeOf = (event: { readonly contract?: string; readonly order?: string; readonly charge?: string }): string =>
  event.contract ?? (event.order === undefined ? (event.charge ?? "") : `order ${event.order}`);

/** When it was raised, where it stands now, and what was noted on it. The audit trail has every step between. */
const findingMoments = (stored: StoredFinding): readonly Moment[] => {
  const { finding, standing, raisedAt, notes } = stored;
  const about = finding.id;
  const amount = finding.money.length > 0 && { amount: finding.money.map(formatMoney).join(" + ") };
  return [
    { at: raisedAt, side: "finding", about, what: `raised: ${sentenceOf(finding)}`, ...amount },
    ...notes.map(({ at, by, text }): Moment => ({ at, side: "operator", about, what: `notes: ${text}`, by })),
    ...standingMoment(about, standing),
  ];
};

const standingMoment = (about: string, standing: StoredFinding["standing"]): readonly Moment[] => {
  switch (standing.state) {
    case "open":
      return [];
    case "acknowledged":
      return [{ at: standing.at, side: "operator", about, what: "works on it", by: standing.owner }];
    case "handled":
    case "dismissed":
      return [{ at: standing.at, side: "operator", about, what: `${standing.state}: ${standing.why}`, by: standing.by }];
    case "closed":
      return [{ at: standing.at, side: "finding", about, what: "closed: its cause is gone" }];
    default:
      return standing satisfies never;
  }
};
