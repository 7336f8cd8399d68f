/**
 * Between parsing and the ledger: what a callback could not say is read back from the gateway's API, where its source asks for that.
 * The gateway was answered long before, so an unavailable API costs an attempt and nothing else.
 */
import { targetOf } from "../../../../core/config/of-config.ts";
import { passesThrough } from "../../../../core/config/target.ts";
import type { PaymentEvent } from "../../../../core/event.ts";
import type { Before } from "../../../../core/lifecycle/events.ts";
import { linesOf } from "../../../../core/lifecycle/line.ts";
import type { Progress } from "../../../../core/lifecycle/progress.ts";
import { goOn } from "../../../../core/lifecycle/transitions/sending.ts";
import { learn, readOn } from "../../../../core/lifecycle/transitions/turn.ts";
import type { Page } from "../../../../core/read-back.ts";
import type { Understood } from "../../../../core/understand.ts";
import type { StepDependencies } from "../dependencies.ts";
import { retryLater } from "../failing/retry-later.ts";
import type { Answer, Ring } from "../outcome.ts";

export type Completion =
  | { readonly kind: "known"; readonly progress: Before<"learn">; readonly events: readonly PaymentEvent[] }
  | { readonly kind: "answered"; readonly answer: Answer };

/**
 * An API that does not answer, or rejects us, is retried like a delivery: the ledger must not show half a payment for good
 * when all of it is available a moment later. One that answers and knows no more leaves the events incomplete, and they go on.
 * @param begun the record's progress by what its callback says; it keeps its group, which is the one the queue has it in
 */
export const complete = async (
  steps: StepDependencies,
  { callback, events: parsed }: Extract<Understood, { kind: "understood" }>,
  { begun, known, gateway, ring }: { begun: Before<"learn">; known: Progress | undefined; gateway: string; ring: Ring },
): Promise<Completion> => {
  // The ledger has it, and the gateway's own bytes are the same whatever the API says.
  if (begun.applied && passesThrough(targetOf(steps.config, begun.source))) return { kind: "known", progress: begun, events: parsed };
  const reading = createReading(steps, begun);
  const { signal, timeLeft } = steps;
  const completed = await steps.readBack({ callback, gateway, events: parsed, signal, timeLeft, pages: reading.pages });
  const read = reading.progress();
  const pages = read.readSoFar?.pages ?? 0;
  const isShort = read !== begun && timeLeft() < applyMs;
  if (completed.kind === "partly" || (completed.kind === "known" && isShort)) {
    const isRedelivered = ring !== "line";
    const rest = goOn(read, { kind: "partly read back", pages }, isRedelivered, steps.clock());
    const saved = await steps.ledger.save(rest, known);
    const answer: Answer = saved.kind === "saved" && isRedelivered ? { kind: "again", delayMs: 0 } : { kind: "done" };
    return { kind: "answered", answer };
  }
  if (completed.kind === "known") {
    const { events, lacking } = completed;
    const contracts = linesOf(steps.config, begun.source, events);
    const types = [...new Set(events.map((event) => event.type))];
    return { kind: "known", progress: learn(read, { contracts, types, ...(lacking !== undefined && { lacking }) }), events };
  }
  steps.count("ReadBacksUnavailable", begun.source);
  const saved = await steps.ledger.save(read, known);
  if (saved.kind === "overtaken") return { kind: "answered", answer: { kind: "done" } };
  return { kind: "answered", answer: await retryLater(steps, saved.progress, { cause: completed.cause, ring }) };
};

/** Some thousand events have to be written, and their contracts' lines. */
const applyMs = 25_000;

/** The progress of a record while one page after another is read and kept. */
const createReading = ({ ledger: { pages }, clock }: StepDependencies, begun: Before<"learn">) => {
  let progress = begun;
  return {
    progress: () => progress,
    pages: {
      read: async () => (begun.readSoFar ? pages.read(begun.key, begun.readSoFar) : new Map<string, Page>()),
      async keep(name: string, page: Page): Promise<void> {
        const { since, pages: place } = progress.readSoFar ?? { since: clock(), pages: 0 };
        await pages.keep(begun.key, { since, place }, name, page);
        progress = readOn(progress, { since, pages: place + 1 });
      },
    },
  };
};
