/** `npm run bench -- ack|cold|replay|reconcile|path|storm|cost|scale`: measures; says whether the goals of the design are met, and ends with 0 either way. */
import { writeFileSync } from "node:fs";
import { Command, CommanderError, InvalidArgumentError } from "commander";
import { Failure } from "../core/failure.ts";
import { type AckOptions, measureAck } from "./ack/ack.ts";
import { ackReport } from "./ack/ack-report.ts";
import { type ColdOptions, measureCold } from "./cold/cold.ts";
import { coldReport } from "./cold/cold-report.ts";
import { costFigures, costReport } from "./cost/cost-report.ts";
import { measureCost } from "./cost/measure.ts";
import { describeMachine, thisMachine } from "./machine.ts";
import { measurePath, type PathOptions } from "./path/measure.ts";
import { pathReport } from "./path/path-report.ts";
import { measureReconcile, type ReconcileOptions } from "./reconcile/measure.ts";
import { reconcileReport } from "./reconcile/reconcile-report.ts";
import { measureReplay, type ReplayBenchOptions } from "./replay/measure.ts";
import { replayReport } from "./replay/replay-report.ts";
import { measureServices } from "./scale/measure.ts";
import { measuredFile, readMeasured } from "./scale/measured.ts";
import { scalePage } from "./scale/scale-page.ts";
import { measureStorm, type StormOptions } from "./storm/storm.ts";
import { stormReport } from "./storm/storm-report.ts";

const progress = (text: string): void => void (process.stderr.isTTY && process.stderr.write(`\r\x1b[K${text}`));

const print = (bench: string, json: boolean, options: object, result: object, report: string): void => {
  progress("");
  const machine = thisMachine();
  console.log(json ? JSON.stringify({ bench, machine, options, ...result }) : `${describeMachine(machine)}\n${report}`);
};

const count = (text: string): number => {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError("It is a whole number from 1 to 999999.");
  return Number(text);
};
const millions = (text: string): number => {
  if (!/^[1-9]\d{2,7}$/.test(text)) throw new InvalidArgumentError("It is a whole number from 100 to 99999999.");
  return Number(text);
};
const countOrNone = (text: string): number => (text === "0" ? 0 : count(text));
const counts = (text: string): number[] => text.split(",").map(count);

const program = new Command("npm run bench --")
  .description("Measures Holdfast against its peers and against the bound. docs/benchmarks.md explains the figures.")
  .exitOverride();

program
  .command("ack")
  .description("the acknowledgement path against a bare put, the textbook handler and Powertools idempotency")
  .option("--rounds <n>", "turns of each contestant at each concurrency", count, 20)
  .option("--requests <n>", "callbacks in each turn", count, 300)
  .option("--concurrencies <list>", "callbacks answered at a time", counts, [1, 16])
  .option("--warm-up <n>", "callbacks that are not counted", count, 1_500)
  .option("--network-ms <n>", "milliseconds added to a round trip to DynamoDB or SQS; 3 is typical within a Region", count, 0)
  .option("--json", "one line of JSON", false)
  .action(async ({ json, ...options }: AckOptions & { readonly json: boolean }) => {
    const result = await measureAck(options, progress);
    print("ack", json, options, result, ackReport(result, options));
  });

program
  .command("cold")
  .description("loading the receive bundle against a bundle of the bare DynamoDB client")
  .option("--rounds <n>", "fresh processes of each bundle", count, 30)
  .option("--json", "one line of JSON", false)
  .action(async ({ json, ...options }: ColdOptions & { readonly json: boolean }) => {
    const result = await measureCold(options, progress);
    print("cold", json, options, result, coldReport(result, options));
  });

program
  .command("replay")
  .description("a replay of many dead records: its speed, and whether its memory grows with their number")
  .option("--records <n>", "dead records to replay", count, 100_000)
  .option("--json", "one line of JSON", false)
  .action(async ({ json, ...options }: ReplayBenchOptions & { readonly json: boolean }) => {
    const result = await measureReplay(options, progress);
    print("replay", json, options, result, replayReport(result));
  });

program
  .command("reconcile")
  .description("a month end of a million lines against a million contracts, beside a bare csv-parse and Map join")
  .option("--lines <n>", "lines of the export, and contracts", millions, 1_000_000)
  .option("--planted <n>", "differences among them", count, 5_000)
  .option("--rounds <n>", "turns of each", count, 3)
  .option("--json", "one line of JSON", false)
  .action(async ({ json, ...options }: ReconcileOptions & { readonly json: boolean }) => {
    const result = await measureReconcile(options, progress);
    print("reconcile", json, options, result, reconcileReport(result, options));
  });

program
  .command("path")
  .description("callback to delivered, beside the textbook way and the queue-first recipe: at rest, at load, through an outage")
  .option("--rounds <n>", "turns of each way", count, 5)
  .option("--rest <n>", "callbacks in each turn, one by one", count, 20)
  .option("--load <n>", "callbacks in each turn at load", count, 200)
  .option("--concurrency <n>", "callbacks sent at a time, at load", count, 16)
  .option("--outage-seconds <n>", "how long the application is down; 0 leaves the outage out", countOrNone, 20)
  .option("--per-second <n>", "callbacks a second during and after the outage", count, 5)
  .option("--json", "one line of JSON", false)
  .action(async ({ json, ...options }: PathOptions & { readonly json: boolean }) => {
    const result = await measurePath(options, progress);
    print("path", json, options, result, pathReport(result, options));
  });

program
  .command("storm")
  .description("an outage of the application for a third of all callbacks, while the whole stack is killed again and again")
  .option("--callbacks <n>", "callbacks in all", count, 5_000)
  .option("--per-second <n>", "callbacks a second", count, 8)
  .option("--kills <n>", "times that the stack is killed", countOrNone, 6)
  .option("--port <n>", "where the stack listens", count, 8797)
  .option("--json", "one line of JSON", false)
  .action(async ({ json, ...options }: StormOptions & { readonly json: boolean }) => {
    const result = await measureStorm(options, progress);
    print("storm", json, options, result, stormReport(result, options));
  });

program
  .command("cost")
  .description("what a million callbacks cost on AWS, counted call by call, at list prices")
  .option("--busy <n>", "callbacks where batches are full", count, 300)
  .option("--quiet <n>", "callbacks that come alone", count, 60)
  .option("--json", "one line of JSON", false)
  .action(async ({ json, ...options }: { readonly busy: number; readonly quiet: number; readonly json: boolean }) => {
    const result = await measureCost(options, progress);
    print("cost", json, options, costFigures(result), costReport(result));
  });

program
  .command("scale")
  .description("where the path saturates, computed from measured service times and AWS's limits")
  .option("--measure", "measure the service times first, and keep them in bench/scale/measured.json", false)
  .option("--callbacks <n>", "callbacks that are measured with; fewer do not warm up the functions", count, 600)
  .option("--json", "one line of JSON: what it is computed from", false)
  .action(async ({ json, measure, callbacks }: { readonly json: boolean; readonly measure: boolean; readonly callbacks: number }) => {
    if (measure) writeFileSync(measuredFile, `${JSON.stringify(await measureServices(callbacks, progress), null, 2)}\n`);
    const measured = readMeasured();
    progress("");
    console.log(json ? JSON.stringify({ bench: "scale", ...measured }) : scalePage(measured));
  });

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else if (error instanceof Failure) {
    console.error(error.message);
    process.exitCode = 1;
  } else throw error;
}
