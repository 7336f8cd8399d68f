/** The shell around every command: common options, help, exit codes, and errors in one line. */
import { createRequire } from "node:module";
import { Command, CommanderError, Option } from "commander";
import { momentArgument, operatorName, reasonArgument } from "../arguments/arguments.ts";
import type { Connection, Place } from "../connect/connect.ts";
import { type Exit, exit } from "../terminal/exit.ts";
import { explain } from "../terminal/explain.ts";
import { processTerminal, type Terminal } from "../terminal/terminal.ts";

export interface Common extends Place {
  readonly json?: boolean;
  readonly csv?: boolean;
}

export const withPlace = (command: Command): Command =>
  command
    .option("--local", "the local stack, started with npm start in this folder")
    .option("--config <file>", "use this configuration instead of holdfast.config.ts")
    .option("--json", "one JSON value on standard output");

/** For what lists: also for a spreadsheet. */
export const withList = (command: Command): Command =>
  withPlace(command).addOption(new Option("--csv", "comma-separated values, for a spreadsheet").conflicts("json"));

/** For an operator's decision: who, and why. */
export const withReason = (command: Command): Command =>
  withPlace(command)
    .requiredOption("--why <reason>", "why, for the audit trail", reasonArgument)
    .option("--by <name>", "who you are", operatorName());

export const withFilter = (command: Command): Command =>
  command
    .option("--source <source>", "only this source")
    .option("--contract <contract>", "only this contract: source/id, or its id alone")
    .option("--since <time>", "stored since then: 90s, 15m, 2h, 3d, 1w ago, or a day or time", momentArgument)
    .option("--until <time>", "stored until then, inclusive", momentArgument);

const footer = `
Exit codes:
  0  done, and nothing needs attention
  1  it failed; the message says why and what to do
  2  usage error: an argument, an option or the configuration
  3  nothing was found
  4  done, but an operator is needed: dead letters, a condition that holds, a failed check

Data goes to standard output, everything else to standard error. docs/operate.md has an example of every command.`;

export type Program = ReturnType<typeof createProgram>;

export const createProgram = () => {
  const program = new Command("holdfast")
    .description("Inspect and repair payment-gateway callbacks: list, show, replay, hold.")
    .version(versionOf())
    .addHelpText("after", footer)
    .showHelpAfterError("(see --help)")
    .exitOverride();

  /** Turns every error into one line and an exit code. `about` gets the stack's name once it is known. */
  const guarded = async (options: Common, work: (terminal: Terminal, about: About) => Promise<Exit>): Promise<void> => {
    const about: About = { local: options.local === true };
    try {
      process.exitCode = await work(processTerminal({ json: options.json === true, csv: options.csv === true }), about);
    } catch (error) {
      process.exitCode = report(error, about);
    }
  };
  return {
    program,
    /** For what needs no connection. */
    placed: (options: Common, work: (terminal: Terminal) => Promise<Exit>) => guarded(options, (terminal) => work(terminal)),

    connected: (options: Common, work: (connection: Connection, terminal: Terminal) => Promise<Exit>) =>
      guarded(options, async (terminal, about) => {
        const { connect } = await import("../connect/connect.ts");
        const connection = await connect(options);
        about.name = connection.config.name;
        return work(connection, terminal);
      }),

    async run(typed: readonly string[]): Promise<void> {
      // `holdfast list | head` is not an error.
      process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? exit.ok : exit.failed));
      try {
        await program.parseAsync(typed, { from: "user" });
      } catch (error) {
        if (!(error instanceof CommanderError)) throw error;
        // Help that was asked for is not a usage error.
        process.exitCode = error.exitCode === 0 ? exit.ok : exit.usage;
      }
    },
  };
};

interface About {
  readonly local: boolean;
  name?: string;
}

const report = (error: unknown, about: About): Exit => {
  const explained = explain(error, about);
  process.stderr.write(`${explained?.message ?? (error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`);
  return explained?.exitCode ?? exit.failed;
};

/** Of the package, found through its own name: the same from the sources and from `dist/`. */
const versionOf = (): string => {
  const { version }: { readonly version: string } = createRequire(import.meta.url)("holdfast/package.json");
  return version;
};
