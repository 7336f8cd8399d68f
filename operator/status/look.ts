/** Looks at the tables and queues, part by part: the data of `status` and `doctor`. One look that fails hides no other. */
import { join, relative } from "node:path";
import type { Look, Looks, Oldest, Sight } from "../../core/conditions/sight.ts";
import { errorMessage } from "../../core/failure.ts";
import { causeOf, failingSinceOf, isRefusedForAge, type Progress, type RecordState } from "../../core/lifecycle/progress.ts";
import { splitKey, storedAtOf } from "../../core/record.ts";
import type { Connection } from "../connect/connect.ts";
import { explain } from "../terminal/explain.ts";
import { lookAtSources } from "./look-at-sources.ts";

/** The number of records due first that are read; the sweep measures the same number. */
const sample = 1_000;
/** Dead letters that are read for their causes. */
const deadSample = 200;

/** What `status` shows besides what conditions need. */
export interface Looked {
  readonly looks: Looks;
  readonly doorbells: Look<Sight["spill"]["queue"]>;
  readonly deadLetters: Look<Sight["spill"]["queue"]>;
  /** Unsettled records by state, without the newest ones on the happy path; of the first thousand. */
  readonly states: Look<ReadonlyMap<RecordState, number>>;
  /** Everything since this time was searched for the sources' latest callbacks. */
  readonly searchedSince: Look<number>;
}

/** Throws when nothing at all can be looked at: then there is one reason, and its remedy is worth more than a list. */
export const lookAt = async (connection: Connection): Promise<Looked> => {
  const failures: unknown[] = [];
  const look = async <Seen>(seeing: Promise<Seen>): Promise<Look<Seen>> => {
    try {
      return { kind: "seen", seen: await seeing };
    } catch (error) {
      failures.push(error);
      const whereabouts = { name: connection.config.name, local: connection.local !== undefined };
      return { kind: "failed", why: explain(error, whereabouts)?.message ?? errorMessage(error) };
    }
  };
  const queue = async (name: "doorbells" | "deadLetters" | "spill") => (await connection.queues()).depth(name);
  const run = lastRun(connection);
  const due = lookAtDue(connection);
  const sources = lookAtSources(connection);
  const all = await Promise.all([
    look(due.then(({ seen }) => seen)),
    look(lookAtDead(connection)),
    look(lookAtConflicts(connection)),
    look(lookAtFindings(connection)),
    look(lookAtWaiting(connection)),
    look(lookAtTargets(connection, due)),
    look(Promise.all([queue("spill"), run]).then(([depth, last]) => ({ queue: depth, ...(last && { run: last }) }))),
    look(run.then((last) => (last ? { run: last } : {}))),
    look(sources.then(({ seen }) => seen)),
    look(sources.then(({ quarantine }) => quarantine)),
    look(queue("doorbells")),
    look(queue("deadLetters")),
    look(due.then(({ states }) => states)),
    look(sources.then(({ searchedSince }) => searchedSince)),
  ]);
  if (failures.length === all.length) throw failures[0];
  const [
    unsettled,
    dead,
    conflicts,
    findings,
    waiting,
    targets,
    spill,
    sweep,
    seen,
    quarantine,
    doorbells,
    deadLetters,
    states,
    searchedSince,
  ] = all;
  const looks = { unsettled, dead, conflicts, findings, waiting, targets, spill, sweep, sources: seen, quarantine };
  return { looks, doorbells, deadLetters, states, searchedSince };
};

/** Null: it could not be looked at. */
export const seenIn = <Seen>(look: Look<Seen>): Seen | null => (look.kind === "seen" ? look.seen : null);

/** Where the next commands are typed. */
export const placeOf = ({ config: { name }, command, local }: Connection) => ({
  name,
  holdfast: command,
  ...(local && { logs: relative(process.cwd(), join(local.home, "logs")) }),
});

const anyTime = Number.MAX_SAFE_INTEGER;

/** Of a stack whose sweep is of an older version, the audit's checkpoint is the sign that it has run. */
const lastRun = async ({ runs, checkpoints, config }: Connection): Promise<Sight["sweep"]["run"]> => {
  const [run, audited] = await Promise.all([runs.last(), checkpoints.read("first look")]);
  if (run) return run;
  return audited === undefined ? undefined : { at: audited + config.graceSeconds * 1000, failed: [] };
};

const lookAtDue = async ({ open, checkpoints }: Connection) => {
  const [due, unverified, dueCount, unverifiedCount, auditedTo] = await Promise.all([
    open.due("due", anyTime, sample),
    open.due("unverified", anyTime, sample),
    open.count("due"),
    open.count("unverified"),
    checkpoints.read("first look"),
  ]);
  const some = [...due, ...unverified];
  const seen: Sight["unsettled"] = {
    count: dueCount + unverifiedCount,
    ...oldestOf(some),
    ...(auditedTo !== undefined && { auditedTo }),
    unverified: {
      count: unverifiedCount,
      ...oldestOf(unverified),
      sources: [...new Set(unverified.map(({ key }) => splitKey(key).source))],
    },
  };
  const states: ReadonlyMap<RecordState, number> = new Map(
    [...Map.groupBy(some, ({ state }) => state)].map(([state, those]) => [state, those.length]),
  );
  return { seen, states, due };
};

const lookAtDead = async ({ open }: Connection): Promise<Sight["dead"]> => {
  const [count, some] = await Promise.all([open.count("dead"), open.due("dead", anyTime, deadSample)]);
  return {
    count,
    ...oldestOf(some),
    ...(some.length > 0 && { since: Math.min(...some.map(({ at }) => at)) }),
    crashed: some.filter((one) => causeOf(one)?.kind === "crashed").length,
  };
};

const lookAtConflicts = async ({ open }: Connection): Promise<Sight["conflicts"]> => {
  const [count, { value: oldest }] = await Promise.all([
    open.count("conflict"),
    open.keys("conflict", { from: 0, to: anyTime, newestFirst: false }).next(),
  ]);
  return { count, ...(oldest && { oldest }) };
};

/** As they are now, where few are open. A million are not read for a page of status: the sweep has counted them. */
const lookAtFindings = async ({ countOpen, tallies, clock }: Connection): Promise<Sight["findings"]> => {
  const now = await countOpen({}, { now: clock() });
  const last = now.last ?? (await tallies.read()).run.last;
  return last ? { tally: last.tally } : {};
};

const lookAtWaiting = async ({ open }: Connection): Promise<Sight["waiting"]> => {
  const [count, first] = await Promise.all([open.count("waiting"), open.due("waiting", anyTime, 1)]);
  return { count, ...oldestOf(first) };
};

const lookAtTargets = async ({ open, holds, config }: Connection, looking: ReturnType<typeof lookAtDue>): Promise<Sight["targets"]> => {
  const { due } = await looking;
  const refused = due.filter(isRefusedForAge);
  const targets = await holds.targets(config.targets);
  return Promise.all(
    targets.map(async (target) => {
      const [held, first, hold] = await Promise.all([
        open.count(`held ${target}`),
        open.due(`held ${target}`, anyTime, 1),
        holds.current(target),
      ]);
      const tooOld = refused.filter(({ source }) => config.sources[source]?.target === target);
      const since = Math.min(...tooOld.map((one) => failingSinceOf(one) ?? one.at));
      return {
        ...{ target, held, ...oldestOf(first), ...(hold && { hold }) },
        ...(tooOld.length > 0 && { tooOld: { count: tooOld.length, since } }),
      };
    }),
  );
};

const oldestOf = (some: readonly Progress[]): { oldest?: Oldest } => {
  const first = some.reduce<Progress | undefined>((one, other) => (one && one.order <= other.order ? one : other), undefined);
  return first ? { oldest: { key: first.key, storedAt: storedAtOf(first) } } : {};
};
