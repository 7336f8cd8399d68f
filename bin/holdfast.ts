#!/usr/bin/env node
/**
 * `holdfast`: the operator's command. Commands that look, send and repair are in operator/, rehearsals in local/. Whatever a command
 * needs is loaded when it runs, so that it starts fast, and so that an old Node is rejected before it reads syntax it does not know.
 */
import type { StartOptions } from "../local/start.ts";
import type { Common } from "../operator/cli/program.ts";
import type { SimulateOptions } from "../operator/simulate/options.ts";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `Holdfast needs Node 22.18 or newer, and this is ${process.versions.node}: use \`npx holdfast\` in the project's folder, which brings its own Node, or install Node 24.\n`,
  );
  process.exit(1);
}

const { createProgram } = await import("../operator/cli/program.ts");
const { countArgument, isoArgument, listArgument, rateArgument, secondsArgument } = await import("../operator/arguments/arguments.ts");
const { exit } = await import("../operator/terminal/exit.ts");
const { addClockCommands } = await import("../operator/cli/clock-commands.ts");
const { addLookCommands } = await import("../operator/cli/look-commands.ts");
const { addSendCommands } = await import("../operator/cli/send-commands.ts");
const { addLedgerCommands } = await import("../operator/cli/ledger-commands.ts");
const { addFindingCommands } = await import("../operator/cli/finding-commands.ts");
const { addReconcileCommands } = await import("../operator/cli/reconcile-commands.ts");
const { addChargeCommands } = await import("../operator/cli/charge-commands.ts");
const { addNoteCommands } = await import("../operator/cli/note-commands.ts");
const { addRefundCommands } = await import("../operator/cli/refund-commands.ts");
const { addRepairCommands } = await import("../operator/cli/repair-commands.ts");
const created = createProgram();
const { program, placed, run } = created;

addLookCommands(created);
addSendCommands(created);
addRepairCommands(created);
addLedgerCommands(created);
addClockCommands(created);
addFindingCommands(created);
addChargeCommands(created);
addNoteCommands(created);
addReconcileCommands(created);
addRefundCommands(created);

program
  .command("simulate")
  .summary("Play a contract's life as a gateway would send it.")
  .description("Play a contract's life as a gateway would send it, to the local stack or to your own endpoint.")
  .argument("[name]", "a configured source, or a gateway")
  .option("--list", "list stories, gateways and faults")
  .option("--story <name>", "story to play", "life")
  .option("--local", "this folder's local stack (the default without --url)")
  .option("--url <url>", "post there: https://.../callbacks/<source>")
  .option("--config <file>", "with --url: look the source up here instead of in holdfast.config.ts")
  .option("--i-own <host>", "confirm that this host, which is not this machine, is yours", listArgument)
  .option("--secret <secret>", "what the gateway signs with; the local stack's are known", listArgument)
  .option("--option <name=value>", "a setting of the source: shopId=tshop00000001", listArgument)
  .option("--count <n>", "contracts in parallel", countArgument)
  .option("--rate <n>", "callbacks per second", rateArgument)
  .option("--faults <faults>", "faults to inject: duplicates,reorder,delay,tamper,drop-answer")
  .option("--compress <n>", "speed up: N gateway seconds per real second", countArgument)
  .option("--contract <id>", "contract id, instead of an invented one")
  .option("--seed <text>", "the same seed gives the same story")
  .option("--start <date>", "when the story begins")
  .option("--json", "one JSON value on standard output")
  .action((name: string | undefined, options: Common & SimulateOptions) =>
    placed(options, async (terminal) => {
      const { simulateCommand } = await import("../operator/simulate/simulate-command.ts");
      const { configIfThere } = await import("../operator/connect/load-config.ts");
      const config = options.url === undefined ? undefined : await configIfThere(options.config);
      return (await simulateCommand(name, options, terminal, { now: Date.now, ...(config && { config }) })) ? exit.ok : exit.person;
    }),
  );

program
  .command("new-gateway")
  .summary("Create the files of a new gateway.")
  .description("Create the files of a new gateway in Holdfast's sources: gateway, test, writer, registry. They work; then make them real.")
  .argument("<name>", "lower-case letters, digits and hyphens: my-bank")
  .option("--no-timestamp", "its signature does not cover a time")
  .option("--json", "one JSON value on standard output")
  .action((name: string, options: Common & { readonly timestamp: boolean }) =>
    placed(options, async (terminal) => {
      const { madeText, newGateway } = await import("../local/new-gateway/new-gateway.ts");
      const made = newGateway(name, process.cwd(), options.timestamp ? "body and time" : "body");
      await terminal.print(terminal.json ? `${JSON.stringify(made)}\n` : madeText(made));
      return exit.ok;
    }),
  );

program
  .command("start")
  .summary("Start the local stack.")
  .description("Start this folder's local stack, and keep it running until Ctrl-C.")
  .option("--port <n>", "port for callbacks; 0 for any free port", secondsArgument)
  .option("--target <url>", "deliver to this URL instead of the built-in application")
  .option("--config <file>", "use this configuration instead of holdfast.config.ts")
  .option("--directory <folder>", "where .holdfast/ is")
  .option("--clock <time>", "start at this moment: an ISO time (UTC), not before where its clock was", isoArgument)
  .option("--sweep-seconds <n>", "seconds between two sweeps", countArgument)
  .option("--json", "one line of JSON when it is ready")
  .action(async (options: StartOptions) => (await import("../local/start.ts")).start(options));

program
  .command("demo")
  .summary("Run the demo: five gateways, a failing application, the promises checked; or an incident.")
  .helpOption(false)
  .allowUnknownOption()
  .argument("[options...]")
  .action(async (options: string[]) => void (await (await import("../local/demo/demo.ts")).demoCommand(options)));

await run(process.argv.slice(2));
