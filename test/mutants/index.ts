/** `npm run mutants`: changes one line at a time and lists the changes that no test notices. Ends with 1 when too many survive,
 * one is not accepted, or an accepted one does not survive, and with 2 when it could not be run. */
import { globSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { startProgressBar } from "../../operator/terminal/progress-bar.ts";
import { createRandom, shuffled } from "../../simulator/random.ts";
import { withEmulators } from "../faults/aws/emulators.ts";
import { accepted } from "./accepted/index.ts";
import { createCompiler } from "./compiler.ts";
import { type Hunt, hunt, listMutants, measure, measuredTogether } from "./hunt.ts";
import { type Kind, kinds, type Mutant } from "./mutant.ts";
import { readImporters, relatedTo } from "./related.ts";
import { reportOf, reportText } from "./report.ts";
import { createTrials } from "./trials.ts";

interface Options {
  readonly only: readonly Kind[];
  readonly list: boolean;
  readonly json: boolean;
  readonly seed: number;
  readonly sample?: number;
  readonly tests?: string;
}

const root = join(import.meta.dirname, "../..");

const seedOf = (text: string): number => {
  if (!/^-?\d{1,10}$/.test(text)) throw new InvalidArgumentError("It is a whole number.");
  return Number(text);
};

const count = (text: string): number => {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError("It is a whole number from 1 to 999999.");
  return Number(text);
};

const program = new Command("npm run mutants --")
  .argument("<path...>", "files, or folders with all that is in them")
  .description(
    "Changes one line of the product at a time, runs the tests that have to do with it, and lists the changes that none of them notices.",
  )
  .addOption(new Option("--only <kind...>", "only mutants of these kinds").choices(kinds).default([]))
  .option("--tests <folder>", "other tests than those of the path's own folder: test/ for all that import it")
  .option("--list", "lists the mutants and tries none", false)
  .option("--sample <n>", "no more than n of them, drawn at random: how many of all survive, in minutes rather than hours", count)
  .option("--seed <n>", "of the random inputs that tests draw, and of a sample", seedOf, 1)
  .option("--json", "one JSON document", false)
  .exitOverride();

const filesAt = (path: string): string[] => {
  const at = relative(root, path);
  const stat = statSync(join(root, at), { throwIfNoEntry: false });
  if (!stat) throw new Error(`There is no ${path}.`);
  return stat.isDirectory() ? globSync(join(at, "**/*.ts"), { cwd: root }).sort() : [at];
};

/** The emulators, only where a related test needs them. */
const withProvided = async <Value>(isNeeded: boolean, work: (provided: Readonly<Record<string, unknown>>) => Promise<Value>) =>
  isNeeded ? withEmulators((endpoints) => work({ endpoints })) : work({});

const needsEmulators = (test: string): boolean => /^test\/(io|functions|operator|simulator|local|promises|faults)\//.test(test);

/** A folder is pinned by its own tests: they say which rule is broken, and a rule that only others notice is a rule nobody wrote down. */
const ownTests = (path: string): readonly string[] => {
  const own = `test/${path.split("/")[0]}/`;
  // What is only read by people is held against the page on which they read it.
  if (/^gateways\/.+\/facts\.ts$/.test(path)) return [own, "test/docs/gateways.test.ts"];
  if (/^gateways\/.+\/export\.ts$/.test(path)) return [own, "test/docs/exports.test.ts"];
  return /^core\/conditions\/(rows\/.+|metric-text)\.ts$/.test(path) ? [own, "test/docs/runbook.test.ts"] : [own];
};

/** Gateways, by their folders. */
const rooms = globSync("gateways/*/front.ts", { cwd: root }).map((front) => basename(dirname(front)));

/** What the build makes is made again before any test sees it, and a test holds it against the folders that it is made from. */
const isMade = (path: string): boolean => readFileSync(join(root, path), "utf8").startsWith("/** Made from ");

const draw = (mutants: readonly Mutant[], { sample, seed }: Options): readonly Mutant[] =>
  sample === undefined ? mutants : shuffled(createRandom(String(seed)), mutants).slice(0, sample);

const run = async (given: readonly string[], options: Options): Promise<void> => {
  const compiler = createCompiler(root, given, readImporters(root, false));
  const listed = given.flatMap((path) => listMutants(root, compiler, path, options.only));
  const chosen = new Set(draw(listed, options));
  const all = listed.filter((mutant) => chosen.has(mutant));
  const mutants = Map.groupBy(all, ({ path }) => path);
  const paths = options.sample === undefined ? given : given.filter((path) => mutants.has(path));
  if (options.list) {
    compiler.close();
    for (const one of all) console.log(options.json ? JSON.stringify(one) : `${one.path}:${one.line}  ${one.kind}  ${one.mutation}`);
    return;
  }
  const importers = readImporters(root, true);
  const isMeant = (path: string, test: string): boolean =>
    (options.tests === undefined ? ownTests(path) : [options.tests]).some((folder) => test.startsWith(folder));
  const isConnected = paths.some((path) => relatedTo(path, importers).tests.some((test) => isMeant(path, test) && needsEmulators(test)));
  const bar = await startProgressBar("Mutants", all.length, process.stderr.isTTY === true);
  let done = 0;
  const hunting = { root, compiler, importers, rooms, isMeant, patienceMs: 2_000, dearMs: 1_000 };
  const hunts = await withProvided(isConnected, async (provided) => {
    const trials = createTrials({ seed: options.seed, provided });
    const found: Hunt[] = [];
    try {
      for (const together of measuredTogether(paths)) {
        const measurements = await measure({ ...hunting, trials }, together);
        for (const path of together)
          found.push(await hunt({ ...hunting, trials }, path, measurements, mutants.get(path) ?? [], () => bar.update(++done)));
      }
    } finally {
      trials.close();
      compiler.close();
      bar.stop();
    }
    return found;
  });
  const isComplete = options.only.length === 0 && options.tests === undefined && options.sample === undefined;
  const report = reportOf(hunts, accepted, isComplete);
  console.log(options.json ? JSON.stringify(report, null, 2) : reportText(report, options.sample !== undefined));
  if (!report.passes) process.exitCode = 1;
};

try {
  program.parse();
  const paths = [...new Set(program.args.flatMap((path) => filesAt(join(process.cwd(), path))))].filter((path) => !isMade(path));
  await run(paths, program.opts<Options>());
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  }
}
