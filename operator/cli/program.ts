/** The shell around every command: common options, help, exit codes, and errors in one line. */
import { createRequire } from "node:module";
import { Command, CommanderError } from "commander";
import type { Connection, Place } from "../connect/connect.ts";
import { momentArgument } from "./arguments.ts";
import { type Exit, exit } from "./exit.ts";
import { explain } from "./explain.ts";
import { processTerminal, type Terminal } from "./terminal.ts";

export interface Common extends Place {
  readonly json?: boolean;
}

export const withPlace = (command: Command): Command =>
  command
    .option("--local", "the stack on this machine, started with npm start in this folder")
    .option("--config <file>", "another configuration than holdfast.config.ts")
    .option("--json", "one JSON value on standard output");

export const withFilter = (command: Command): Command =>
  command
    .option("--source <source>", "only of that source")
    .option("--contract <contract>", "only of that contract: source/id, or its id alone")
    .option("--since <time>", "stored since: 90s, 15m, 2h, 3d, 1w ago, or an ISO time (UTC)", momentArgument)
    .option("--until <time>", "stored until then, included", momentArgument);

const footer = `
Exit codes:
  0  done, and nothing calls for a person
  1  it could not be done; the message says why and what to do
  2  wrong use: an argument, an option or the configuration
  3  there is nothing of what was asked for
  4  done, and a person is needed: dead letters, a sweep that does not run, a failed check

Data goes to standard output, everything else to standard error. docs/operate.md shows every command at work.`;

export const createProgram = () => {
  const program = new Command("holdfast")
    .description("Looks after the callbacks of payment gateways: what came, what became of it, and what to do about it.")
    .version(versionOf())
    .addHelpText("after", footer)
    .showHelpAfterError("(--help tells more)")
    .exitOverride();

  /** Turns everything that can go wrong into a line and an exit code. `about` learns on the way where the command was pointed at. */
  const guarded = async (options: Common, work: (terminal: Terminal, about: About) => Promise<Exit>): Promise<void> => {
    const about: About = { local: options.local === true };
    try {
      process.exitCode = await work(processTerminal({ json: options.json === true }), about);
    } catch (error) {
      process.exitCode = tell(error, about);
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
      // `holdfast list | head` is no error.
      process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? exit.ok : exit.failed));
      try {
        await program.parseAsync(typed, { from: "user" });
      } catch (error) {
        if (!(error instanceof CommanderError)) throw error;
        // Help that was asked for is no wrong use.
        process.exitCode = error.exitCode === 0 ? exit.ok : exit.usage;
      }
    },
  };
};

interface About {
  readonly local: boolean;
  name?: string;
}

const tell = (error: unknown, about: About): Exit => {
  const told = explain(error, about);
  process.stderr.write(`${told?.message ?? (error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`);
  return told?.exitCode ?? exit.failed;
};

/** Of the package, found through its own name: the same from the sources and from `dist/`. */
const versionOf = (): string => {
  const { version }: { readonly version: string } = createRequire(import.meta.url)("holdfast/package.json");
  return version;
};
