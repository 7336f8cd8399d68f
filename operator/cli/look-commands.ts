/** The commands that look and change nothing: list, show, contract, dead, status, doctor. */

import { checkSource, countArgument, type FilterOptions, filterOf, statesArgument } from "../arguments/arguments.ts";
import { type Common, type Program, withFilter, withList, withPlace } from "./program.ts";

export const addLookCommands = ({ program, connected, placed }: Program): void => {
  withList(withFilter(program.command("list").description("List records, newest first, with their state.")))
    .option("--state <state>", "only this state; several with commas", statesArgument)
    .option("--limit <n>", "how many", countArgument, 50)
    .option("--all", "no limit")
    .option("--jsonl", "one line of JSON per record")
    .action((options: Common & FilterOptions & { limit: number; all?: boolean; jsonl?: boolean }) =>
      connected(options, async (connection, terminal) => {
        const { list } = await import("../list/list-command.ts");
        const limit = options.all ? Number.POSITIVE_INFINITY : options.limit;
        return list(connection, terminal, { filter: await filterOf(connection, options), limit, lines: options.jsonl === true });
      }),
    );

  withPlace(program.command("show").description("Show one record: request, events, state, next step."))
    .argument("<record>", "its key (source/id), or its id alone")
    .option("--raw", "write its exact bytes, unmasked, to standard output")
    .action((record: string, options: Common & { raw?: boolean }) =>
      connected(options, async (connection, terminal) => {
        const { show, showRaw } = await import("../show/show-command.ts");
        return (options.raw ? showRaw : show)(connection, terminal, record);
      }),
    );

  withList(program.command("account").description("Show one account: all of its contracts, and what happened to them in one line of time."))
    .argument("<account>", "the application's own id of it")
    .option("--limit <n>", "rows of the line of time", countArgument, 50)
    .action((typed: string, options: Common & { limit: number }) =>
      connected(options, async (connection, terminal) =>
        (await import("../account/account-command.ts")).account(connection, terminal, { ...options, typed }),
      ),
    );

  withList(program.command("contract").description("Show one contract: state, money, what happened to it, and what waits to be delivered."))
    .argument("<contract>", "source/id, or its id alone")
    .option("--source <source>", "its source")
    .option("--limit <n>", "rows per table", countArgument, 50)
    .action((typed: string, options: Common & { source?: string; limit: number }) =>
      connected(options, async (connection, terminal) => {
        checkSource(connection, options.source);
        return (await import("../contract/contract-command.ts")).contract(connection, terminal, { ...options, typed });
      }),
    );

  withList(program.command("dead").description("List dead letters: reason, count, command to fix."))
    .option("--source <source>", "only this source")
    .action((options: Common & { source?: string }) =>
      connected(options, async (connection, terminal) => {
        checkSource(connection, options.source);
        return (await import("../dead/dead-command.ts")).dead(connection, terminal, options);
      }),
    );

  withPlace(program.command("status").description("Show what is wrong, since when and what to type; counts, queues, holds.")).action(
    (options: Common) =>
      connected(options, async (connection, terminal) => (await import("../status/status-command.ts")).status(connection, terminal)),
  );

  withPlace(
    program.command("doctor").description("Check the configuration, tables, queues, secrets, and how strongly each source is verified."),
  ).action((options: Common) =>
    placed(options, async (terminal) => (await import("../doctor/doctor-command.ts")).doctor(options, terminal)),
  );
};
