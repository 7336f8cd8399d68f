/**
 * Nothing goes on after an invocation: Lambda would freeze it and let it run on in a later one, with an answer that nobody has
 * any more. So the work is ended in time, in two steps, and awaited. (middy's own early end gives up waiting and lets the work run.)
 */
import type middy from "@middy/core";
import type { Context } from "aws-lambda";

export interface Deadline {
  /** Ends what waits for others: deliveries, and questions to gateways. What became of them is saved after that. */
  readonly work: AbortSignal;
  /** Ends calls to AWS. What is not saved by then comes again, and is named in the answer. */
  readonly calls: AbortSignal;
}

/** Before Lambda's end. The first is long enough to save an attempt's outcome, the second to hand a batch's messages back. */
export const endsBeforeMs = { work: 5_000, calls: 3_000 } as const;

type Timers = { timers?: readonly (NodeJS.Timeout | undefined)[] };

export const deadline = (): middy.MiddlewareObj<unknown, unknown, Error, Context & { deadline?: Deadline }, Timers> => {
  const clear = ({ internal }: { readonly internal: Timers }) => {
    for (const timer of internal.timers ?? []) clearTimeout(timer);
  };
  return {
    before: ({ context, internal }) => {
      const [work, calls] = [new AbortController(), new AbortController()];
      const left = context.getRemainingTimeInMillis();
      internal.timers = [abortIn(left - endsBeforeMs.work, work), abortIn(left - endsBeforeMs.calls, calls)];
      context.deadline = { work: work.signal, calls: calls.signal };
    },
    after: clear,
    onError: clear,
  };
};

/** Without time, at once: a timer would let the work begin. */
const abortIn = (ms: number, controller: AbortController): NodeJS.Timeout | undefined => {
  if (ms > 0) return setTimeout(() => controller.abort(), ms);
  controller.abort();
  return undefined;
};
