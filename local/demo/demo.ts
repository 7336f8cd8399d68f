/**
 * `npm run demo`: a separate local stack, five gateways that send duplicates, forgeries and hang up, an application that fails,
 * and a check of the promises; or, with `--story`, one of the incidents. Leaves nothing behind.
 */
import { parseArgs } from "node:util";
import { errorMessage, Failure } from "../../core/failure.ts";
import { nearest } from "../../core/problems/nearest.ts";
import { startProgressBar } from "../../operator/terminal/progress-bar.ts";
import { processTerminal } from "../../operator/terminal/terminal.ts";
import { type IncidentName, incidents } from "../../simulator/incidents/index.ts";
import { type Closing, createClosing, onInterrupt } from "../closing.ts";
import { whenLauncherEnds } from "../engines/launcher.ts";
import config from "./config.ts";
import { countAll } from "./figures.ts";
import { showIncident } from "./incidents/show.ts";
import { makePlan } from "./plan.ts";
import { judge } from "./promises.ts";
import { type Narrator, rehearse } from "./rehearsal.ts";
import { acknowledgedText, deadText, promisesText, replayText, tableOf } from "./report.ts";
import { setStage } from "./stage.ts";

const storyNames = Object.keys(incidents) as IncidentName[];

const usage = `Usage: npm run demo -- [--story NAME] [--json] [--seed NUMBER]
  --story NAME    an incident, from its first callback to the finding and its remedy:
                  ${storyNames.join(", ")}
  --json          one line of JSON on standard output, the text for people on standard error
  --seed NUMBER   other callbacks; the same number gives the same ones`;

const defaultSeed = 1;

/**
 * @returns the exit code, which is also set: 0 all promises kept, or all findings as they have to be; 1 one is not, or the demo could not run;
 *   2 usage error.
 */
export const demoCommand = async (argv: readonly string[]): Promise<number> => {
  const options = readOptions(argv);
  const code = typeof options === "string" ? refuse(options) : await run(options);
  process.exitCode = code;
  return code;
};

interface Options {
  readonly json: boolean;
  readonly seed: number;
  readonly story?: IncidentName;
  readonly help: boolean;
}

const readOptions = (argv: readonly string[]): Options | string => {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: { json: { type: "boolean" }, seed: { type: "string" }, story: { type: "string" }, help: { type: "boolean", short: "h" } },
    });
    const seed = Number(values.seed ?? defaultSeed);
    if (!Number.isSafeInteger(seed)) return `--seed takes a whole number, not ${values.seed}.`;
    const story = storyNames.find((name) => name === values.story);
    if (values.story !== undefined && !story) return noStory(values.story);
    return { json: values.json === true, seed, ...(story && { story }), help: values.help === true };
  } catch (error) {
    return errorMessage(error);
  }
};

const noStory = (name: string): string => {
  const meant = nearest(name, storyNames);
  return `There is no story ${name}${meant === undefined ? "." : `; did you mean ${meant}?`}`;
};

const refuse = (message: string): number => {
  process.stderr.write(`${message}\n${usage}\n`);
  return 2;
};

const run = async ({ json, seed, story, help }: Options): Promise<number> => {
  if (help) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const closing = createClosing();
  const end = () => void closing.close().then(() => process.exit(130));
  const ignoreSignals = onInterrupt(end);
  const endWatch = whenLauncherEnds(end);
  try {
    if (!story) return await play(seed, closing, json);
    return (await showIncident(story, processTerminal({ json }), { closing, seed })) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  } finally {
    await closing.close();
    endWatch();
    ignoreSignals();
  }
};

const play = async (seed: number, closing: Closing, json: boolean): Promise<number> => {
  const terminal = processTerminal({ json });
  const { colours } = terminal;
  const write = (text: string) => (json ? terminal.say(text) : void terminal.print(`${text}\n`));
  const began = performance.now();
  const narrator: Narrator = {
    say: (line) => write(colours.dim(`${((performance.now() - began) / 1000).toFixed(1).padStart(5)} s  ${line}`)),
    watch: async (what, total) => {
      const bar = await startProgressBar(`         ${what}`, total, terminal.interactive);
      closing.add(bar.stop);
      return bar;
    },
  };
  const plan = makePlan(seed);
  narrator.say(`a fresh local stack is made from the synthesized template (seed ${seed})`);
  const evidence = await rehearse(await setStage({ seed, plan, closing }), plan, narrator);

  const figures = countAll(evidence);
  const judged = judge(evidence);
  const broken = judged.filter(({ breaches }) => breaches.length > 0);
  const parts = [
    tableOf(evidence, Object.keys(config.sources), colours),
    acknowledgedText(figures),
    deadText(evidence, colours),
    replayText(evidence),
    promisesText(judged, colours),
    broken.length === 0
      ? colours.green(`All ${judged.length} promises kept, in ${((performance.now() - began) / 1000).toFixed(0)} s.`)
      : colours.red(`Broken: ${broken.map(({ promise, title }) => `${promise} (${title})`).join(", ")}.`),
  ];
  write(`\n${parts.join("\n\n")}`);
  await closing.close();
  if (json) process.stdout.write(`${JSON.stringify(figures)}\n`);
  return broken.length === 0 ? 0 : 1;
};
