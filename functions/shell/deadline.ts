/**
 * Nothing goes on after an invocation: Lambda would freeze it and let it run on in a later one, long after its
 * result was reported. So the work is ended in time, in two steps, and awaited. (middy's own early end stops waiting but lets the work run.)
 */
import type middy from "@middy/core";
import type { Context } from "aws-lambda";

export interface Deadline {
  /** Ends what waits for others: deliveries, and read-backs. Their outcome is saved after that. */
  readonly work: AbortSignal;
  /** Ends calls to AWS. What is not saved by then is redelivered, and is named in the answer. */
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
