/** `holdfast replay`: shows what would be sent again, and sends it when told so. */

import { Failure } from "../../core/failure.ts";
import { type Exit, exit } from "../cli/exit.ts";
import { printJson, type Terminal } from "../cli/terminal.ts";
import type { Connection } from "../connect/connect.ts";
import { carryOut } from "./carry-out.ts";
import { jobId } from "./job.ts";
import { makePlan, type Plan, planAsJson, planAsText } from "./plan.ts";
import { type Chosen, choose, type Meant, meantWords } from "./selected-records.ts";

export interface ReplayOptions {
  /** What was typed, or a filter. */
  readonly meant: Meant;
  /** Without it only the plan is shown, and a person at a terminal is asked. */
  readonly yes: boolean;
  readonly ratePerSecond?: number | undefined;
  /** For the audit trail. */
  readonly reason: { readonly by: string; readonly why?: string | undefined };
  readonly watchSeconds: number;
  readonly pause?: (ms: number) => Promise<void>;
}

/** Their names are kept with the job, whose item holds 400 KB. */
const mostNamed = 1_000;

export const replay = async (at: Connection, terminal: Terminal, options: ReplayOptions): Promise<Exit> => {
  if ("keys" in options.meant && options.meant.keys.length > mostNamed)
    throw new Failure(`At most ${mostNamed} records can be named at a time: name a filter, or fewer.`, "usage");
  const chosen = await choose(at, options.meant);
  const plan = await makePlan(chosen.records());
  if (plan.count === 0) {
    if (terminal.json) await printJson(terminal, { plan: planAsJson(plan), outcomes: null });
    terminal.say("There is nothing to replay.");
    return exit.nothing;
  }
  if (!terminal.json) await terminal.print(planAsText(plan, terminal, options.ratePerSecond));
  if (!(await isWanted(terminal, options, plan))) {
    if (terminal.json) await printJson(terminal, { plan: planAsJson(plan), outcomes: null });
    terminal.say("Nothing was replayed. Add --yes to do it.");
    return exit.ok;
  }
  const job = await begin(at, options, chosen, plan);
  return carryOut(at, terminal, { ...options, job, plan, chosen });
};

const isWanted = async (terminal: Terminal, { yes }: ReplayOptions, { count }: Plan): Promise<boolean> =>
  yes || (terminal.interactive && !terminal.json && /^\s*y(es)?\s*$/i.test(await terminal.ask(`Replay ${count}? [y/N] `)));

/** Notes who does it, and keeps what was agreed to, before anything moves. */
const begin = async (at: Connection, { reason, ratePerSecond }: ReplayOptions, { meant }: Chosen, plan: Plan) => {
  const { by, why } = reason;
  const now = at.clock();
  const job = await at.replays.save(
    {
      id: jobId(now, at.random),
      by,
      ...(why !== undefined && { why }),
      startedAt: now,
      meant,
      ...(ratePerSecond !== undefined && { ratePerSecond }),
      count: plan.count,
      oldest: plan.oldest ?? 0,
      newest: plan.newest ?? now,
      state: "running",
      at: now,
      done: 0,
      outcomes: {},
    },
    undefined,
  );
  if (!job) throw new Failure("Two replays began in the same second under the same name: type it once more.");
  await at.audit.note({
    at: now,
    by,
    what: "replay",
    to: `${meantWords(meant, plan.count)} (replay ${job.id})`,
    ...(why !== undefined && { why }),
  });
  return job;
};
