/** Closes what was opened, in reverse order, at the end or on an interrupt. */
import { errorMessage } from "../core/failure.ts";

export interface Closing {
  add(close: () => void | Promise<void>): void;
  /** Closes everything once, each even when another cannot be closed; further calls wait for the first. */
  close(): Promise<void>;
}

export const createClosing = (): Closing => {
  const opened: (() => void | Promise<void>)[] = [];
  let closing: Promise<void> | undefined;
  const run = async () => {
    for (let close = opened.pop(); close; close = opened.pop())
      try {
        await close();
      } catch (error) {
        process.stderr.write(`while stopping: ${errorMessage(error)}\n`);
      }
  };
  return {
    add: (close) => void opened.push(close),
    close: () => {
      closing ??= run();
      return closing;
    },
  };
};

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
/** A second Ctrl-C within this time is the first one, forwarded by npm. */
const echoMs = 1_000;

/** Calls `end` at the first Ctrl-C; the second ends the process at once. @returns a function that restores the signals' default */
export const onInterrupt = (end: () => void): (() => void) => {
  let askedAt: number | undefined;
  const ask = () => {
    if (askedAt !== undefined && performance.now() - askedAt > echoMs) process.exit(130);
    if (askedAt !== undefined) return;
    askedAt = performance.now();
    end();
  };
  for (const signal of signals) process.on(signal, ask);
  return () => {
    for (const signal of signals) process.removeListener(signal, ask);
  };
};
