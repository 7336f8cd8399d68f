/** The outcome of a replay, record by record: for a few records also what happened to them in the seconds after. */
import { isSettled, type Progress } from "../../core/lifecycle/progress.ts";
import type { RecordKey } from "../../core/record.ts";
import type { Connection } from "../connect/connect.ts";
import { answerText, stateCell, whyOf } from "../query/record-row.ts";
import { type Exit, exit } from "../terminal/exit.ts";
import { type Cell, createTable } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { Outcome } from "./outcome.ts";
import { type Plan, planAsJson } from "./plan.ts";

/** More than this many are counted, and only those that need a look are listed. */
const mostListed = 100;

export const createReport = (
  connection: Pick<Connection, "open" | "clock" | "command">,
  terminal: Terminal,
  plan: Plan,
  watching: { readonly watchSeconds: number; readonly pause: (ms: number) => Promise<void> },
) => {
  const isShort = plan.count <= mostListed;
  const counts = new Map<Outcome["kind"], number>();
  const listed: Outcome[] = [];
  let done = 0;
  if (terminal.json) void terminal.print(`{"plan":${JSON.stringify(planAsJson(plan))},\n"outcomes":[`);

  return {
    /** Returns their number so far. */
    async add(outcome: Outcome): Promise<number> {
      counts.set(outcome.kind, (counts.get(outcome.kind) ?? 0) + 1);
      if (isShort || (outcome.kind !== "rung" && listed.length < mostListed)) listed.push(outcome);
      if (!isShort && terminal.json) await terminal.print(`${done === 0 ? "" : ","}\n${JSON.stringify(asJson(outcome))}`);
      return ++done;
    },

    async end(): Promise<Exit> {
      const became = isShort ? await watch(connection, listed, watching) : new Map<RecordKey, Progress>();
      const again = [...became.values()].filter(({ state }) => state === "dead").length;
      const summary = { ...Object.fromEntries(counts), ...(isShort && watching.watchSeconds > 0 && { deadAgain: again }) };
      if (terminal.json) {
        const outcomes = isShort ? listed.map((one) => `\n${JSON.stringify(asJson(one, became.get(one.key)))}`).join(",") : "";
        await terminal.print(`${outcomes}\n],\n"summary":${JSON.stringify(summary)}}\n`);
      } else if (done > 0) await terminal.print(asText(terminal, listed, became, counts));
      if (again > 0) terminal.say(`${again} died again: ${connection.command("dead")}`);
      if (counts.has("left")) return exit.failed;
      return again > 0 ? exit.person : exit.ok;
    },
  };
};

const asJson = (outcome: Outcome, progress?: Progress) => ({
  key: outcome.key,
  outcome: outcome.kind,
  ...("why" in outcome && { why: outcome.why }),
  ...(progress && { state: progress.state, reason: whyOf(progress) || null, answer: answerText(progress) || null }),
});

const words: Readonly<Record<Outcome["kind"], string>> = {
  rung: "sent again",
  due: "marked; the sweep sends it within two minutes",
  "to be verified": "not verified yet; the sweep verifies it within a minute",
  "under way": "still on its first pass; sent in its order",
  overtaken: "changed meanwhile; left as it is",
  left: "not replayed",
};

const asText = (
  terminal: Terminal,
  listed: readonly Outcome[],
  became: ReadonlyMap<RecordKey, Progress>,
  counts: ReadonlyMap<Outcome["kind"], number>,
): string => {
  const rows = listed.map((outcome): readonly Cell[] => {
    const progress = became.get(outcome.key);
    const why = "why" in outcome ? `${words[outcome.kind]}: ${outcome.why}` : progress ? whyOf(progress) : words[outcome.kind];
    return [outcome.key, progress ? stateCell(progress.state, terminal.colours) : outcome.kind, why];
  });
  const table =
    rows.length === 0
      ? ""
      : createTable([{ title: "RECORD", cut: "middle" }, { title: "NOW" }, { title: "WHY", cut: "end" }], terminal)(rows);
  const sums = [...counts].map(([kind, count]) => `${count} ${words[kind]}`);
  return `\n${table}${rows.length === 0 ? "" : "\n"}${sums.join("\n")}\n`;
};

const pollMs = 250;

/** Their progress once nothing more happens to them, or when the time is up. */
const watch = async (
  { open, clock }: Pick<Connection, "open" | "clock">,
  outcomes: readonly Outcome[],
  { watchSeconds, pause }: { readonly watchSeconds: number; readonly pause: (ms: number) => Promise<void> },
): Promise<ReadonlyMap<RecordKey, Progress>> => {
  const keys = outcomes.filter(({ kind }) => kind === "rung").map(({ key }) => key);
  if (watchSeconds === 0 || keys.length === 0) return new Map();
  const until = clock() + watchSeconds * 1000;
  for (;;) {
    await pause(pollMs);
    const found = await open.of(keys);
    const progress = new Map([...found].map(([key, one]) => [key, one.progress]));
    if ([...progress.values()].every(isAtRest) || clock() >= until) return progress;
  }
};

const isAtRest = ({ state }: Progress): boolean => isSettled(state) || state === "dead" || state === "waiting" || state === "scheduled";
