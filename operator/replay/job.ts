/** Runs a replay as a job: record by record with a bar and a report, interruptible, and kept up to date so that it can be continued. */
import { setTimeout } from "node:timers/promises";
import type { RecordKey } from "../../core/record.ts";
import type { ReplayJob } from "../../io/ledger/runs/replay-jobs.ts";
import type { Connection } from "../connect/connect.ts";
import type { Found } from "../query/select.ts";
import { type Exit, exit } from "../terminal/exit.ts";
import { startProgressBar } from "../terminal/progress-bar.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { Outcome } from "./outcome.ts";
import type { Plan } from "./plan.ts";
import { createReport } from "./report.ts";
import { runReplay } from "./run.ts";
import type { Selected } from "./selection.ts";

/** A killed replay sends again, when it is continued, what it did since, and the two pages it was at. Also how soon it notices a cancellation. */
const saveAfterRecords = 100;
const saveAfterMs = 2_000;

/** Still running, as far as is known: its runner reports every two seconds, or with every record when they come more slowly. */
export const silentAfterMs = 60_000;

export const runJob = async (
  connection: Connection,
  terminal: Terminal,
  {
    job,
    plan,
    selected,
    ratePerSecond,
    watchSeconds,
    pause = setTimeout,
  }: {
    readonly job: ReplayJob;
    readonly plan: Plan;
    readonly selected: Selected;
    readonly ratePerSecond?: number | undefined;
    /** How long to watch the outcome of the records, when they are few. 0: not at all. */
    readonly watchSeconds: number;
    readonly pause?: ((ms: number) => Promise<void>) | undefined;
  },
): Promise<Exit> => {
  const { doorbells } = await connection.queues();
  let isInterrupted = false;
  const giveBack = terminal.onInterrupt(() => {
    isInterrupted = true;
  });
  const keeper = keepJob(connection, job);
  const bar = await startProgressBar("Replaying", plan.count, terminal.interactive && !terminal.json);
  const report = createReport(connection, terminal, plan, { watchSeconds, pause });
  const run = {
    stores: connection,
    doorbells,
    findGateway: await connection.gateways(),
    isSelected: selected.isSelected,
    ratePerSecond,
    pause,
    isStopped: () => isInterrupted || !keeper.isOurs(),
  };
  const underWay: Found[] = [];
  try {
    for await (const outcome of runReplay(run, keysOf(selected.records(job), underWay))) {
      await keeper.add(outcome, underWay.shift());
      bar.update(await report.add(outcome));
    }
    await keeper.end(isInterrupted ? "stopped" : "done");
  } finally {
    bar.stop();
    giveBack();
  }
  const ended = await report.end();
  if (keeper.isOurs() && !isInterrupted) return ended;
  terminal.say(keeper.isOurs() ? stoppedText(connection, keeper.job()) : await takenText(connection, job.id));
  return exit.failed;
};

/** The keys alone; `underWay` has those that were given out and have no outcome yet. */
async function* keysOf(records: AsyncIterable<Found>, underWay: Found[]): AsyncGenerator<RecordKey> {
  for await (const found of records) {
    underWay.push(found);
    yield found.key;
  }
}

const stoppedText = (connection: Connection, { id, done, count }: ReplayJob): string =>
  `Stopped after ${done} of ${count}. To continue: ${connection.command("replays", "continue", id)}`;

const takenText = async (connection: Connection, id: string): Promise<string> => {
  const now = await connection.replays.read(id);
  return now?.state === "cancelled"
    ? `Cancelled from elsewhere after ${now.done} of ${now.count}: ${connection.command("audit")}`
    : `Another operator has taken it over: ${connection.command("replays", "show", id)}`;
};

/** Saves its progress, and notices when another operator has cancelled it or taken it over. Outcomes come in stored order. */
const keepJob = (connection: Connection, begun: ReplayJob) => {
  let saved = begun;
  let job = begun;
  let isOurs = true;
  const save = async (): Promise<void> => {
    const next = await connection.replays.save({ ...job, at: connection.clock() }, saved);
    if (next) {
      saved = next;
      job = next;
    } else isOurs = false;
  };
  return {
    job: () => job,
    isOurs: () => isOurs,
    async add({ kind }: Outcome, found: Found | undefined): Promise<void> {
      job = {
        ...job,
        done: job.done + 1,
        outcomes: { ...job.outcomes, [kind]: (job.outcomes[kind] ?? 0) + 1 },
        ...(found && { cursor: { key: found.key, storedAt: found.storedAt } }),
      };
      if (job.done - saved.done >= saveAfterRecords || connection.clock() - saved.at >= saveAfterMs) await save();
    },
    async end(state: "stopped" | "done"): Promise<void> {
      job = { ...job, state };
      if (isOurs) await save();
    },
  };
};
