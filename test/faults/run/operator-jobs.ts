/** What operators type, as invocations whose calls can fail and whose process can die. */
import picocolors from "picocolors";
import type { ConflictChoice } from "../../../core/receive/conflict.ts";
import type { RecordKey } from "../../../core/record.ts";
import { decideConflict } from "../../../operator/conflicts/decide.ts";
import { discardRecord } from "../../../operator/discard/discard.ts";
import { eraseCommand } from "../../../operator/erase/erase-command.ts";
import { holdContract, holdTarget, resumeContract, resumeTarget } from "../../../operator/hold/hold.ts";
import { quarantineRelease } from "../../../operator/quarantine/quarantine-command.ts";
import { conflictsOfRecord } from "../../../operator/query/conflicts-of-record.ts";
import { runReplay } from "../../../operator/replay/run.ts";
import { exit } from "../../../operator/terminal/exit.ts";
import type { Terminal } from "../../../operator/terminal/terminal.ts";
import type { Job, Simulation } from "./simulation.ts";

const target = "app";
const ann = { by: "ann", why: "the story says so" };

/** Nobody looks at it. */
const silent: Terminal = {
  json: false,
  width: undefined,
  colours: picocolors.createColors(false),
  interactive: false,
  print: async () => {},
  say: () => {},
  ask: async () => "",
  onInterrupt: () => () => {},
};

export const createOperatorJobs = ({ notebook, process }: Pick<Simulation, "notebook" | "process">) => ({
  replay: (...keys: readonly RecordKey[]): Job => ({
    of: "operator",
    async work() {
      const operator = process("operator");
      for (const record of keys) notebook.note({ kind: "deed", what: "replay", record });
      const run = { stores: operator, doorbells: operator.doorbells, findGateway: operator.findGateway };
      const always = { isSelected: () => true, pause: async () => {}, isStopped: () => false };
      for await (const outcome of runReplay({ ...run, ...always }, iterate(keys))) void outcome;
    },
  }),
  decide: (key: RecordKey, deliver: ConflictChoice): Job => ({
    of: "operator",
    async work() {
      const operator = process("operator");
      for (const conflict of await conflictsOfRecord(operator, key)) {
        notebook.note({ kind: "deed", what: "decide", record: key });
        await decideConflict(operator, conflict, { deliver, ...ann });
      }
    },
  }),
  erase: (account: string): Job => ({
    of: "operator",
    async work() {
      const by = { by: ann.by, why: "on the person's request" };
      const ended = await eraseCommand(process("operator").connection, silent, { account, search: true, yes: true, ...by });
      // Otherwise it has said what is left.
      if (ended === exit.ok) notebook.note({ kind: "erased", person: account });
    },
  }),
  releaseQuarantine: (): Job => ({
    of: "operator",
    work: async () => void (await quarantineRelease(process("operator").connection, silent, { keys: [], all: true, ...ann })),
  }),
  discard: (key: RecordKey): Job => ({
    of: "operator",
    async work() {
      notebook.note({ kind: "deed", what: "discard", record: key });
      await discardRecord(process("operator"), key, ann);
    },
  }),
  hold: (of = target): Job => ({ of: "operator", work: async () => void (await holdTarget(process("operator"), of, ann)) }),
  resume: (ratePerSecond = 50, of = target): Job => ({
    of: "operator",
    work: async () => void (await resumeTarget(process("operator"), of, { ...ann, ratePerSecond })),
  }),
  holdContract: (contract: string): Job => ({
    of: "operator",
    work: () => holdContract(process("operator"), { source: "sandbox", contract }, ann),
  }),
  resumeContract: (contract: string): Job => ({
    of: "operator",
    work: async () => void (await resumeContract(process("operator"), { source: "sandbox", contract }, ann)),
  }),
});

async function* iterate<Value>(values: readonly Value[]): AsyncGenerator<Value> {
  yield* values;
}
