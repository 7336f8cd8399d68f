/** `holdfast replay`: shows what would be sent again, and sends it when told so. */
import { setTimeout } from "node:timers/promises";
import { isoTime } from "../core/iso-time.ts";
import { lineOrder, type RecordKey, storedAtOf } from "../core/record.ts";
import type { Connection } from "./connect.ts";
import { type Exit, exit } from "./exit.ts";
import { startProgressBar } from "./progress-bar.ts";
import { makePlan, type Plan, planAsJson, planAsText } from "./replay-plan.ts";
import { createReport } from "./replay-report.ts";
import { type ReplayRun, runReplay } from "./replay-run.ts";
import { resolveKey } from "./resolve.ts";
import { type Filter, type Found, matches, select } from "./select.ts";
import { printJson, type Terminal } from "./terminal.ts";

export interface ReplayOptions {
  /** What was typed, or a filter. */
  readonly meant: { readonly keys: readonly string[] } | { readonly filter: Filter };
  /** Without it only the plan is shown, and a person at a terminal is asked. */
  readonly yes: boolean;
  readonly ratePerSecond?: number | undefined;
  /** For the audit trail. */
  readonly reason: { readonly by: string; readonly why?: string | undefined };
  /** How long to watch what becomes of the records, when they are few. 0: not at all. */
  readonly watchSeconds: number;
  readonly pause?: (ms: number) => Promise<void>;
}

export const replay = async (at: Connection, terminal: Terminal, options: ReplayOptions): Promise<Exit> => {
  const meant = await choose(at, options.meant);
  const plan = await makePlan(meant.records());
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
  return run(at, terminal, options, plan, meant);
};

const isWanted = async (terminal: Terminal, { yes }: ReplayOptions, { count }: Plan): Promise<boolean> =>
  yes || (terminal.interactive && !terminal.json && /^\s*y(es)?\s*$/i.test(await terminal.ask(`Replay ${count}? [y/N] `)));

interface Meant {
  /** In stored order; once a plan is made, within its stretch of time. */
  records(plan?: Pick<Plan, "oldest" | "newest">): AsyncIterable<Found>;
  readonly isMeant: ReplayRun["isMeant"];
}

const choose = async (at: Connection, meant: ReplayOptions["meant"]): Promise<Meant> => {
  if ("keys" in meant) {
    const found = await named(at, meant.keys);
    return {
      async *records() {
        yield* found;
      },
      isMeant: () => true,
    };
  }
  // What is stored from now on was not in the plan.
  const filter: Filter = { ...meant.filter, until: Math.min(meant.filter.until ?? Number.POSITIVE_INFINITY, at.clock()) };
  return {
    records: ({ oldest, newest } = {}) =>
      select(
        at,
        { ...filter, ...(oldest !== undefined && { since: oldest }), ...(newest !== undefined && { until: newest }) },
        "oldest first",
      ),
    isMeant: (key, progress) => progress === undefined || matches(filter, { key, storedAt: storedAtOf(progress), progress }),
  };
};

const named = async (at: Connection, typed: readonly string[]): Promise<readonly Found[]> => {
  const keys = [...new Set(await Promise.all(typed.map((one) => resolveKey(at, one))))];
  const known = await at.open.of(keys);
  const found = await Promise.all(keys.map((key) => foundOf(at, key, known.get(key)?.progress)));
  return found.sort((one, other) => (lineOrder(one) < lineOrder(other) ? -1 : 1));
};

const foundOf = async (at: Connection, key: RecordKey, progress: Found["progress"]): Promise<Found> =>
  progress ? { key, storedAt: storedAtOf(progress), progress } : { key, storedAt: (await at.records.load(key))?.storedAt ?? 0 };

const run = async (at: Connection, terminal: Terminal, options: ReplayOptions, plan: Plan, meant: Meant): Promise<Exit> => {
  const pause = options.pause ?? setTimeout;
  const { doorbells } = await at.queues();
  const { by, why } = options.reason;
  await at.audit.note({ at: at.clock(), by, what: "replay", to: wordsOf(options.meant, plan), ...(why !== undefined && { why }) });
  let isStopped = false;
  const giveBack = terminal.onInterrupt(() => {
    isStopped = true;
  });
  const bar = await startProgressBar("Replaying", plan.count, terminal.interactive && !terminal.json);
  const report = createReport(at, terminal, plan, { watchSeconds: options.watchSeconds, pause });
  const keys = keysOf(meant.records(plan));
  const replayRun: ReplayRun = {
    stores: at,
    doorbells,
    findGateway: await at.gateways(),
    isMeant: meant.isMeant,
    ratePerSecond: options.ratePerSecond,
    pause,
    isStopped: () => isStopped,
  };
  try {
    for await (const outcome of runReplay(replayRun, keys.stream)) {
      keys.settle();
      bar.update(await report.add(outcome));
    }
  } finally {
    bar.stop();
    giveBack();
  }
  const ended = await report.end();
  if (!isStopped) return ended;
  terminal.say(`Stopped. To go on, run it again with --since ${isoTime(keys.last()?.storedAt ?? plan.oldest ?? 0)}.`);
  return exit.failed;
};

/** What was meant, for the audit trail: the filter as it was typed, or the records. */
const wordsOf = (meant: ReplayOptions["meant"], { count, sample }: Plan): string => {
  const of = "keys" in meant ? sample.map(({ key }) => key).join(", ") + (count > sample.length ? " ..." : "") : filterWords(meant.filter);
  return `${count} ${count === 1 ? "record" : "records"}: ${of}`;
};

const filterWords = ({ source, states, contract, since, until, reason }: Filter): string =>
  [
    source && `source ${source}`,
    states && `state ${states.join(", ")}`,
    contract && `contract ${contract.source}/${contract.contract}`,
    since && `since ${isoTime(since)}`,
    until && `until ${isoTime(until)}`,
    reason && `reason "${reason}"`,
  ]
    .filter(Boolean)
    .join(", ");

/** The keys alone, remembering the last that has been dealt with; outcomes come in the order of the keys. */
const keysOf = (records: AsyncIterable<Found>) => {
  const underWay: Found[] = [];
  let last: Found | undefined;
  const stream = async function* (): AsyncGenerator<RecordKey> {
    for await (const found of records) {
      underWay.push(found);
      yield found.key;
    }
  };
  return {
    stream: stream(),
    settle: () => {
      last = underWay.shift();
    },
    last: () => last,
  };
};
