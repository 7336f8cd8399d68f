/**
 * Deliver: the record, or the events that its target has not accepted yet, one after another within this turn's time. Each that
 * is accepted is noted before the next is sent, so that a process that dies has only what was in flight sent again.
 */
import { passesThrough } from "../../../core/config/target.ts";
import type { PaymentEvent } from "../../../core/event.ts";
import { countAccepted, isToBeNoted, notAccepted } from "../../../core/lifecycle/accepted.ts";
import type { Part } from "../../../core/lifecycle/cause.ts";
import { withGrace } from "../../../core/lifecycle/early.ts";
import { mayPass } from "../../../core/lifecycle/holds/hold.ts";
import { classifyAnswer, inPart } from "../../../core/lifecycle/retry.ts";
import { accept, goOn } from "../../../core/lifecycle/transitions/sending.ts";
import type { CallbackRecord } from "../../../core/record.ts";
import type { StepDependencies } from "./dependencies.ts";
import { breakerAfterAnswer, breakerAfterFailure } from "./failing/breaker.ts";
import { deadLetter } from "./failing/dead-letter.ts";
import { deferRecord } from "./failing/defer.ts";
import { retryLater, waitAfterFailure } from "./failing/retry-later.ts";
import type { Answer, Ring } from "./outcome.ts";
import { saveTurn } from "./save-turn.ts";
import { noteAcceptance, settleDelivered } from "./settle.ts";
import type { Placed } from "./wait.ts";

export interface Consignment {
  readonly record: CallbackRecord;
  /** Those the target does not ignore. */
  readonly events: readonly PaymentEvent[];
  readonly target: string;
  readonly ring: Ring;
}

export const deliverRecord = async (steps: StepDependencies, placed: Placed, consignment: Consignment): Promise<Answer> => {
  const { record, events, target, ring } = consignment;
  // Not an attempt: nothing was sent. It is redelivered as it is.
  if (!hasTime(steps, target)) return { kind: "again", delayMs: 0 };
  const left = notAccepted(events, placed.accepted);
  const sending = createSending(steps, placed, consignment);
  const delivery = await steps.deliver({
    record,
    events: left,
    target,
    attempt: placed.attempts + 1,
    acceptedBefore: placed.acceptedBefore,
    signal: steps.signal,
    mayGoOn: sending.mayGoOn,
  });
  if (sending.isOvertaken()) return { kind: "done" };
  const progress = sending.progress();
  const accepted = countAccepted(progress.accepted);
  const next = left[accepted - countAccepted(placed.accepted)];
  const isOneOfSeveral = !passesThrough(steps.config.targets[target]) && events.length > 1 && next !== undefined;
  const part: Part | undefined = isOneOfSeveral ? { event: next.id, accepted, of: events.length } : undefined;
  const graceSeconds = steps.config.targets[target]?.refusalGraceSeconds ?? 0;
  const verdict = withGrace(inPart(classifyAnswer(delivery), part), delivery, { before: progress, graceSeconds, now: steps.clock() });
  switch (verdict.kind) {
    case "defer":
      return deferRecord(steps, progress, target, verdict.cause);
    case "again": {
      const hold = await breakerAfterFailure(steps, target, progress, verdict.cause);
      return hold ? waitAfterFailure(steps, progress, { cause: verdict.cause, hold }) : retryLater(steps, progress, { ...verdict, ring });
    }
    case "early":
      await breakerAfterAnswer(steps, target);
      return retryLater(steps, progress, { ...verdict, ring });
    case "go on": {
      const isRedelivered = ring !== "line";
      const cause = { kind: "partly delivered", accepted, of: events.length } as const;
      const saved = await saveTurn(steps, progress, (from) => goOn(from, cause, isRedelivered, steps.clock()));
      return saved.kind === "saved" && isRedelivered ? { kind: "again", delayMs: 0 } : { kind: "done" };
    }
    case "done":
      await breakerAfterAnswer(steps, target);
      return settleDelivered(steps, progress, verdict.answer);
    case "give up":
      await breakerAfterAnswer(steps, target);
      return deadLetter(steps, progress, progress, { cause: verdict.cause, attempts: progress.attempts + 1 });
    default:
      return verdict satisfies never;
  }
};

/** Whether an answer that takes as long as the target allows comes before this turn's work has to end. */
const hasTime = ({ config, signal, timeLeft }: StepDependencies, target: string): boolean =>
  !signal.aborted && timeLeft() >= (config.targets[target]?.timeoutSeconds ?? 0) * 1000;

/** What is known while one event after another is sent: each acceptance, saved or still to be saved with what follows. */
const createSending = (steps: StepDependencies, placed: Placed, { events, target }: Consignment) => {
  let progress = placed;
  let isOvertaken = false;
  let notedAt = Number.NEGATIVE_INFINITY;
  return {
    progress: () => progress,
    isOvertaken: () => isOvertaken,
    async mayGoOn({ id }: PaymentEvent): Promise<boolean> {
      const known = progress;
      const now = steps.clock();
      progress = accept(known, id, now);
      if (known === placed) await breakerAfterAnswer(steps, target);
      if (isToBeNoted(events.length, now - notedAt)) {
        const saved = await saveTurn(steps, known, (from) => accept(from, id, now));
        if (saved.kind === "overtaken") {
          isOvertaken = true;
          await noteAcceptance(steps, known, id);
          return false;
        }
        progress = saved.progress;
        notedAt = now;
      }
      const hold = await steps.holds.recent(target);
      return hasTime(steps, target) && mayPass(hold, progress);
    },
  };
};
