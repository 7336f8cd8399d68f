/** Things that were opened, closed in the opposite order; each is closed even when another cannot be. */
import { messageOf } from "../core/failure.ts";

export interface Closing {
  add(close: () => void | Promise<void>): void;
  /** Closes everything once; further calls wait for the first. */
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
        process.stderr.write(`while stopping: ${messageOf(error)}\n`);
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
