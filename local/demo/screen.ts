/** Where the demo speaks: text for people, and below it, on a terminal only, one line that says how far it has come. */
import picocolors from "picocolors";

export type Colours = ReturnType<typeof picocolors.createColors>;

export interface Screen {
  readonly colours: Colours;
  say(text: string): void;
  /** Shows what the function returns, again and again, until the returned function is called. */
  watch(status: () => string): () => void;
}

/** Where the last line is written anew; a line that does not fit could not be wiped. */
const eraseLine = "\r\u001b[2K";
const everyMs = 100;

/** @param stream where the text goes; the status goes to standard error, so that it is in nobody's file. */
export const createScreen = (stream: NodeJS.WriteStream, { stderr, env }: Pick<typeof process, "stderr" | "env"> = process): Screen => {
  const isWatched = stderr.isTTY === true && env.TERM !== "dumb";
  let shown = false;
  const wipe = () => {
    if (shown) stderr.write(eraseLine);
    shown = false;
  };
  return {
    // https://no-color.org
    colours: picocolors.createColors(stream.isTTY === true && !env.NO_COLOR && env.TERM !== "dumb"),
    say: (text) => {
      wipe();
      stream.write(`${text}\n`);
    },
    watch: (status) => {
      if (!isWatched) return () => {};
      const show = () => {
        stderr.write(`${eraseLine}${status().slice(0, (stderr.columns || 80) - 1)}`);
        shown = true;
      };
      const timer = setInterval(show, everyMs);
      return () => {
        clearInterval(timer);
        wipe();
      };
    },
  };
};
