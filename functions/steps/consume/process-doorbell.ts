/**
 * One doorbell answered: take the turn, parse, apply, stand in line, deliver, settle. The ledger learns
 * of an event before it has to wait: it must say who was charged even while everything is on hold.
 * Every exit leaves the record in a state that says what happens next; a throw leaves it as it was, for the queue's retry.
 */
import { entitlementFollows } from "../../../core/config/entitlement-follows.ts";
import { errorMessage } from "../../../core/failure.ts";
import { entriesOf } from "../../../core/ledger/entry.ts";
import { contractsOf, type Doorbell, ownGroup } from "../../../core/lifecycle/doorbell.ts";
import { checkDoorbell } from "../../../core/lifecycle/doorbell-check.ts";
import type { Before } from "../../../core/lifecycle/events.ts";
import { isRelaxed, linesOf } from "../../../core/lifecycle/line.ts";
import { untouched } from "../../../core/lifecycle/progress.ts";
import { begin } from "../../../core/lifecycle/transitions/turn.ts";
import { isUnreadable } from "../../../core/lifecycle/unreadable.ts";
import { whyNotDelivered } from "../../../core/reconcile/recovery/delivery.ts";
import type { CallbackRecord } from "../../../core/record.ts";
import { understand } from "../../../core/understand.ts";
import { isNotStorable } from "../../../io/ledger/transact.ts";
import { recordIn } from "../../../io/records/records.ts";
import { applyEvents } from "./apply/apply-events.ts";
import { enterApplicationEvents } from "./apply/enter-application-events.ts";
import { lookForFindings } from "./apply/look-for-findings.ts";
import { type Completion, complete } from "./apply/read-back.ts";
import { recognize } from "./apply/recognize.ts";
import { deliverRecord } from "./deliver-record.ts";
import type { StepDependencies } from "./dependencies.ts";
import { deadLetter, sendDeadLetter } from "./failing/dead-letter.ts";
import { firstHanded, type Handed, turnNoted } from "./failing/note-turn.ts";
import { giveUpUnreadable, postponeUnreadable, setRecordAside } from "./failing/set-aside.ts";
import type { Answer, Ring } from "./outcome.ts";
import { settleIgnored, settleLeftOut, wakeFollowers } from "./settle.ts";
import { standInLine, waitIfBehind, waitIfContractHeld, waitIfHeld } from "./wait.ts";

const done: Answer = { kind: "done" };

/** Parsed, a body takes some ten times its size: of those larger than this only one at a time is, and the function does with half the memory. */
const largestTogether = 500_000;

export const answer = async (steps: StepDependencies, doorbell: Doorbell, ring: Ring, handed: Handed = firstHanded): Promise<Answer> => {
  const [read, known] = await Promise.all([steps.records.read(doorbell.key), steps.ledger.progress(doorbell.key)]);
  // Kept for less time than its doorbell travelled: only after the retention time, when nothing is left to do.
  if (read.kind === "none") return done;
  const check = checkDoorbell(doorbell, known, steps.clock());
  switch (check.kind) {
    case "stale":
      return done;
    case "early":
      return { kind: "again", delayMs: check.delayMs };
    case "wake followers":
      return wakeFollowers(steps, check.settled);
    case "send dead letter":
      if (isUnreadable(check.dead)) await giveUpUnreadable(steps, recordIn(read), check.dead);
      else await sendDeadLetter(steps, check.dead);
      return done;
    case "answer":
      if (read.kind === "record") {
        const { record } = read;
        const rung = ring === "queue" && doorbell.group === ownGroup(doorbell) ? "apart" : ring;
        if (record.raw.body.length > largestTogether && !handed.isAlone) return { kind: "alone" };
        const proceed = (from: typeof check.known) => proceedOrSetAside(steps, record, from, { ring: rung, group: doorbell.group });
        return turnNoted(steps, record, check.known, { ...handed, proceed });
      }
      await postponeUnreadable(steps, read.cause, check.known ?? untouched(read.rest, steps.clock()), check.known);
      return done;
    default:
      return check satisfies never;
  }
};

interface Rung {
  readonly ring: Ring;
  /** The one the doorbell rang in. */
  readonly group: string;
}

/** What the ledger cannot hold now, it can never hold. */
const proceedOrSetAside = async (
  steps: StepDependencies,
  record: CallbackRecord,
  known: Before<"begin"> | undefined,
  rung: Rung,
): Promise<Answer> => {
  try {
    return await proceed(steps, record, known, rung);
  } catch (error) {
    if (!isNotStorable(error)) throw error;
    // It may have been saved on its way.
    const now = await steps.ledger.progress(record.key);
    await setRecordAside(steps, { kind: "not storable", detail: errorMessage(error) }, now ?? untouched(record, steps.clock()), now);
    return done;
  }
};

const proceed = async (
  steps: StepDependencies,
  record: CallbackRecord,
  known: Before<"begin"> | undefined,
  { ring, group }: Rung,
): Promise<Answer> => {
  const recognized = await recognize(steps, record, known);
  if (recognized) return recognized;
  const understood = understand(record, steps.findGateway(record.gateway), steps.config);
  const read = understood.kind === "understood" ? understood.events : [];
  const begun = begin(known ?? untouched(record, steps.clock()), {
    contracts: linesOf(steps.config, record.raw.source, read),
    types: [...new Set((understood.kind === "application" ? understood.applicationEvents : read).map(({ type }) => type))],
  });
  if (understood.kind === "unintelligible") return deadLetter(steps, begun, known, { cause: understood.cause, attempts: begun.attempts });
  if (understood.kind === "application") return enterApplicationEvents(steps, begun, known, understood.applicationEvents);
  if (understood.otherMode) return settleLeftOut(steps, begun, { known, says: understood.otherMode });
  // What was found in an export has no callback that could be read back.
  const completion: Completion = record.found
    ? { kind: "known", progress: begun, events: understood.events }
    : await complete(steps, understood, { begun, known, gateway: record.gateway, ring });
  if (completion.kind === "answered") return completion.answer;
  const { events } = completion;
  const applied = await applyEvents(steps, { record, progress: completion.progress, known, parsed: read, events });
  if (applied === "overtaken") return done;

  const source = steps.config.sources[record.raw.source];
  const isWanted = (type: string) => !source?.ignore?.some((ignored) => ignored === type);
  const { types = [] } = applied;
  if (types.length > 0 && !types.some(isWanted)) return settleIgnored(steps, applied);
  const whyNot = whyNotDelivered(record, known, steps.config);
  if (whyNot) return settleIgnored(steps, applied, { kind: "entered from an export", whyNot });
  const placed = await standInLine(steps, applied, { group, record });
  if (placed === "overtaken" || placed === "to be rung again") return done;
  const waiting =
    (await waitIfHeld(steps, placed, known)) ??
    (isRelaxed(steps.config, placed.source)
      ? await waitIfContractHeld(steps, placed, contractsOf(events))
      : await waitIfBehind(steps, placed));
  if (waiting) return waiting;

  const wanted = events.filter(({ type }) => isWanted(type));
  const answered = await deliverRecord(steps, placed, { record, events: wanted, target: source?.target ?? "", ring });
  // What it has accepted says who is entitled (R-APP-3): the look before the delivery did not know yet.
  if (entitlementFollows(steps.config, record.raw.source))
    await lookForFindings(steps, entriesOf(record.key, record.raw.source, events), []);
  return answered;
};
