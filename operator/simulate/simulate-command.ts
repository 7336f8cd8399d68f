/** `holdfast simulate`: plays a contract's life as a gateway would send it, against the local stack or your own endpoint. */
import { resolve } from "node:path";
import type { Config } from "../../core/config/config.ts";
import { isoTime } from "../../core/formats/iso-time.ts";
import { shellCommand } from "../../core/formats/shell-word.ts";
import { gateways } from "../../gateways/index.ts";
import { writers } from "../../gateways/registry/writers.ts";
import { type StoryOrder, story, unreported } from "../../simulator/callbacks.ts";
import { faultKinds, withFaults } from "../../simulator/faults.ts";
import { play } from "../../simulator/play.ts";
import { createRandom } from "../../simulator/random.ts";
import { defaultCompression, retrySchedule } from "../../simulator/retry-schedule.ts";
import { stories } from "../../simulator/stories.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { destinationOf } from "./destination.ts";
import { faultsIn, optionsIn, type SimulateOptions, startIn } from "./options.ts";
import { resultLine, summarize, summaryText } from "./report.ts";

/** What it needs from outside. */
interface Surroundings {
  readonly now: () => number;
  /** A configuration that knows sources by name, for --url. */
  readonly config?: Config;
}

const usualRate = 5;

/**
 * @returns whether every genuine callback was acknowledged in the end
 * @throws Failure, one line with the remedy, for a usage error and for a host that is not the user's
 */
export const simulateCommand = async (
  name: string | undefined,
  options: SimulateOptions,
  terminal: Pick<Terminal, "json" | "print" | "say">,
  surroundings: Surroundings = { now: Date.now },
): Promise<boolean> => {
  if (options.list || name === undefined) {
    await terminal.print(terminal.json ? `${JSON.stringify(asLists())}\n` : listText());
    return true;
  }
  const faults = faultsIn(options.faults);
  const destination = destinationOf({
    name,
    ...(options.url !== undefined && { url: options.url }),
    directory: resolve(options.directory ?? "."),
    ...(surroundings.config && { config: surroundings.config }),
    secrets: options.secret ?? [],
    options: optionsIn(options.option ?? []),
    owned: options.iOwn ?? [],
    clock: surroundings.now,
  });
  const { gateway, source, url, clock } = destination;
  const seed = options.seed ?? String(clock());
  const startsAt = startIn(options, clock());
  const order = {
    story: options.story ?? "life",
    start: startsAt,
    options: destination.settings.options ?? {},
    ...(destination.settings.mode && { mode: destination.settings.mode }),
    ...(options.contract !== undefined && { contract: options.contract }),
  } satisfies StoryOrder;
  const random = createRandom(`faults ${seed}`);
  const callbacks = lives(seed, options.count ?? 1)
    .flatMap((life) => story(gateway.name, { ...order, seed: life }))
    .sort((one, other) => one.sentAt - other.sentAt);
  const schedule = retrySchedule(gateway);
  const start = isoTime(startsAt);
  terminal.say(`${gateway.facts.title} plays "${order.story}" to ${url}, seed ${seed}, from ${start.slice(0, 10)}.`);

  const results = await play(
    withFaults(callbacks, faults, random),
    destination,
    { ratePerSecond: options.rate ?? usualRate, schedule, compression: options.compress ?? defaultCompression(schedule) },
    { random, report: (result) => terminal.json || terminal.say(resultLine(result)) },
  );
  const about = { gateway: gateway.name, source, url, story: order.story, seed, start };
  const summary = summarize(about, results, unreported(gateway.name, { ...order, seed }));
  await terminal.print(terminal.json ? `${JSON.stringify(summary)}\n` : `${summaryText(summary)}\n`);
  terminal.say(`To repeat it: ${repetition(name, options, { seed, start })}`);
  return summary.givenUp === 0;
};

/** The first has the seed itself, so that a single life is the same with or without others in parallel. */
const lives = (seed: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, life) => (life === 0 ? seed : `${seed}+${life}`));

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
