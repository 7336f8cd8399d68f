/** `holdfast replays`: past and running replays; continues an interrupted one, cancels an unwanted one. */
import { Failure } from "../../core/failure.ts";
import { isoTime } from "../../core/formats/iso-time.ts";
import { printableLine } from "../../core/formats/printable.ts";
import type { ReplayJob } from "../../io/ledger/runs/replay-jobs.ts";
import type { Connection } from "../connect/connect.ts";
import { type Exit, exit } from "../terminal/exit.ts";
import { printList } from "../terminal/table.ts";
import { printJson, type Terminal } from "../terminal/terminal.ts";
import { momentText, spanText } from "../terminal/time-words.ts";
import { runJob, silentAfterMs } from "./job.ts";
import { makePlan, planAsText } from "./plan.ts";
import { agesOf, type ReplayOptions } from "./replay-command.ts";
import { resolveSelection, selectionText } from "./selection.ts";

const columns = [
  { title: "REPLAY" },
  { title: "STATE", cut: "end" },
  { title: "DONE", align: "right" },
  { title: "WHO" },
  { title: "WHAT", cut: "end" },
  { title: "WHY", cut: "end" },
] as const;

export const replaysList = async (connection: Connection, terminal: Terminal, { limit }: { readonly limit: number }): Promise<Exit> => {
  const jobs: ReplayJob[] = [];
  for await (const job of connection.replays.all()) if (jobs.push(job) >= limit) break;
  await printList(terminal, jobs, {
    columns,
    row: (job) => [
      job.id,
      stateText(job, connection.clock()),
      `${job.done}/${job.count}`,
      job.by,
      selectionText(job.meant, job.count),
      job.why ?? "",
    ],
    json: asJson,
  });
  if (jobs.length > 0) return exit.ok;
  terminal.say("No replays yet.");
  return exit.nothing;
};

export const replaysShow = async (connection: Connection, terminal: Terminal, id: string): Promise<Exit> => {
  const job = await find(connection, id);
  if (terminal.json) await printJson(terminal, asJson(job));
  else
    await terminal.print(
      [
        terminal.colours.bold(`Replay ${job.id}: ${stateText(job, connection.clock())}`),
        `  by       ${printableLine(job.by)}${job.why === undefined ? "" : `: ${printableLine(job.why)}`}`,
        `  what     ${printableLine(selectionText(job.meant, job.count))}`,
        `  done     ${job.done} of ${job.count}`,
        ...Object.entries(job.outcomes).map(([outcome, count]) => `           ${count} ${outcome}`),
        `  started  ${momentText(job.startedAt)}`,
        `  last     ${momentText(job.at)}${job.cursor ? `, ${job.cursor.key}` : ""}`,
        ...(isOpen(job) ? [`To continue: ${connection.command("replays", "continue", job.id)}`] : []),
        "",
      ].join("\n"),
    );
  return exit.ok;
};

/** Its runner notices within two seconds, or with its next record. What was sent already stays sent. */
export const replaysCancel = async (
  connection: Connection,
  terminal: Terminal,
  id: string,
  reason: { readonly by: string; readonly why: string },
): Promise<Exit> => {
  const job = await findOpen(connection, id);
  const saved = await connection.replays.save({ ...job, state: "cancelled", at: connection.clock() }, job);
  if (!saved) return replaysCancel(connection, terminal, id, reason);
  const to = `replay ${id}, after ${job.done} of ${job.count}`;
  await connection.audit.note({ ...reason, at: connection.clock(), what: "cancel", to });
  terminal.say(`Cancelled after ${job.done} of ${job.count}. What was sent already stays sent.`);
  if (terminal.json) await printJson(terminal, asJson(saved));
  return exit.ok;
};

export const replaysContinue = async (
  connection: Connection,
  terminal: Terminal,
  id: string,
  options: Pick<ReplayOptions, "reason" | "ratePerSecond" | "watchSeconds" | "pause">,
): Promise<Exit> => {
  const job = await findOpen(connection, id);
  const silentMs = connection.clock() - job.at;
  if (job.state === "running" && silentMs < silentAfterMs)
    throw new Failure(
      `The replay ${id} ran ${spanText(silentMs)} ago and may still be running. If it is not, try again in a minute; to stop it: ${connection.command("replays", "cancel", id)}`,
    );
  const ratePerSecond = options.ratePerSecond ?? job.ratePerSecond;
  const taken = await connection.replays.save({ ...job, state: "running", at: connection.clock() }, job);
  if (!taken) throw new Failure(`Another operator has just taken over the replay ${id}: ${connection.command("replays", "show", id)}`);
  const selected = await resolveSelection(connection, job.meant);
  const plan = await makePlan(selected.records(taken), await agesOf(connection));
  const { by, why } = options.reason;
  const to = `replay ${id}: ${selectionText(job.meant, plan.count)}`;
  await connection.audit.note({ at: connection.clock(), by, what: "continue", to, ...(why !== undefined && { why }) });
  if (plan.count === 0) terminal.say("Nothing of it is left to be replayed.");
  else if (!terminal.json) await terminal.print(planAsText(plan, terminal, ratePerSecond));
  return runJob(connection, terminal, { ...options, ratePerSecond, job: taken, plan, selected });
};

const isOpen = ({ state }: ReplayJob): boolean => state === "running" || state === "stopped";

const find = async (connection: Connection, id: string): Promise<ReplayJob> => {
  const job = await connection.replays.read(id);
  if (!job) throw new Failure(`There is no replay ${id}: ${connection.command("replays", "list")}`, "nothing found");
  return job;
};

const findOpen = async (connection: Connection, id: string): Promise<ReplayJob> => {
  const job = await find(connection, id);
  if (!isOpen(job)) throw new Failure(`The replay ${id} is already ${job.state}.`);
  return job;
};

const stateText = ({ state, at }: ReplayJob, now: number): string =>
  state === "running" && now - at >= silentAfterMs ? `silent for ${spanText(now - at)}` : state;

const asJson = (job: ReplayJob) => ({
  ...job,
  startedAt: isoTime(job.startedAt),
  at: isoTime(job.at),
  oldest: isoTime(job.oldest),
  newest: isoTime(job.newest),
});
