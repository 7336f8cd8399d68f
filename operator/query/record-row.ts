/** One record as a row of a list, for people and as JSON. */
import type { Millis } from "../../core/callback.ts";
import type { PaymentEvent } from "../../core/event.ts";
import type { CsvCell } from "../../core/formats/csv.ts";
import { isoTime } from "../../core/formats/iso-time.ts";
import { maskText } from "../../core/formats/mask.ts";
import { printableLine } from "../../core/formats/printable.ts";
import type { Cause } from "../../core/lifecycle/cause.ts";
import { quotesOthers, sentenceOf } from "../../core/lifecycle/cause-text.ts";
import { answerOf, causeOf, dueAtOf, heldBy, type Progress, type RecordState } from "../../core/lifecycle/progress.ts";
import { splitKey } from "../../core/record.ts";
import type { Cell, Column } from "../terminal/table.ts";
import type { Colours } from "../terminal/terminal.ts";
import { momentText } from "../terminal/time-words.ts";
import { type Found, stateOf } from "./select.ts";

export const listColumns: readonly Column[] = [
  { title: "STORED" },
  { title: "RECORD", cut: "middle", least: 28 },
  { title: "STATE" },
  { title: "TRIES", align: "right" },
  { title: "CONTRACT", cut: "middle", isSpare: true },
  { title: "WHY", cut: "end", least: 16, isSpare: true },
  { title: "EVENTS", cut: "end", isSpare: true },
];

export const listRow = (found: Found, colours: Colours): readonly Cell[] => {
  const { key, storedAt, progress } = found;
  return [
    momentText(storedAt),
    key,
    stateCell(stateOf(found), colours),
    String(progress?.attempts ?? 0),
    printableLine((progress?.contracts ?? []).join(", ")),
    whyOf(progress),
    (progress?.types ?? []).join(", "),
  ];
};

export const listHead = ["stored", "record", "source", "state", "since", "tries", "contracts", "events", "why", "due"] as const;

export const listCsv = (found: Found): readonly CsvCell[] => {
  const { key, storedAt, state, source, since, attempts, contracts, events, reason, dueAt } = jsonRow(found);
  return [storedAt, key, source, state, since, attempts, contracts.join(" "), events.join(" "), reason ?? "", dueAt ?? ""];
};

/** The cause in one line. It may quote an application, which may quote anything; masked unless the sentence is ours alone. */
export const whyOf = (progress: Progress | undefined): string => {
  const cause = progress && causeOf(progress);
  if (!cause) return "";
  const sentence = sentenceOf(cause);
  return printableLine(quotesOthers(cause) ? maskText(sentence) : sentence);
};

export const answerText = (progress: Progress | undefined): string => printableLine(maskText((progress && answerOf(progress)) ?? ""));

/** The cause as JSON, with the same masks. */
export const causeAsJson = (progress: Progress | undefined) => {
  const cause = progress && causeOf(progress);
  return cause ? (quotesOthers(cause) ? maskedTexts(cause) : cause) : null;
};

const maskedTexts = (cause: Cause): unknown =>
  JSON.parse(JSON.stringify(cause), (_, value) => (typeof value === "string" ? maskText(value) : value));

export const stateCell = (state: RecordState, colours: Colours): Cell => ({ text: state, paint: paintOf(state, colours) });

const paintOf = (state: RecordState, colours: Colours): ((text: string) => string) => {
  if (state === "dead") return colours.red;
  if (state === "delivered") return colours.green;
  return state === "ignored" || state === "discarded" ? colours.dim : colours.yellow;
};

export const jsonRow = (found: Found) => {
  const { key, storedAt, progress } = found;
  return {
    key,
    source: splitKey(key).source,
    storedAt: isoTime(storedAt),
    state: stateOf(found),
    since: isoTime(progress?.at ?? storedAt),
    attempts: progress?.attempts ?? 0,
    events: progress?.types ?? [],
    contracts: progress?.contracts ?? [],
    reason: whyOf(progress) || null,
    cause: causeAsJson(progress),
    answer: answerText(progress) || null,
    dueAt: isoOrNull(progress && dueAtOf(progress)),
    held: (progress && heldBy(progress)) ?? null,
  };
};

/** An event as JSON: its time as text, and the gateway's reason for a failure masked. */
export const eventAsJson = (event: PaymentEvent) => ({
  ...event,
  occurredAt: isoOrNull(event.occurredAt),
  ...(event.reason !== undefined && { reason: maskText(event.reason) }),
});

/** Also null for an invalid time: a gateway's own time can be anything. */
export const isoOrNull = (moment: Millis | undefined): string | null =>
  moment === undefined || !(Math.abs(moment) <= lastMoment) ? null : isoTime(moment);

/** ECMAScript's last moment. */
const lastMoment = 8.64e15;
