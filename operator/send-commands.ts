/** The commands that send: replay through the same door, and try with an invented callback. */
import { type FilterOptions, operatorName, rateArgument, secondsArgument, statesArgument } from "./arguments.ts";
import { type Common, type createProgram, withFilter, withPlace } from "./program.ts";

type ReplayTyped = Common & FilterOptions & { dead?: boolean; yes?: boolean; rate?: number; watch: number; by: string; why?: string };

export const addSendCommands = ({ program, connected }: ReturnType<typeof createProgram>): void => {
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
    .option("--why <reason>", "why, for the audit trail")
    .option("--by <name>", "who you are", operatorName())
    .action((records: string[], { yes = false, rate, watch, by, why, ...options }: ReplayTyped) =>
      connected(options, async (at, terminal) => {
        const [{ meantBy }, { replay }] = await Promise.all([import("./meant.ts"), import("./replay.ts")]);
        const meant = await meantBy(at, records, options);
        return replay(at, terminal, { meant, yes, ratePerSecond: rate, watchSeconds: watch, reason: { by, why } });
      }),
    );

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
        const { tryOut } = await import("./try.ts");
        return tryOut(at, terminal, { source, send: options.send === true, url: options.url, yes: options.yes === true });
      }),
    );
};
