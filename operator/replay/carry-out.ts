/** Carries out what a replay's plan says, record by record, with a bar, a report, and a job that can be continued. */
import { setTimeout } from "node:timers/promises";
import type { RecordKey } from "../../core/record.ts";
import type { ReplayJob } from "../../io/ledger/replay-jobs.ts";
import { type Exit, exit } from "../cli/exit.ts";
import { startProgressBar } from "../cli/progress-bar.ts";
import type { Terminal } from "../cli/terminal.ts";
import type { Connection } from "../connect/connect.ts";
import type { Found } from "../query/select.ts";
import { type Keeper, keepJob } from "./job.ts";
import type { Plan } from "./plan.ts";
import { createReport } from "./report.ts";
import { type ReplayRun, runReplay } from "./run.ts";
import type { Chosen } from "./selected-records.ts";

export interface CarryOut {
  readonly job: ReplayJob;
  readonly plan: Plan;
  readonly chosen: Chosen;
  readonly ratePerSecond?: number | undefined;
  /** How long to watch what becomes of the records, when they are few. 0: not at all. */
  readonly watchSeconds: number;
  readonly pause?: ((ms: number) => Promise<void>) | undefined;
}

export const carryOut = async (
  at: Connection,
  terminal: Terminal,
  { job, plan, chosen, pause = setTimeout, ...options }: CarryOut,
): Promise<Exit> => {
  const { doorbells } = await at.queues();
  let isInterrupted = false;
  const giveBack = terminal.onInterrupt(() => {
    isInterrupted = true;
  });
  const keeper = keepJob(at, job);
  const bar = await startProgressBar("Replaying", plan.count, terminal.interactive && !terminal.json);
  const report = createReport(at, terminal, plan, { watchSeconds: options.watchSeconds, pause });
  const underWay: Found[] = [];
  const run: ReplayRun = {
    stores: at,
    doorbells,
    findGateway: await at.gateways(),
    isMeant: chosen.isMeant,
    ratePerSecond: options.ratePerSecond,
    pause,
    isStopped: () => isInterrupted || !keeper.isOurs(),
  };
  try {
    for await (const outcome of runReplay(run, keysOf(chosen.records(job), underWay))) {
      await keeper.add(outcome, underWay.shift());
      bar.update(await report.add(outcome));
    }
    await keeper.end(isInterrupted ? "stopped" : "done");
  } finally {
    bar.stop();
    giveBack();
  }
  const ended = await report.end();
  if (!keeper.isOurs()) return tellTaken(at, terminal, keeper);
  return isInterrupted ? tellStopped(at, terminal, keeper) : ended;
};

/** The keys alone; `underWay` has those that were given out and have no outcome yet. */
async function* keysOf(records: AsyncIterable<Found>, underWay: Found[]): AsyncGenerator<RecordKey> {
  for await (const found of records) {
    underWay.push(found);
    yield found.key;
  }
}

const tellStopped = (at: Connection, terminal: Terminal, keeper: Keeper): Exit => {
  const { id, done, count } = keeper.job();
  terminal.say(`Stopped after ${done} of ${count}. To go on: ${at.command("replays", "continue", id)}`);
  return exit.failed;
};

const tellTaken = async (at: Connection, terminal: Terminal, keeper: Keeper): Promise<Exit> => {
  const { id } = keeper.job();
  const now = await at.replays.read(id);
  terminal.say(
    now?.state === "cancelled"
      ? `Cancelled from elsewhere after ${now.done} of ${now.count}: ${at.command("audit")}`
      : `Somebody else has taken it over: ${at.command("replays", "show", id)}`,
  );
  return exit.failed;
};
