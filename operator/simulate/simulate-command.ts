/** `holdfast simulate`: plays a contract's life as a gateway would send it, against the local stack or an endpoint of one's own. */
import { resolve } from "node:path";
import type { Config } from "../../core/config/config.ts";
import { Failure } from "../../core/failure.ts";
import { isoTime, readTime } from "../../core/formats/iso-time.ts";
import { shellCommand } from "../../core/formats/shell-word.ts";
import { type Gateway, gateways } from "../../gateways/index.ts";
import { writers } from "../../gateways/writers.ts";
import { type StoryOrder, story, untold } from "../../simulator/callbacks.ts";
import { type Fault, faultKinds, isFault, withFaults } from "../../simulator/faults.ts";
import { play } from "../../simulator/play.ts";
import { createRandom } from "../../simulator/random.ts";
import { defaultCompression, retrySchedule } from "../../simulator/retry-schedule.ts";
import { stories } from "../../simulator/stories.ts";
import { destinationOf } from "./destination.ts";
import { resultLine, type Summary, summarize, summaryText } from "./report.ts";

export interface SimulateOptions {
  /** @default life */
  readonly story?: string;
  readonly url?: string;
  /** First attempts a second. @default 5 */
  readonly rate?: number;
  /** How many lives, side by side. @default 1 */
  readonly count?: number;
  /** With commas between them. */
  readonly faults?: string;
  /** @default another one each time */
  readonly seed?: string;
  /** When the story begins: a date, or an ISO time. @default today, so long ago that it ends now; with a seed 2026-01-05 */
  readonly start?: string;
  /** How many of the gateway's seconds are one of ours between two attempts. @default its whole schedule in ten seconds */
  readonly compress?: number;
  readonly secret?: readonly string[];
  /** `name=value` */
  readonly option?: readonly string[];
  readonly iOwn?: readonly string[];
  readonly contract?: string;
  readonly list?: boolean;
  /** Where the local stack runs. @default the current directory */
  readonly directory?: string;
}

/** Where it speaks: data, and lines for people. */
export interface Output {
  readonly json: boolean;
  print(data: string): Promise<void>;
  say(line: string): void;
}

/** What it needs from outside. */
export interface Surroundings {
  readonly now: () => number;
  /** A configuration that knows sources by name, for --url. */
  readonly config?: Config;
  readonly findGateway?: (name: string) => Gateway | undefined;
}

const usualRate = 5;
const longestStoryMs = 366 * 86_400_000;

/**
 * @returns whether every genuine callback was acknowledged in the end
 * @throws Failure, one line with the remedy, for wrong use and for a host that is not the user's
 */
export const simulateCommand = async (
  name: string | undefined,
  options: SimulateOptions,
  output: Output,
  surroundings: Surroundings = { now: Date.now },
): Promise<boolean> => {
  if (options.list || name === undefined) {
    await output.print(output.json ? `${JSON.stringify(asLists())}\n` : listText());
    return true;
  }
  const faults = faultsIn(options.faults);
  const destination = destinationOf({
    name,
    ...(options.url !== undefined && { url: options.url }),
    directory: resolve(options.directory ?? "."),
    ...(surroundings.config && { config: surroundings.config }),
    ...(surroundings.findGateway && { findGateway: surroundings.findGateway }),
    secrets: options.secret ?? [],
    options: optionsIn(options.option ?? []),
    owned: options.iOwn ?? [],
  });
  const { gateway, source, url } = destination;
  const seed = options.seed ?? String(surroundings.now());
  const order: StoryOrder = {
    story: options.story ?? "life",
    ...startIn(options, surroundings.now()),
    options: destination.settings.options ?? {},
    ...(options.contract !== undefined && { contract: options.contract }),
  };
  const random = createRandom(`faults ${seed}`);
  const callbacks = lives(seed, options.count ?? 1)
    .flatMap((life) => story(gateway.name, { ...order, seed: life }))
    .sort((one, other) => one.toldAt - other.toldAt);
  const schedule = retrySchedule(gateway.name);
  const start = isoTime(order.start ?? defaultStart);
  output.say(`${gateway.facts.title} tells "${order.story}" to ${url}, seed ${seed}, from ${start.slice(0, 10)}.`);

  const results = await play(
    withFaults(callbacks, faults, random),
    destination,
    { ratePerSecond: options.rate ?? usualRate, schedule, compression: options.compress ?? defaultCompression(schedule) },
    { random, tell: (result) => output.json || output.say(resultLine(result)) },
  );
  const about = { gateway: gateway.name, source, url, story: order.story ?? "life", seed, start };
  const summary: Summary = summarize(about, results, untold(gateway.name, { ...order, seed }));
  await output.print(output.json ? `${JSON.stringify(summary)}\n` : `${summaryText(summary)}\n`);
  output.say(`The same again: ${repetition(name, options, { seed, start })}`);
  return summary.givenUp === 0;
};

const defaultStart = Date.UTC(2026, 0, 5);

/** The first has the seed itself, so that one life is the same with and without others beside it. */
const lives = (seed: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, life) => (life === 0 ? seed : `${seed}+${life}`));

const faultsIn = (text: string | undefined): readonly Fault[] =>
  (text ?? "")
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "")
    .map((one) => {
      if (isFault(one)) return one;
      throw new Failure(`There is no fault "${one}". There are: ${faultKinds.join(", ")}.`);
    });

const optionsIn = (given: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    given.map((text) => {
      const sign = text.indexOf("=");
      if (sign < 1) throw new Failure(`"${text}" is no option: write name=value.`);
      return [text.slice(0, sign), text.slice(sign + 1)];
    }),
  );

/** With a seed the same story is meant as before; without one, a story that ends about now. */
const startIn = ({ start, seed, story: name = "life" }: SimulateOptions, now: number): { readonly start: number } => {
  if (start !== undefined) {
    const moment = readTime(start.length === 10 ? `${start}T00:00:00Z` : start);
    if (moment === undefined) throw new Failure(`--start is "${start}": write a date (2026-01-05) or an ISO time with its zone.`);
    return { start: moment };
  }
  if (seed !== undefined) return { start: defaultStart };
  const steps = Object.hasOwn(stories, name) ? stories[name as keyof typeof stories].steps : [];
  const days = Math.max(0, ...steps.map((step) => ("toldOnDay" in step ? step.toldOnDay : step.day)));
  const today = Math.floor(now / 86_400_000) * 86_400_000;
  return { start: today - Math.min((days + 1) * 86_400_000, longestStoryMs) };
};

const repetition = (name: string, options: SimulateOptions, { seed, start }: { readonly seed: string; readonly start: string }): string =>
  shellCommand([
    ...["npx", "holdfast", "simulate", name, "--seed", seed, "--start", start],
    ...(options.story === undefined ? [] : ["--story", options.story]),
    ...(options.count === undefined ? [] : ["--count", String(options.count)]),
    ...(options.faults === undefined ? [] : ["--faults", options.faults]),
    ...(options.url === undefined ? ["--local"] : ["--url", options.url]),
  ]);

const asLists = () => ({
  gateways: Object.keys(writers),
  stories: Object.fromEntries(Object.entries(stories).map(([name, { about }]) => [name, about])),
  faults: faultKinds,
});

const listText = (): string =>
  [
    "Stories:",
    ...Object.entries(stories).map(([name, { about }]) => `  ${name.padEnd(18)} ${about}`),
    "",
    `Gateways: ${Object.keys(writers)
      .filter((name) => Object.hasOwn(gateways, name))
      .join(", ")}`,
    `Faults: ${faultKinds.join(", ")}`,
    "",
  ].join("\n");
