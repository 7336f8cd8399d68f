/**
 * Metrics and log of `receive`, loaded when the first thing out of the ordinary happens: a gateway waits for every millisecond
 * of its start, and most callbacks need neither. To be awaited: what is not written before the answer may never be. Never throws.
 */
import type { Report } from "./log.ts";
import type { Count } from "./metrics.ts";

export type LateCount = (...what: Parameters<Count>) => Promise<void> | void;
export type LateReport = (...what: Parameters<Report>) => Promise<void> | void;

export const createLateCount = (service: string): LateCount => late(async () => (await import("./metrics.ts")).createCount(service));

export const createLateReport = (service: string): LateReport => late(async () => (await import("./log.ts")).createReport(service));

/** What is loaded at its first use; a failure to load it costs what was to be said, and nothing else. */
export const late = <What extends readonly unknown[]>(load: () => Promise<(...what: What) => void>) => {
  let loaded: Promise<(...what: What) => void> | undefined;
  return async (...what: What): Promise<void> => {
    try {
      loaded ??= load();
      (await loaded)(...what);
    } catch {
      // There is nowhere left to say that it failed, and it must not cost an acknowledgement. The next one tries again.
      loaded = undefined;
    }
  };
};
