/** Keeps a replay's job up to date while it runs, and notices when somebody else has cancelled it or taken it over. */

import type { ReplayJob } from "../../io/ledger/replay-jobs.ts";
import type { Connection } from "../connect/connect.ts";
import type { Found } from "../query/select.ts";
import type { Outcome } from "./run.ts";

/** What a killed replay sends again when it is continued, at most; and how soon one that goes slowly notices a cancellation. */
const saveAfterRecords = 100;
const saveAfterMs = 2_000;

/** Still run by somebody, as far as one can tell: it says so every two seconds, or with every record when they come more slowly. */
export const silentAfterMs = 60_000;

export interface Keeper {
  readonly job: () => ReplayJob;
  /** Outcomes come in stored order. */
  add(outcome: Outcome, found: Found | undefined): Promise<void>;
  /** Whether the job is still this one's to run. */
  isOurs(): boolean;
  end(state: "stopped" | "done"): Promise<void>;
}

export const keepJob = (at: Pick<Connection, "replays" | "clock">, begun: ReplayJob): Keeper => {
  let saved = begun;
  let job = begun;
  let isOurs = true;
  const save = async (): Promise<void> => {
    const next = await at.replays.save({ ...job, at: at.clock() }, saved);
    if (next) {
      saved = next;
      job = next;
    } else isOurs = false;
  };
  return {
    job: () => job,
    isOurs: () => isOurs,
    async add({ kind }, found) {
      job = {
        ...job,
        done: job.done + 1,
        outcomes: { ...job.outcomes, [kind]: (job.outcomes[kind] ?? 0) + 1 },
        ...(found && { cursor: { key: found.key, storedAt: found.storedAt } }),
      };
      if (job.done - saved.done >= saveAfterRecords || at.clock() - saved.at >= saveAfterMs) await save();
    },
    async end(state) {
      job = { ...job, state };
      if (isOurs) await save();
    },
  };
};

/** `20261120-120102-4f7a`: sorts by time, can be read out, and is not given twice. */
export const jobId = (now: number, random: () => number): string => {
  const digits = new Date(now).toISOString().replace(/\D/g, "");
  const unique = Math.floor(random() * 0x10000)
    .toString(16)
    .padStart(4, "0");
  return `${digits.slice(0, 8)}-${digits.slice(8, 14)}-${unique}`;
};
