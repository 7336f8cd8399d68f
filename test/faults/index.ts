/** `npm run faults`: lets things go wrong in every way it knows, and looks whether a promise is broken. Ends with 0, 1 when one is, or 2. */
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { withEmulators } from "./aws/emulators.ts";
import { catchAll, type Said, search, tellMatrix, tellSample, tellTrial, type Watch } from "./commands.ts";
import { type BreakageName, breakages } from "./mutants/mutants.ts";
import { findStory, stories } from "./stories/stories.ts";
import { happyPath } from "./trials/survey.ts";

interface Options {
  readonly seed?: number;
  readonly path?: string;
  readonly runs: number;
  readonly minutes?: number;
  readonly matrix: boolean;
  readonly all: boolean;
  readonly sample?: number;
  readonly story?: string;
  readonly mutants: boolean;
  readonly mutant?: BreakageName;
  readonly trial?: string;
  readonly json: boolean;
}

const count = (text: string): number => {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError("It is a whole number from 1 to 9999999.");
  return Number(text);
};
const seedOf = (text: string): number => {
  if (!/^-?\d{1,10}$/.test(text)) throw new InvalidArgumentError("It is a whole number.");
  return Number(text);
};
const pathOf = (text: string): string => {
  if (!/^\d+(:\d+)*$/.test(text)) throw new InvalidArgumentError("It is what a failure printed: 143:3:0.");
  return text;
};

const program = new Command("npm run faults --")
  .description(
    "Tells stories in which things go wrong, and holds each against the promises: without an option the happy path with every " +
      "single fault, and then random stories. docs/faults.md explains it.",
  )
  .option("--seed <n>", "random stories only, from this seed; with --sample: the draw", seedOf)
  .option("--path <path>", "with --seed: straight to the story that failed", pathOf)
  .option("--runs <n>", "so many random stories", count, 300)
  .option("--minutes <n>", "random stories for that long", count)
  .option("--matrix", "the table of single faults: call, fault, how it was survived", false)
  .option("--story <title>", "with --matrix: of that story instead of the happy path")
  .option("--all", "with --matrix: of all stories, which takes hours", false)
  .option("--sample <n>", "with --matrix: of each fault at calls of one name no more than n, in whichever of its stories", count)
  .option("--mutants", "breaks the product on purpose, and shows what catches it", false)
  .addOption(new Option("--mutant <name>", "with --seed or --trial: the product broken in that way").choices(Object.keys(breakages)))
  .option("--trial <trial>", 'one single fault: "story | call | fault"')
  .option("--json", "one line of JSON for each part", false)
  .exitOverride();

const newSeed = (): number => Math.floor(Math.random() * 2 ** 31);

/** Says each part when it is done: the whole takes a while. */
const run = async (watch: Watch, options: Options, say: (said: Said) => void): Promise<void> => {
  const { path, minutes, mutant } = options;
  if (options.mutants) return say(await catchAll(watch));
  if (options.trial !== undefined) return say(await tellTrial(watch, options.trial, mutant));
  const isSearch = !options.matrix && (options.seed !== undefined || minutes !== undefined);
  const told = options.all ? stories : [options.story === undefined ? happyPath : findStory(options.story)];
  if (options.matrix && options.sample !== undefined) {
    const seed = options.seed ?? newSeed();
    if (!options.json) console.log(`A sample of the single faults, from seed ${seed}.`);
    for await (const said of tellSample(watch, { stories: told, each: options.sample, seed })) say(said);
    return;
  }
  for (const story of isSearch ? [] : told) say(await tellMatrix(watch, story, options.matrix));
  if (options.matrix) return;
  const seed = options.seed ?? newSeed();
  if (!options.json) console.log(`Random stories from seed ${seed}.`);
  const runs = minutes === undefined ? options.runs : 1_000_000;
  say(await search(watch, { seed, runs, ...(path && { path }), ...(minutes !== undefined && { minutes }), ...(mutant && { mutant }) }));
};

try {
  const options = program.parse().opts<Options>();
  await withEmulators((endpoints) =>
    run({ endpoints, isWatched: process.stderr.isTTY === true && !options.json }, options, ({ text, found, isBroken }) => {
      console.log(options.json ? JSON.stringify(found) : text);
      if (isBroken) process.exitCode = 1;
    }),
  );
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
