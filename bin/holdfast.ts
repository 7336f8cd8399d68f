#!/usr/bin/env node
/**
 * `holdfast`: the operator's command. Each command's arguments, and a call into operator/. Whatever a command needs is loaded
 * when it runs, so that it starts fast, and so that an old Node is told so before it meets what it cannot read.
 */
import type { SimulateOptions } from "../local/simulator/simulate.ts";
import type { StartOptions } from "../local/start.ts";
import type { FilterOptions } from "../operator/arguments.ts";
import type { Common } from "../operator/program.ts";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `Holdfast needs Node 22.18 or newer, and this is ${process.versions.node}: use \`npx holdfast\` in the project's folder, which brings its own Node, or install Node 24.\n`,
  );
  process.exit(1);
}

const { createProgram, withFilter, withPlace } = await import("../operator/program.ts");
const { checkSource, countArgument, filterOf, listArgument, rateArgument, secondsArgument, statesArgument } = await import(
  "../operator/arguments.ts"
);
const { exit } = await import("../operator/exit.ts");
const { addRepairCommands } = await import("../operator/repair-commands.ts");
const { program, connected, placed, run } = createProgram();

withPlace(
  withFilter(program.command("list").summary("records, newest first").description("Records, newest first, with what became of them.")),
)
  .option("--state <state>", "only in that state; several with commas", statesArgument)
  .option("--limit <n>", "how many", countArgument, 50)
  .option("--all", "no limit")
  .option("--jsonl", "one line of JSON for each record")
  .action((options: Common & FilterOptions & { limit: number; all?: boolean; jsonl?: boolean }) =>
    connected(options, async (at, terminal) => {
      const { list } = await import("../operator/list.ts");
      const limit = options.all ? Number.POSITIVE_INFINITY : options.limit;
      return list(at, terminal, { filter: await filterOf(at, options), limit, lines: options.jsonl === true });
    }),
  );

withPlace(
  program
    .command("show")
    .summary("one record's whole life")
    .description("One record's whole life: what came, what it says, what became of it, what to do next."),
)
  .argument("<record>", "its key (source/id), or its id alone")
  .option("--raw", "its exact bytes, unmasked, on standard output")
  .action((record: string, options: Common & { raw?: boolean }) =>
    connected(options, async (at, terminal) => {
      const { show, showRaw } = await import("../operator/show.ts");
      return options.raw ? showRaw(at, terminal, record) : show(at, terminal, record);
    }),
  );

withPlace(
  program
    .command("contract")
    .summary("one contract: state, money, history, line")
    .description("One contract: its state, its money, its history, and what waits to be delivered."),
)
  .argument("<contract>", "source/id, or its id alone")
  .option("--source <source>", "the source it is of")
  .option("--limit <n>", "rows of a table", countArgument, 50)
  .action((typed: string, options: Common & { source?: string; limit: number }) =>
    connected(options, async (at, terminal) => {
      checkSource(at, options.source);
      const { contract } = await import("../operator/contract.ts");
      return contract(at, terminal, { typed, source: options.source, limit: options.limit });
    }),
  );

withPlace(
  program
    .command("dead")
    .summary("what was given up, why, and what to type")
    .description("What was given up: why, since when, what waits behind it, and what to type."),
)
  .option("--source <source>", "only of that source")
  .action((options: Common & { source?: string }) =>
    connected(options, async (at, terminal) => {
      checkSource(at, options.source);
      const { dead } = await import("../operator/dead.ts");
      return dead(at, terminal, { source: options.source });
    }),
  );

withPlace(
  withFilter(
    program
      .command("replay")
      .summary("send records through the same door again")
      .description("Sends records through the same door again, in stored order, under the same ids. Shows the plan first."),
  ),
)
  .argument("[records...]", "keys or ids; or name a filter")
  .option("--dead", "all that are dead")
  .option("--state <state>", "only in that state; several with commas", statesArgument)
  .option("--reason <text>", "only with that text in its reason")
  .option("--yes", "do it, without asking")
  .option("--rate <n>", "at most so many records a second", rateArgument)
  .option("--watch <seconds>", "how long to wait for what becomes of up to 100 records", secondsArgument, 10)
  .action((records: string[], options: Common & FilterOptions & { dead?: boolean; yes?: boolean; rate?: number; watch: number }) =>
    connected(options, async (at, terminal) => {
      const { meantBy } = await import("../operator/meant.ts");
      const { replay } = await import("../operator/replay.ts");
      const meant = await meantBy(at, records, options);
      return replay(at, terminal, { meant, yes: options.yes === true, ratePerSecond: options.rate, watchSeconds: options.watch });
    }),
  );

withPlace(
  program
    .command("status")
    .summary("counts, ages, queues, sweep")
    .description("Whether all is well: counts, oldest records, queues, holds, the sweep."),
).action((options: Common) => connected(options, async (at, terminal) => (await import("../operator/status.ts")).status(at, terminal)));

withPlace(
  program
    .command("doctor")
    .summary("check that everything is in place")
    .description("Checks the configuration, tables, queues, secrets, and how strong each source's proof is."),
).action((options: Common) => placed(options, async (terminal) => (await import("../operator/doctor.ts")).doctor(options, terminal)));

withPlace(
  program
    .command("try")
    .summary("one genuine callback for a source")
    .description("One genuine callback for a source, freshly signed: as a curl to copy, or sent at once."),
)
  .argument("<source>", "a configured source")
  .option("--send", "send it, and show the answer")
  .option("--url <url>", "where a deployed stack answers: https://..., up to /callbacks")
  .option("--yes", "with --send to a deployed stack: really")
  .action((source: string, options: Common & { send?: boolean; url?: string; yes?: boolean }) =>
    connected(options, async (at, terminal) => {
      const { tryOut } = await import("../operator/try.ts");
      return tryOut(at, terminal, { source, send: options.send === true, url: options.url, yes: options.yes === true });
    }),
  );

addRepairCommands({ program, connected });

program
  .command("simulate")
  .summary("a contract's life, as a gateway would send it")
  .description("Plays a contract's life as a gateway would send it, to the local stack or to an endpoint of yours.")
  .argument("[name]", "a source here, or a gateway")
  .option("--list", "stories, gateways and faults")
  .option("--story <name>", "which story", "life")
  .option("--local", "the local stack of this folder; so it is without --url")
  .option("--url <url>", "post there: https://.../callbacks/<source>")
  .option("--config <file>", "with --url: another configuration than holdfast.config.ts to know the source from")
  .option("--i-own <host>", "that host is yours, though it is not this machine", listArgument)
  .option("--secret <secret>", "what the gateway signs with; the local stack's own are known", listArgument)
  .option("--option <name=value>", "a setting of the source: shopId=tshop00000001", listArgument)
  .option("--count <n>", "so many lives side by side", countArgument)
  .option("--rate <n>", "so many callbacks a second", rateArgument)
  .option("--faults <faults>", "what goes wrong: duplicates,reorder,delay,tamper,drop-answer")
  .option("--compress <n>", "seconds of the gateway's between two attempts that are one of ours", countArgument)
  .option("--contract <id>", "the contract's id, instead of an invented one")
  .option("--seed <text>", "the same seed gives the same story")
  .option("--start <date>", "when the story begins")
  .option("--json", "one JSON value on standard output")
  .action((name: string | undefined, options: Common & SimulateOptions) =>
    placed(options, async (terminal) => {
      const { simulateCommand } = await import("../local/simulator/simulate.ts");
      const { configIfThere } = await import("../operator/load-config.ts");
      const config = options.url === undefined ? undefined : await configIfThere(options.config);
      return (await simulateCommand(name, options, terminal, { now: Date.now, ...(config && { config }) })) ? exit.ok : exit.person;
    }),
  );

program
  .command("start")
  .summary("the local stack")
  .description("Starts the local stack of this folder, and keeps it running until Ctrl-C.")
  .option("--port <n>", "where gateways post to; 0 for any free port", secondsArgument)
  .option("--target <url>", "deliver there instead of to the built-in application")
  .option("--config <file>", "another configuration than holdfast.config.ts")
  .option("--directory <folder>", "where .holdfast/ lies")
  .option("--sweep-seconds <n>", "seconds between two sweeps", countArgument)
  .option("--json", "one line of JSON when it is ready")
  .action(async (options: StartOptions) => (await import("../local/start.ts")).start(options));

program
  .command("demo")
  .summary("five gateways, an application that fails, and a check of the promises")
  .helpOption(false)
  .allowUnknownOption()
  .argument("[options...]")
  .action(async (options: string[]) => void (await (await import("../local/demo/demo.ts")).demoCommand(options)));

await run(process.argv.slice(2));
