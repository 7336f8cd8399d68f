/** What a replay would do, shown before anything is sent: how many records, which, in which state, and what to expect. */

import type { Millis } from "../../core/callback.ts";
import type { AgingSource } from "../../core/delivery/aging.ts";
import { counted } from "../../core/formats/counted.ts";
import { isoTime } from "../../core/formats/iso-time.ts";
import { printableLine } from "../../core/formats/printable.ts";
import { groupOfCause } from "../../core/lifecycle/cause-text.ts";
import { causeOf } from "../../core/lifecycle/progress.ts";
import { splitKey } from "../../core/record.ts";
import { jsonRow, listColumns, listRow } from "../query/record-row.ts";
import { type Found, stateOf } from "../query/select.ts";
import { createTable } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { spanText } from "../terminal/time-words.ts";

export interface Plan {
  readonly count: number;
  readonly bySource: ReadonlyMap<string, number>;
  readonly byState: ReadonlyMap<string, number>;
  /** The most frequent ones, and how many there are of others. */
  readonly byReason: ReadonlyMap<string, number>;
  readonly oldest?: Millis;
  readonly newest?: Millis;
  readonly sample: readonly Found[];
  /** By source: those whose signature is older than the gateway's own library accepts, and is not made again. */
  readonly tooOld: ReadonlyMap<string, number>;
}

/** Where signatures age, and when now is. */
export interface Ages {
  readonly sources: readonly AgingSource[];
  readonly now: Millis;
}

const sampleSize = 5;
/** Reasons quote what applications answer: there can be one per record. */
const mostReasons = 10;
const otherReasons = "other reasons";

/** Counts the records of a stream; keeps five of them. */
export const makePlan = async (records: AsyncIterable<Found>, { sources, now }: Ages): Promise<Plan> => {
  const oldAfterMs = new Map(sources.flatMap((one) => (one.isResigned ? [] : [[one.source, one.toleranceSeconds * 1000]])));
  const tooOld = new Map<string, number>();
  const [bySource, byState, byReason] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()];
  const add = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  const sample: Found[] = [];
  let [count, oldest, newest] = [0, Number.POSITIVE_INFINITY, 0];
  for await (const found of records) {
    count++;
    oldest = Math.min(oldest, found.storedAt);
    newest = Math.max(newest, found.storedAt);
    const { source } = splitKey(found.key);
    add(bySource, source);
    if (now - found.storedAt > (oldAfterMs.get(source) ?? Number.POSITIVE_INFINITY)) add(tooOld, source);
    add(byState, stateOf(found));
    const cause = found.progress && causeOf(found.progress);
    const reason = cause && groupOfCause(cause);
    if (reason !== undefined) add(byReason, byReason.has(reason) || byReason.size < mostReasons ? reason : otherReasons);
    if (sample.length < sampleSize) sample.push(found);
  }
  return { count, bySource, byState, byReason, sample, tooOld, ...(count > 0 && { oldest, newest }) };
};

export const planAsJson = (plan: Plan) => ({
  count: plan.count,
  bySource: Object.fromEntries(plan.bySource),
  byState: Object.fromEntries(plan.byState),
  byReason: Object.fromEntries(plan.byReason),
  oldest: plan.oldest === undefined ? null : isoTime(plan.oldest),
  newest: plan.newest === undefined ? null : isoTime(plan.newest),
  signatureTooOld: Object.fromEntries(plan.tooOld),
  sample: plan.sample.map(jsonRow),
});

export const planAsText = (plan: Plan, terminal: Terminal, ratePerSecond: number | undefined): string => {
  const { bold, yellow } = terminal.colours;
  const mostFirst = (counts: ReadonlyMap<string, number>) => [...counts].sort(([, one], [, other]) => other - one);
  const counts = (of: ReadonlyMap<string, number>) =>
    mostFirst(of)
      .map(([name, count]) => `${printableLine(name)} ${count}`)
      .join(", ");
  const waiting = plan.byState.get("waiting") ?? 0;
  return [
    bold(`To be replayed: ${counted(plan.count, "record")}`),
    `  sources  ${counts(plan.bySource)}`,
    `  states   ${counts(plan.byState)}`,
    ...mostFirst(plan.byReason).map(
      ([reason, count], index) => `  ${index === 0 ? "reasons" : "       "}  ${count} x ${printableLine(reason)}`,
    ),
    `  stored   ${isoTime(plan.oldest ?? 0)}${plan.count > 1 ? ` to ${isoTime(plan.newest ?? 0)}` : ""}`,
    ...(ratePerSecond === undefined ? [] : [`  takes    ${spanText((plan.count / ratePerSecond) * 1000)} at ${ratePerSecond} per second`]),
    ...(waiting > 0 ? [`  ${waiting} of them wait behind others, and keep waiting until those are settled.`] : []),
    ...(plan.tooOld.size > 0 ? [yellow(tooOldText(plan, counts))] : []),
    plan.count > plan.sample.length ? `The first ${plan.sample.length}:` : "",
    createTable(listColumns, terminal)(plan.sample.map((found) => listRow(found, terminal.colours))),
  ].join("\n");
};

const tooOldText = ({ tooOld }: Plan, counts: (of: ReadonlyMap<string, number>) => string): string => {
  const sum = [...tooOld.values()].reduce((one, other) => one + other, 0);
  return `  ${sum} of them carry a signature that is older than the gateway's library accepts (${counts(tooOld)}): an application that checks the time refuses them, and they wait. Set \`resign: true\` on their target and deploy first.`;
};
