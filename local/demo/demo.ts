/**
 * `npm run demo`: a local stack of its own, five gateways that repeat themselves, lie and hang up, an application that fails,
 * and a check of the promises. Leaves nothing behind.
 */
import { parseArgs } from "node:util";
import { Failure, messageOf } from "../../core/failure.ts";
import { type Closing, createClosing } from "../closing.ts";
import { whenLauncherEnds } from "../engines/launcher.ts";
import config from "./config.ts";
import { countAll } from "./count.ts";
import { makePlan } from "./plan.ts";
import { judge } from "./promises.ts";
import { rehearse } from "./rehearsal.ts";
import { acknowledgedText, deadText, promisesText, replayText, tableOf } from "./report.ts";
import { createScreen, type Screen } from "./screen.ts";
import { setStage } from "./stage.ts";

const usage = `Usage: npm run demo -- [--json] [--seed NUMBER]
  --json          one line of JSON on standard output, the text for people on standard error
  --seed NUMBER   other callbacks; the same number gives the same ones`;

const defaultSeed = 1;

/** @returns the exit code, which is also set: 0 all promises kept, 1 one broken or the demo could not run, 2 wrong use. */
export const demoCommand = async (argv: readonly string[]): Promise<number> => {
  const options = readOptions(argv);
  const code = typeof options === "string" ? refuse(options) : await run(options);
  process.exitCode = code;
  return code;
};

interface Options {
  readonly json: boolean;
  readonly seed: number;
  readonly help: boolean;
}

const readOptions = (argv: readonly string[]): Options | string => {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: { json: { type: "boolean" }, seed: { type: "string" }, help: { type: "boolean", short: "h" } },
    });
    const seed = Number(values.seed ?? defaultSeed);
    if (!Number.isSafeInteger(seed)) return `--seed wants a whole number, not ${values.seed}.`;
    return { json: values.json === true, seed, help: values.help === true };
  } catch (error) {
    return messageOf(error);
  }
};

const refuse = (message: string): number => {
  process.stderr.write(`${message}\n${usage}\n`);
  return 2;
};

const run = async ({ json, seed, help }: Options): Promise<number> => {
  const screen = createScreen(json ? process.stderr : process.stdout);
  if (help) {
    screen.say(usage);
    return 0;
  }
  const closing = createClosing();
  const ignoreSignals = endOnSignals(closing);
  try {
    return await play(seed, screen, closing, json);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  } finally {
    await closing.close();
    ignoreSignals();
  }
};

const play = async (seed: number, screen: Screen, closing: Closing, json: boolean): Promise<number> => {
  const { colours, say } = screen;
  const plan = makePlan(seed);
  const began = performance.now();
  const tell = (line: string) => say(colours.dim(`${((performance.now() - began) / 1000).toFixed(1).padStart(5)} s  ${line}`));
  tell(`a fresh local stack is made from the synthesized template (seed ${seed})`);
  const stage = await setStage({ seed, plan, closing });
  const { gateways, application } = stage;
  const endWatch = screen.watch(() => {
    const acknowledged = gateways.log.filter(({ genuine, answer }) => genuine && answer === "positive").length;
    return `         ${gateways.log.length} requests, ${acknowledged} acknowledged, ${application.log.length} deliveries`;
  });
  closing.add(endWatch);
  const evidence = await rehearse(stage, plan, tell);
  endWatch();

  const figures = countAll(evidence);
  const judged = judge(evidence);
  const broken = judged.filter(({ breaches }) => breaches.length > 0);
  say(
    ["", tableOf(evidence, Object.keys(config.sources), colours), "", acknowledgedText(figures), "", deadText(evidence, colours)].join(
      "\n",
    ),
  );
  say(["", replayText(evidence), "", promisesText(judged, colours), ""].join("\n"));
  say(
    broken.length === 0
      ? colours.green(`All ${judged.length} promises kept, in ${((performance.now() - began) / 1000).toFixed(0)} s.`)
      : colours.red(`Broken: ${broken.map(({ promise, title }) => `${promise} (${title})`).join(", ")}.`),
  );
  await closing.close();
  if (json) process.stdout.write(`${JSON.stringify(figures)}\n`);
  return broken.length === 0 ? 0 : 1;
};

/** Ctrl-C, and an end of whoever started us, clean up first. Whoever asks twice does not want to wait. */
const endOnSignals = (closing: Closing): (() => void) => {
  /** A second Ctrl-C within this time is the first one, sent on by npm. */
  const echoMs = 1_000;
  let askedAt: number | undefined;
  const end = () => {
    if (askedAt !== undefined && performance.now() - askedAt > echoMs) process.exit(130);
    if (askedAt !== undefined) return;
    askedAt = performance.now();
    void closing.close().then(() => process.exit(130));
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, end);
  const endWatch = whenLauncherEnds(end);
  return () => {
    endWatch();
    for (const signal of signals) process.removeListener(signal, end);
  };
};
