/** `holdfast replays`: the replays of the past and those under way; continues one that was interrupted, cancels one that is not wanted. */

import { Failure } from "../../core/failure.ts";
import { isoTime } from "../../core/formats/iso-time.ts";
import { printableLine } from "../../core/formats/printable.ts";
import type { ReplayJob } from "../../io/ledger/replay-jobs.ts";
import { type Exit, exit } from "../cli/exit.ts";
import { createTable } from "../cli/table.ts";
import { printJson, type Terminal } from "../cli/terminal.ts";
import { momentText, spanText } from "../cli/time-words.ts";
import type { Connection } from "../connect/connect.ts";
import { carryOut } from "./carry-out.ts";
import { silentAfterMs } from "./job.ts";
import { makePlan, planAsText } from "./plan.ts";
import type { ReplayOptions } from "./replay-command.ts";
import { choose, meantWords } from "./selected-records.ts";

const columns = [
  { title: "REPLAY" },
  { title: "STATE", cut: "end" },
  { title: "DONE", align: "right" },
  { title: "WHO" },
  { title: "WHAT", cut: "end" },
  { title: "WHY", cut: "end" },
] as const;

export const replaysList = async (at: Connection, terminal: Terminal, { limit }: { readonly limit: number }): Promise<Exit> => {
  const jobs: ReplayJob[] = [];
  for await (const job of at.replays.all()) if (jobs.push(job) >= limit) break;
  if (terminal.json) await printJson(terminal, jobs.map(asJson));
  else if (jobs.length > 0)
    await terminal.print(
      createTable(
        columns,
        terminal,
      )(
        jobs.map((job) => [
          job.id,
          stateText(job, at.clock()),
          `${job.done}/${job.count}`,
          printableLine(job.by),
          printableLine(meantWords(job.meant, job.count)),
          printableLine(job.why ?? ""),
        ]),
      ),
    );
  if (jobs.length > 0) return exit.ok;
  terminal.say("Nobody has replayed anything yet.");
  return exit.nothing;
};

export const replaysShow = async (at: Connection, terminal: Terminal, id: string): Promise<Exit> => {
  const job = await find(at, id);
  if (terminal.json) await printJson(terminal, asJson(job));
  else
    await terminal.print(
      [
        terminal.colours.bold(`Replay ${job.id}: ${stateText(job, at.clock())}`),
        `  by       ${printableLine(job.by)}${job.why === undefined ? "" : `: ${printableLine(job.why)}`}`,
        `  what     ${printableLine(meantWords(job.meant, job.count))}`,
        `  done     ${job.done} of ${job.count}`,
        ...Object.entries(job.outcomes).map(([outcome, count]) => `           ${count} ${outcome}`),
        `  started  ${momentText(job.startedAt)}`,
        `  last     ${momentText(job.at)}${job.cursor ? `, ${job.cursor.key}` : ""}`,
        ...(isOpen(job) ? [`To go on: ${at.command("replays", "continue", job.id)}`] : []),
        "",
      ].join("\n"),
    );
  return exit.ok;
};

/** Whoever runs it notices within two seconds, or with its next record. What was sent already stays sent. */
export const replaysCancel = async (at: Connection, terminal: Terminal, id: string, reason: { by: string; why: string }): Promise<Exit> => {
  const job = await find(at, id);
  if (!isOpen(job)) throw new Failure(`The replay ${id} is ${job.state} already.`);
  const saved = await at.replays.save({ ...job, state: "cancelled", at: at.clock() }, job);
  if (!saved) return replaysCancel(at, terminal, id, reason);
  await at.audit.note({ at: at.clock(), ...reason, what: "cancel", to: `replay ${id}, after ${job.done} of ${job.count}` });
  terminal.say(`Cancelled after ${job.done} of ${job.count}. What was sent already stays sent.`);
  if (terminal.json) await printJson(terminal, asJson(saved));
  return exit.ok;
};

export const replaysContinue = async (
  at: Connection,
  terminal: Terminal,
  id: string,
  options: Pick<ReplayOptions, "reason" | "ratePerSecond" | "watchSeconds" | "pause">,
): Promise<Exit> => {
  const job = await find(at, id);
  if (!isOpen(job)) throw new Failure(`The replay ${id} is ${job.state} already.`);
  const silentMs = at.clock() - job.at;
  if (job.state === "running" && silentMs < silentAfterMs)
    throw new Failure(
      `The replay ${id} ran ${spanText(silentMs)} ago and may still run. When it does not, try again in a minute; when it does and should not: ${at.command("replays", "cancel", id)}`,
    );
  const ratePerSecond = options.ratePerSecond ?? job.ratePerSecond;
  const taken = await at.replays.save({ ...job, state: "running", at: at.clock() }, job);
  if (!taken) throw new Failure(`Somebody else has just taken over the replay ${id}: ${at.command("replays", "show", id)}`);
  const chosen = await choose(at, job.meant);
  const plan = await makePlan(chosen.records(taken));
  const { by, why } = options.reason;
  await at.audit.note({
    at: at.clock(),
    by,
    what: "continue",
    to: `replay ${id}: ${meantWords(job.meant, plan.count)}`,
    ...(why !== undefined && { why }),
  });
  if (!terminal.json) await terminal.print(planAsText(plan, terminal, ratePerSecond));
  return carryOut(at, terminal, { ...options, ratePerSecond, job: taken, plan, chosen });
};

const isOpen = ({ state }: ReplayJob): boolean => state === "running" || state === "stopped";

const find = async (at: Connection, id: string): Promise<ReplayJob> => {
  const job = await at.replays.read(id);
  if (!job) throw new Failure(`There is no replay ${id}: ${at.command("replays", "list")}`, "nothing found");
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
