/** A command's output: data on standard output, everything else on standard error. */
import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import picocolors from "picocolors";

export type Colours = ReturnType<typeof picocolors.createColors>;

export interface Terminal {
  /** One JSON value instead of text. */
  readonly json: boolean;
  /** Of a list: rows for a spreadsheet instead of a table. */
  readonly csv?: boolean;
  /** Columns to fit into; undefined when it is not a terminal (a pipe, a file), where nothing is cut. */
  readonly width: number | undefined;
  readonly colours: Colours;
  /** Whether a person can be asked, and sees a progress bar. */
  readonly interactive: boolean;
  /** Data. Resolves when it is written, so that a slow reader slows us down instead of filling our memory. */
  print(data: string | Uint8Array): Promise<void>;
  /** A line for a person. */
  say(line: string): void;
  ask(question: string): Promise<string>;
  /** Ctrl-C asks for an orderly end instead of ending at once. Returns a function that restores its default. */
  onInterrupt(end: () => void): () => void;
}

/** https://no-color.org */
const wantsColour = (stream: NodeJS.WriteStream, environment: NodeJS.ProcessEnv): boolean =>
  stream.isTTY === true && !environment.NO_COLOR && environment.TERM !== "dumb";

export const processTerminal = ({ json, csv = false }: { readonly json: boolean; readonly csv?: boolean }): Terminal => {
  const { stdin, stdout, stderr } = process;
  return {
    json,
    csv,
    width: stdout.isTTY ? stdout.columns : undefined,
    colours: picocolors.createColors(!json && !csv && wantsColour(stdout, process.env)),
    interactive: stdin.isTTY === true && stderr.isTTY === true,
    async print(data) {
      if (!stdout.write(data)) await once(stdout, "drain");
    },
    say: (line) => void stderr.write(`${line}\n`),
    async ask(question) {
      const lines = createInterface({ input: stdin, output: stderr });
      try {
        return await lines.question(question);
      } finally {
        lines.close();
      }
    },
    onInterrupt(end) {
      process.once("SIGINT", end);
      return () => void process.removeListener("SIGINT", end);
    },
  };
};

/** A value as the command's whole output. */
export const printJson = (terminal: Pick<Terminal, "print">, value: unknown): Promise<void> =>
  terminal.print(`${JSON.stringify(value, null, 2)}\n`);

/** One JSON array, element by element: it may be longer than memory. */
export const jsonArray = (terminal: Pick<Terminal, "print">) => {
  let count = 0;
  return {
    add: (value: unknown): Promise<void> => terminal.print(`${count++ === 0 ? "[" : ","}\n${JSON.stringify(value)}`),
    end: (): Promise<void> => terminal.print(count === 0 ? "[]\n" : "\n]\n"),
  };
};
