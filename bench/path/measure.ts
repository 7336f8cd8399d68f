/**
 * `path`: from the callback to the application, on Holdfast's own stack and on two ways that are built of a front, a queue and a consumer; at
 * rest, at load, and through an outage of the application. The ways take turns on one set of engines, so that what slows the machine slows all.
 */
import type { Progress } from "../ack/ack.ts";
import { openStage } from "../stage.ts";
import { median } from "../statistics.ts";
import { startApplication } from "./application.ts";
import { type Counts, countCalls } from "./calls.ts";
import { type OutageOptions, outage, type Survived } from "./outage.ts";
import { callbacksFor } from "./payload.ts";
import { type Delivery, deliveryOf, sendAll, type Taken } from "./send-all.ts";
import { openWays, type Way, type WayName } from "./ways.ts";

/** `outageSeconds` 0: no outage. */
export interface PathOptions extends OutageOptions {
  readonly rounds: number;
  /** In each way's turn, one after another. */
  readonly rest: number;
  /** In each way's turn, as many at a time as `concurrency`. */
  readonly load: number;
  readonly concurrency: number;
}

export interface WayResult {
  readonly name: WayName;
  readonly rest: Delivery;
  readonly load: Delivery & { readonly perSecond: number };
  readonly outage?: Delivery & Survived;
  readonly counts: Counts;
}

export interface PathResult {
  readonly ways: readonly WayResult[];
}

export const measurePath = async (options: PathOptions, progress: Progress): Promise<PathResult> => {
  const counts = await countCalls(progress);
  const stage = await openStage();
  const application = await startApplication();
  const ways: Way[] = [];
  try {
    ways.push(...(await openWays(stage, application.url)));
    progress("warming up");
    for (const way of ways) await sendAll(way, application, callbacksFor(50, way.secret), 8);
    const [rest, load] = [newSeries<Taken>(), newSeries<Taken>()];
    for (let round = 1; round <= options.rounds; round++) {
      progress(`round ${round} of ${options.rounds}`);
      for (const way of ways) rest(way.name).push(await sendAll(way, application, callbacksFor(options.rest, way.secret), "one by one"));
      for (const way of ways)
        load(way.name).push(await sendAll(way, application, callbacksFor(options.load, way.secret), options.concurrency));
    }
    const outages = new Map<WayName, Delivery & Survived>();
    for (const way of options.outageSeconds > 0 ? ways : []) {
      progress(`${way.name}: an outage of ${options.outageSeconds} s`);
      outages.set(way.name, await outage(way, application, options));
    }
    return {
      ways: ways.map(({ name }) => {
        const survived = outages.get(name);
        return {
          ...{ name, rest: deliveryOf(rest(name).flatMap(({ latenciesMs }) => latenciesMs)), counts: countsOf(counts, name) },
          load: {
            ...deliveryOf(load(name).flatMap(({ latenciesMs }) => latenciesMs)),
            perSecond: median(load(name).map(({ seconds }) => options.load / seconds)),
          },
          ...(survived && { outage: survived }),
        };
      }),
    };
  } finally {
    for (const way of ways) await way.close();
    application.close();
    await stage.close();
  }
};

/** A list by name, empty at first. */
const newSeries = <One>() => {
  const all = new Map<WayName, One[]>();
  return (name: WayName): One[] => {
    const known = all.get(name) ?? [];
    all.set(name, known);
    return known;
  };
};

const countsOf = (counts: ReadonlyMap<WayName, Counts>, name: WayName): Counts => {
  const known = counts.get(name);
  if (!known) throw new Error(`${name} was not counted`);
  return known;
};
