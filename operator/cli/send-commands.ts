/** The commands that send: replay records through the normal path, and try with an invented callback. */

import {
  countArgument,
  type FilterOptions,
  operatorName,
  rateArgument,
  reasonArgument,
  secondsArgument,
  statesArgument,
} from "../arguments/arguments.ts";
import { type Common, type Program, withFilter, withList, withPlace, withReason } from "./program.ts";

interface Sending extends Common {
  readonly rate?: number;
  readonly watch: number;
  readonly by: string;
  readonly why?: string;
}

export const addSendCommands = ({ program, connected }: Program): void => {
  withPlace(
    withFilter(
      program
        .command("replay")
        .summary("Replay records through the normal path.")
        .description("Replay records through the normal path, in stored order, under the same ids. Shows the plan first."),
    ),
  )
    .argument("[records...]", "keys or ids; or use a filter")
    .option("--dead", "all dead letters")
    .option("--state <state>", "only this state; several with commas", statesArgument)
    .option("--reason <text>", "only with this text in the reason")
    .option("--yes", "do it without asking")
    .option("--rate <n>", "at most this many records per second", rateArgument)
    .option("--watch <seconds>", "how long to watch the outcome of up to 100 records", secondsArgument, 10)
    .option("--why <reason>", "why, for the audit trail", reasonArgument)
    .option("--by <name>", "who you are", operatorName())
    .action((records: string[], { yes = false, rate, watch, by, why, ...options }: Sending & FilterOptions & { yes?: boolean }) =>
      connected(options, async (connection, terminal) => {
        const [{ selectionOf }, { replay }] = await Promise.all([import("../replay/selection.ts"), import("../replay/replay-command.ts")]);
        const selection = await selectionOf(connection, records, options);
        return replay(connection, terminal, { selection, yes, ratePerSecond: rate, watchSeconds: watch, reason: { by, why } });
      }),
    );

  const imports = program.command("import").description("Bring in what was not sent: lists of the application's.");
  withPlace(
    imports
      .command("application")
      .summary("Import who is entitled.")
      .description(
        "Import who is entitled, from a CSV or NDJSON file (docs/application.md). Shows the plan first; the same file twice changes nothing.",
      ),
  )
    .argument("<file>", "a .csv, or an .ndjson with the same names")
    .option("--yes", "import it")
    .option("--source <source>", "the source of the gateway app, where there are several")
    .option("--url <url>", "base URL of the deployed stack")
    .action((file: string, { yes = false, source, url, ...options }: Common & { yes?: boolean; source?: string; url?: string }) =>
      connected(options, async (connection, terminal) => {
        const [{ importApplication }, { createApplicationClient }, { usual }] = await Promise.all([
          import("../import/import-command.ts"),
          import("../../io/application/client.ts"),
          import("../../io/application/post.ts"),
        ]);
        // The local stack's clock may be elsewhere, and signatures are good for five minutes of it.
        const clientFor = (given: { url: string; secret: string }) => createApplicationClient(given, { ...usual, now: connection.clock });
        return importApplication(connection, terminal, { file, yes, source, url }, clientFor);
      }),
    );

  const replays = program.command("replays").description("Past and interrupted replays.");
  withList(replays.command("list").description("List replays, newest first."))
    .option("--limit <n>", "how many", countArgument, 20)
    .action((options: Common & { limit: number }) =>
      connected(options, async (connection, terminal) =>
        (await import("../replay/replays-command.ts")).replaysList(connection, terminal, options),
      ),
    );
  withPlace(replays.command("show").description("Show how far a replay has come, with its outcomes."))
    .argument("<id>", "its id, from the list")
    .action((id: string, options: Common) =>
      connected(options, async (connection, terminal) =>
        (await import("../replay/replays-command.ts")).replaysShow(connection, terminal, id),
      ),
    );
  withPlace(replays.command("continue").description("Continue an interrupted replay."))
    .argument("<id>", "its id, from the list")
    .option("--rate <n>", "at most this many records per second, instead of its own rate", rateArgument)
    .option("--watch <seconds>", "how long to watch the outcome of up to 100 records", secondsArgument, 10)
    .option("--why <reason>", "why, for the audit trail", reasonArgument)
    .option("--by <name>", "who you are", operatorName())
    .action((id: string, { rate, watch, by, why, ...options }: Sending) =>
      connected(options, async (connection, terminal) => {
        const { replaysContinue } = await import("../replay/replays-command.ts");
        return replaysContinue(connection, terminal, id, { ratePerSecond: rate, watchSeconds: watch, reason: { by, why } });
      }),
    );
  withReason(
    replays.command("cancel").description("Cancel a replay: its runner stops, and it cannot be continued. What was sent stays sent."),
  )
    .argument("<id>", "its id, from the list")
    .action((id: string, { by, why, ...options }: Common & { by: string; why: string }) =>
      connected(options, async (connection, terminal) =>
        (await import("../replay/replays-command.ts")).replaysCancel(connection, terminal, id, { by, why }),
      ),
    );

  withPlace(
    program
      .command("try")
      .summary("Send a genuine callback to a source.")
      .description("A genuine callback for a source, freshly signed: as a curl command to copy, or sent right away."),
  )
    .argument("<source>", "a configured source")
    .option("--send", "send it and show the answer")
    .option("--url <url>", "base URL of a deployed stack: https://..., up to /callbacks")
    .option("--yes", "confirm --send against a deployed stack")
    .action((source: string, options: Common & { send?: boolean; url?: string; yes?: boolean }) =>
      connected(options, async (connection, terminal) =>
        (await import("../send-sample/try-command.ts")).tryOut(connection, terminal, { ...options, source }),
      ),
    );
};
