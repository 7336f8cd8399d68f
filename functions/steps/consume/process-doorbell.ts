/**
 * Step 6 and 7 of the path for one doorbell: take the turn, understand, apply, stand in line, deliver, settle. The ledger learns
 * of an event before it has to wait: it must say who was charged also while everything is on hold.
 * Every exit leaves the record in a state that says what happens next; a throw leaves it as it was, for the queue's retry.
 */
import type { Config } from "../../../core/config/config.ts";
import { contractOf, type PaymentEvent } from "../../../core/event.ts";
import type { Entry } from "../../../core/ledger/ledger.ts";
import { isRelaxed, linesOf } from "../../../core/lifecycle/contract-lines.ts";
import { contractsOf, type Doorbell, groupOf } from "../../../core/lifecycle/doorbell.ts";
import { takeTurn } from "../../../core/lifecycle/doorbell-check.ts";
import type { Progress } from "../../../core/lifecycle/progress.ts";
import { judge } from "../../../core/lifecycle/retry.ts";
import { isIncomplete } from "../../../core/read-back.ts";
import { type CallbackRecord, lineOrder, type RecordKey } from "../../../core/record.ts";
import { understand } from "../../../core/understand.ts";
import { breakerAfterAnswer, breakerAfterFailure } from "./breaker.ts";
import type { StepDependencies } from "./dependencies.ts";
import { complete } from "./enrich.ts";
import { buryRecord, retryLater, sendDeadLetter } from "./fail.ts";
import type { Answer, Ring } from "./outcome.ts";
import { releaseFollowers, settle } from "./settle.ts";
import { enterLines, waitForHold, waitIfBehind, waitIfContractHeld, waitIfHeld } from "./wait.ts";

const done: Answer = { kind: "done" };

export const answer = async (steps: StepDependencies, doorbell: Doorbell, ring: Ring): Promise<Answer> => {
  const [record, known] = await Promise.all([steps.records.load(doorbell.key), steps.ledger.progress(doorbell.key)]);
  // Kept for less time than its doorbell travelled: only after the retention time, when nothing is left to do.
  if (!record) return done;
  const turn = takeTurn(doorbell, known);
  switch (turn.kind) {
    case "stale":
      return done;
    case "release":
      return known ? releaseFollowers(steps, known) : done;
    case "bury":
      if (known) await sendDeadLetter(steps, known);
      return done;
    case "proceed":
      return proceed(steps, record, known, { ...doorbell, ring });
    default:
      return turn satisfies never;
  }
};

const proceed = async (
  steps: StepDependencies,
  record: CallbackRecord,
  known: Progress | undefined,
  doorbell: Doorbell & { readonly ring: Ring },
): Promise<Answer> => {
  const understood = understand(record, steps.findGateway(record.gateway), steps.config);
  if (understood.kind === "unintelligible") {
    return buryRecord(steps, begin(steps.config, record, known, doorbell, [], steps.clock()), known, { reason: understood.reason });
  }
  const begun = begin(steps.config, record, known, doorbell, understood.events, steps.clock());
  const completion = await complete(steps, understood, { begun, known, gateway: record.gateway, ring: doorbell.ring });
  if (completion.kind === "answered") return completion.answer;
  const { events } = completion;
  const applied = await apply(steps, record, completion.progress, known, events);
  if (applied === "overtaken") return done;

  const source = steps.config.sources[record.raw.source];
  const isWanted = (type: string) => !source?.ignore?.some((ignored) => ignored === type);
  const { types = [] } = applied;
  if (types.length > 0 && !types.some(isWanted))
    return settle(steps, applied, { state: "ignored", reason: "no event of it is wanted by the target" });
  const placed = await enterLines(steps, applied);
  if (placed === "overtaken") return done;
  const waiting =
    (await waitIfHeld(steps, placed, known)) ??
    (isRelaxed(steps.config, placed.source)
      ? await waitIfContractHeld(steps, placed, contractsOf(events))
      : await waitIfBehind(steps, placed));
  if (waiting) return waiting;

  // Not an attempt: nothing was sent. It comes again as it is.
  if (steps.signal.aborted) return { kind: "again", delayMs: 0 };
  const target = source?.target ?? "";
  const delivery = await steps.deliver({
    record,
    events: events.filter(({ type }) => isWanted(type)),
    target,
    attempt: placed.attempts + 1,
    signal: steps.signal,
  });
  const verdict = judge(delivery);
  if (verdict === "again") {
    const hold = await breakerAfterFailure(steps, target, placed.key, delivery);
    return hold ? waitForHold(steps, placed, hold) : retryLater(steps, placed, { delivery, verdict, ring: doorbell.ring });
  }
  await breakerAfterAnswer(steps, target);
  if (verdict === "give up") return retryLater(steps, placed, { delivery, verdict, ring: doorbell.ring });
  return settle(steps, placed, { state: "delivered", answer: delivery.kind === "delivered" ? delivery.answer : "" });
};

/** The progress as it is at the start of this attempt. A record that was never understood before learns its contracts here. */
const begin = (
  config: Config,
  record: CallbackRecord,
  known: Progress | undefined,
  doorbell: Doorbell,
  events: readonly PaymentEvent[],
  now: number,
): Progress => {
  const source = record.raw.source;
  const contracts = linesOf(config, source, events);
  const fresh = {
    key: record.key,
    state: "stored",
    at: now,
    epoch: doorbell.epoch,
    revision: 0,
    attempts: 0,
    applied: false,
    inLine: false,
  } as const;
  return {
    ...fresh,
    ...known,
    source,
    order: lineOrder(record),
    // A line entry that exists stays under the contracts it was made for, and an entry of the ledger too.
    contracts: known?.inLine || known?.applied ? known.contracts : contracts,
    group: groupOf(source, record.key, contracts),
    types: (known?.applied && known.types) || [...new Set(events.map((event) => event.type))],
  };
};

/** Ledger and progress in one transaction. An event that is there already is told again in the same words. */
const apply = async (
  steps: StepDependencies,
  record: CallbackRecord,
  progress: Progress,
  known: Progress | undefined,
  events: readonly PaymentEvent[],
): Promise<Progress | "overtaken"> => {
  if (progress.applied) return progress;
  const applied: Progress = { ...progress, applied: true, state: "applied", at: steps.clock() };
  const saved = await steps.ledger.commit(applied, known, entriesOf(record.key, record.raw.source, events));
  if (saved.kind === "overtaken") return saved.kind;
  const unknown = events.filter((event) => event.type === "unknown").length;
  if (unknown > 0) steps.count("UnknownEvents", record.raw.source, unknown);
  const incomplete = events.filter(isIncomplete).length;
  if (incomplete > 0) steps.count("IncompleteEvents", record.raw.source, incomplete);
  return saved.progress;
};

const entriesOf = (record: RecordKey, source: string, events: readonly PaymentEvent[]): Entry[] =>
  events.flatMap((event) => {
    const contract = contractOf(event);
    return contract === undefined ? [] : [{ source, contract, event, record }];
  });
