/** `holdfast replay`: shows what would be sent again, and sends it once that is confirmed. */
import { agingSources } from "../../core/delivery/aging.ts";
import { Failure } from "../../core/failure.ts";
import type { ReplayJob } from "../../io/ledger/runs/replay-jobs.ts";
import type { Connection } from "../connect/connect.ts";
import { type Exit, exit } from "../terminal/exit.ts";
import { printJson, type Terminal } from "../terminal/terminal.ts";
import { runJob } from "./job.ts";
import { type Ages, makePlan, type Plan, planAsJson, planAsText } from "./plan.ts";
import { resolveSelection, type Selected, type Selection, selectionText } from "./selection.ts";

export interface ReplayOptions {
  /** What was typed, or a filter. */
  readonly selection: Selection;
  /** Without it only the plan is shown, and at a terminal the operator is asked. */
  readonly yes: boolean;
  readonly ratePerSecond?: number | undefined;
  /** For the audit trail. */
  readonly reason: { readonly by: string; readonly why?: string | undefined };
  readonly watchSeconds: number;
  readonly pause?: (ms: number) => Promise<void>;
}

export const replay = async (connection: Connection, terminal: Terminal, options: ReplayOptions): Promise<Exit> => {
  const selected = await resolveSelection(connection, options.selection);
  const plan = await makePlan(selected.records(), await agesOf(connection));
  if (plan.count > 0 && !terminal.json) await terminal.print(planAsText(plan, terminal, options.ratePerSecond));
  if (plan.count > 0 && (await isWanted(terminal, options, plan))) {
    const job = await begin(connection, options, selected, plan);
    return runJob(connection, terminal, { ...options, job, plan, selected });
  }
  if (terminal.json) await printJson(terminal, { plan: planAsJson(plan), outcomes: null });
  terminal.say(plan.count === 0 ? "There is nothing to replay." : "Nothing was replayed. Add --yes to do it.");
  return plan.count === 0 ? exit.nothing : exit.ok;
};

export const agesOf = async ({ config, gateways, clock }: Connection): Promise<Ages> => ({
  sources: agingSources(config, await gateways()),
  now: clock(),
});

const isWanted = async (terminal: Terminal, { yes }: ReplayOptions, { count }: Plan): Promise<boolean> =>
  yes || (terminal.interactive && !terminal.json && /^\s*y(es)?\s*$/i.test(await terminal.ask(`Replay ${count}? [y/N] `)));

/** Notes who does it, and saves the plan, before anything is sent. */
const begin = async (
  connection: Connection,
  { reason, ratePerSecond }: ReplayOptions,
  { selection }: Selected,
  plan: Plan,
): Promise<ReplayJob> => {
  const now = connection.clock();
  const by = { by: reason.by, ...(reason.why !== undefined && { why: reason.why }) };
  const job = await connection.replays.save(
    {
      ...by,
      id: jobId(now, connection.random),
      startedAt: now,
      meant: selection,
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
  if (!job) throw new Failure("Two replays began in the same second under the same name: run it again.");
  await connection.audit.note({ ...by, at: now, what: "replay", to: `${selectionText(selection, plan.count)} (replay ${job.id})` });
  return job;
};

/** `20261120-120102-4f7a`: sorts by time, can be read aloud, and is never used twice. */
const jobId = (now: number, random: () => number): string => {
  const digits = new Date(now).toISOString().replace(/\D/g, "");
  const unique = Math.floor(random() * 0x10000)
    .toString(16)
    .padStart(4, "0");
  return `${digits.slice(0, 8)}-${digits.slice(8, 14)}-${unique}`;
};
