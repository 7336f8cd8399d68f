/** `npm run fuzz`: longer than the tests do it. What fails is kept in the corpus, where every test run tries it from then on. */
import { relative } from "node:path";
import { parseArgs } from "node:util";
import { checkCase, explore, type Failure } from "./attempt.ts";
import { corpusDirectory, keepCase, readCase } from "./corpus.ts";
import { targets } from "./targets.ts";

const usage = `Usage: npm run fuzz -- [--minutes N] [--seed N] [--target NAME]
       npm run fuzz -- --target NAME --case FILE
  --minutes N    how long; 1 unless said otherwise
  --seed N       the same seed draws the same inputs in the same order; a new one each time unless said otherwise
  --target NAME  one of ${targets.map(({ name }) => name).join(", ")}
  --case FILE    tries one kept input again`;

const misuse = (why: string): never => {
  process.stderr.write(`${why}\n${usage}\n`);
  process.exit(2);
};

const numberOf = (name: string, text: string): number => {
  const value = Number(text);
  return Number.isFinite(value) && value >= 0 ? value : misuse(`--${name} wants a number, not ${text}.`);
};

const given = (() => {
  const options = { minutes: { type: "string" }, seed: { type: "string" }, target: { type: "string" }, case: { type: "string" } } as const;
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    return misuse(error instanceof Error ? error.message : String(error));
  }
})();

const chosen = given.target === undefined ? targets : targets.filter(({ name }) => name === given.target);
if (chosen.length === 0) misuse(`There is no target ${given.target}.`);
if (given.case !== undefined && given.target === undefined) misuse("--case wants --target with it.");

const tell = ({ target, why }: Failure, file: string): void => {
  const path = relative(process.cwd(), file);
  process.stdout.write(`\n${target} fails:\n  ${why.replaceAll("\n", "\n  ")}\nThe input is in ${path}. Try it again with\n`);
  process.stdout.write(`  npm run fuzz -- --target ${target} --case ${path}\n`);
};

/** Few enough that every target has its turn within seconds. */
const runsATurn = 500;

const runFor = (minutes: number, seed: number): number => {
  const until = performance.now() + minutes * 60_000;
  let [turns, failed] = [0, new Set<string>()];
  process.stdout.write(`Fuzzing ${chosen.length} targets for ${minutes} min; --seed ${seed} does the same again.\n`);
  do {
    for (const target of chosen) {
      if (failed.has(target.name) || (turns > 0 && performance.now() >= until)) continue;
      const failure = explore(target, { seed: seed + turns, runs: runsATurn });
      if (!failure) continue;
      tell(failure, keepCase(corpusDirectory, target.name, failure.input));
      failed = failed.add(target.name);
    }
    turns++;
  } while (performance.now() < until && failed.size < chosen.length);
  process.stdout.write(
    `\n${turns} rounds of ${runsATurn} inputs for each target: ${failed.size === 0 ? "nothing fails" : `${[...failed].join(", ")} failed`}.\n`,
  );
  return failed.size;
};

const [only] = chosen;
if (given.case !== undefined && only) {
  const failure = checkCase(only, readCase(given.case));
  if (failure) tell(failure, given.case);
  else process.stdout.write(`${only.name} does as it should with ${given.case}.\n`);
  process.exitCode = failure ? 1 : 0;
} else {
  const seed = given.seed === undefined ? Math.floor(Math.random() * 1e9) : numberOf("seed", given.seed);
  process.exitCode = runFor(numberOf("minutes", given.minutes ?? "1"), seed) > 0 ? 1 : 0;
}
