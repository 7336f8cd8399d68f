/**
 * Metrics and log of `receive`, loaded at the first exception: a gateway waits for every millisecond
 * of its start, and most callbacks need neither. To be awaited: what is not written before the answer may never be. Never throws.
 */
import type { Report } from "./log.ts";
import type { Count } from "./metrics.ts";

export type LazyCount = (...what: Parameters<Count>) => Promise<void> | void;
export type LazyReport = (...what: Parameters<Report>) => Promise<void> | void;

/** What is loaded at its first use; a failure to load it costs the line, and nothing else. */
export const lazy = <What extends readonly unknown[]>(load: () => Promise<(...what: What) => void>) => {
  let loaded: Promise<(...what: What) => void> | undefined;
  return async (...what: What): Promise<void> => {
    try {
      loaded ??= load();
      (await loaded)(...what);
    } catch {
      // There is nowhere left to report that, and it must not cost an acknowledgement. The next use tries again.
      loaded = undefined;
    }
  };
};
