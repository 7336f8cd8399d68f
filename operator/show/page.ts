/** Everything that is known about one record: the data of `holdfast show`, and its JSON. */
import type { PaymentEvent } from "../../core/event.ts";
import { isoTime } from "../../core/formats/iso-time.ts";
import { maskNamed } from "../../core/formats/mask.ts";
import { countAccepted } from "../../core/lifecycle/accepted.ts";
import { sentenceOf } from "../../core/lifecycle/cause-text.ts";
import { dueAtOf, failingSinceOf, type Progress } from "../../core/lifecycle/progress.ts";
import type { CallbackRecord, RecordKey } from "../../core/record.ts";
import { understand } from "../../core/understand.ts";
import type { Gateway } from "../../gateways/index.ts";
import type { LineEntry } from "../../io/ledger/line.ts";
import type { Connection } from "../connect/connect.ts";
import { conflictsOfRecord } from "../query/conflicts-of-record.ts";
import { answerText, causeAsJson, eventAsJson, isoOrNull, whyOf } from "../query/record-row.ts";
import { type BodyText, bodyText, noBody } from "./body-text.ts";
import { type NextStep, nextStep } from "./next-step.ts";

export interface RecordPage {
  readonly key: RecordKey;
  /** Absent when its retention time is over: the ledger's side is kept forever. */
  readonly record?: CallbackRecord;
  readonly gateway?: Gateway;
  readonly body?: BodyText;
  readonly events: readonly PaymentEvent[];
  /** Why its events cannot be read. */
  readonly unreadable?: string;
  readonly progress?: Progress;
  readonly places: readonly LinePlace[];
  readonly conflicts: readonly { readonly record: CallbackRecord; readonly body: BodyText }[];
  /** The number of further ones. */
  readonly furtherConflicts: number;
  /** Those that wait for an operator's decision. */
  readonly openConflicts: number;
  readonly decidedConflicts: number;
  /** Compares them, and says what was decided. */
  readonly compare: string;
  readonly next: NextStep;
}

/** Its place in the line of one of its contracts. */
export interface LinePlace {
  readonly contract: string;
  /** Not in line: undefined. First: 0. */
  readonly before?: number;
  readonly behind: number;
  readonly first?: LineEntry;
}

/** Longer lines are shown as "1000 or more". */
export const longestLine = 1_000;

export const recordPage = async (connection: Connection, key: RecordKey): Promise<RecordPage> => {
  const [{ record, conflicts, furtherConflicts, unreadable }, progress, findGateway] = await Promise.all([
    connection.records.loadWithConflicts(key),
    connection.ledger.progress(key),
    connection.gateways(),
  ]);
  const gateway = record && findGateway(record.gateway);
  const understood = record && !unreadable ? understand(record, gateway, connection.config) : undefined;
  const places = await Promise.all((progress?.contracts ?? []).map((contract) => placeIn(connection, progress, contract)));
  const under = await conflictsOfRecord(connection, key);
  return {
    key,
    ...(record && { record, body: unreadable ? noBody(sentenceOf(unreadable)) : bodyText(record, gateway) }),
    ...(gateway && { gateway }),
    events: understood?.kind === "understood" ? understood.events : [],
    ...(unreadable && { unreadable: sentenceOf(unreadable) }),
    ...(understood?.kind === "unintelligible" && { unreadable: sentenceOf(understood.cause) }),
    ...(progress && { progress }),
    places,
    conflicts: conflicts.map((one) => ({ record: one, body: bodyText(one, findGateway(one.gateway)) })),
    furtherConflicts,
    openConflicts: under.filter(({ isDone }) => !isDone).length,
    decidedConflicts: under.filter(({ isDone }) => isDone).length,
    compare: connection.command("conflicts", "show", key),
    next: nextStep({ key, record, progress, command: connection.command }),
  };
};

const placeIn = async (connection: Pick<Connection, "line">, progress: Progress | undefined, contract: string): Promise<LinePlace> => {
  if (!progress) return { contract, behind: 0 };
  const line = await connection.line({ source: progress.source, contract }, longestLine);
  const before = line.filter(({ order }) => order < progress.order).length;
  const [first] = line;
  const isIn = line.some(({ key }) => key === progress.key);
  return {
    contract,
    ...(isIn && { before }),
    behind: line.filter(({ order }) => order > progress.order).length,
    ...(first && { first }),
  };
};

/** The same as JSON, with the same masks. */
export const pageAsJson = ({
  key,
  record,
  gateway,
  body,
  events,
  unreadable,
  progress,
  places,
  conflicts,
  furtherConflicts,
  openConflicts,
  decidedConflicts,
  next,
}: RecordPage) => ({
  key,
  record: record ? { ...evidence(record), proof: gateway?.facts.proof ?? null, strength: gateway?.strength ?? null, body } : null,
  events: events.map(eventAsJson),
  unreadable: unreadable ?? null,
  progress: progress
    ? {
        ...progress,
        accepted: countAccepted(progress.accepted),
        reason: whyOf(progress) || null,
        cause: causeAsJson(progress),
        answer: answerText(progress) || null,
        at: isoTime(progress.at),
        dueAt: isoOrNull(dueAtOf(progress)),
        failingSince: isoOrNull(failingSinceOf(progress)),
      }
    : null,
  lines: places.map(({ contract, before, behind, first }) => ({ contract, before: before ?? null, behind, first: first?.key ?? null })),
  conflicts: conflicts.map((conflict) => ({ ...evidence(conflict.record), body: conflict.body })),
  furtherConflicts,
  openConflicts,
  decidedConflicts,
  next,
});

const evidence = ({ gateway, raw, storedAt, verification, sha256, ...rest }: CallbackRecord) => ({
  gateway,
  verification,
  ...("refusal" in rest && { refusal: rest.refusal }),
  ...(rest.found && { found: rest.found }),
  receivedAt: isoTime(raw.receivedAt),
  storedAt: isoTime(storedAt),
  sourceIp: raw.sourceIp,
  method: raw.method,
  url: maskedUrl(raw.url),
  headers: maskedHeaders(raw.headers),
  bytes: raw.body.length,
  sha256,
});

/** Without its query, whose encoding could hide a card number from the masks; for a GET callback the query is the body. */
export const maskedUrl = (url: string): string => url.replace(/\?.*$/s, "?...");

export const maskedHeaders = (headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, maskNamed(name, value)]));
