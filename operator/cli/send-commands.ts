/** The commands that send: replay through the same door, and try with an invented callback. */
import { countArgument, type FilterOptions, operatorName, rateArgument, secondsArgument, statesArgument } from "./arguments.ts";
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
      connected(options, async (connection, terminal) => {
        const [{ selectionOf }, { replay }] = await Promise.all([import("../replay/selection.ts"), import("../replay/replay-command.ts")]);
        const selection = await selectionOf(connection, records, options);
        return replay(connection, terminal, { selection, yes, ratePerSecond: rate, watchSeconds: watch, reason: { by, why } });
      }),
    );

  const replays = program.command("replays").description("Replays: those of the past, and those that were interrupted.");
  withPlace(replays.command("list").description("Replays, newest first."))
    .option("--limit <n>", "how many", countArgument, 20)
    .action((options: Common & { limit: number }) =>
      connected(options, async (connection, terminal) =>
        (await import("../replay/replays-command.ts")).replaysList(connection, terminal, options),
      ),
    );
  withPlace(replays.command("show").description("How far one has come, and with what outcomes."))
    .argument("<id>", "its id, from the list")
    .action((id: string, options: Common) =>
      connected(options, async (connection, terminal) =>
        (await import("../replay/replays-command.ts")).replaysShow(connection, terminal, id),
      ),
    );
  withPlace(replays.command("continue").description("Goes on after the last record that an interrupted one dealt with."))
    .argument("<id>", "its id, from the list")
    .option("--rate <n>", "at most so many records a second, instead of the rate it had", rateArgument)
    .option("--watch <seconds>", "how long to wait for what becomes of up to 100 records", secondsArgument, 10)
    .option("--why <reason>", "why, for the audit trail")
    .option("--by <name>", "who you are", operatorName())
    .action((id: string, { rate, watch, by, why, ...options }: Omit<ReplayTyped, keyof FilterOptions>) =>
      connected(options, async (connection, terminal) =>
        (await import("../replay/replays-command.ts")).replaysContinue(connection, terminal, id, {
          ratePerSecond: rate,
          watchSeconds: watch,
          reason: { by, why },
        }),
      ),
    );
  withPlace(replays.command("cancel").description("Whoever runs it stops; it cannot be continued. What was sent stays sent."))
    .argument("<id>", "its id, from the list")
    .requiredOption("--why <reason>", "why, for those who come after you")
    .option("--by <name>", "who you are", operatorName())
    .action((id: string, { by, why, ...options }: Common & { by: string; why: string }) =>
      connected(options, async (connection, terminal) =>
        (await import("../replay/replays-command.ts")).replaysCancel(connection, terminal, id, { by, why }),
      ),
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
      connected(options, async (connection, terminal) => {
        const { tryOut } = await import("../send-sample/try-command.ts");
        return tryOut(connection, terminal, { source, send: options.send === true, url: options.url, yes: options.yes === true });
      }),
    );
};
