/**
 * Calls to AWS that end with the work they are made for. The SDK takes a signal per call; here the work has one, and every
 * call made within it, however deep, is aborted with it. Invocations that share a process do not end each other's calls.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { type CallLimits, type ClientExtension, patient } from "./clients.ts";

const signals = new AsyncLocalStorage<AbortSignal>();

/**
 * Calls of `bounded` clients that `work` makes throw when the signal is aborted, or that of the work which this is part of. What AWS
 * has received by then may still happen.
 */
export const endingWith = <Result>(signal: AbortSignal, work: () => Result): Result => {
  const outer = signals.getStore();
  return signals.run(outer ? AbortSignal.any([outer, signal]) : signal, work);
};

/** Of the work that this is part of, for what no client ends: a stream that is being read. */
export const endingSignal = (): AbortSignal | undefined => signals.getStore();

const endable: ClientExtension = {
  configure(client) {
    const handler = client.httpHandler();
    const handle = handler.handle.bind(handler);
    handler.handle = (request, options) => {
      const signal = options?.abortSignal ?? signals.getStore();
      return handle(request, { ...options, ...(signal && { abortSignal: signal }) });
    };
  },
};

/** Patient, but not beyond the end of the work the call is made for. */
export const bounded: CallLimits = { ...patient, extensions: [endable] };
