/** The commands that look and change nothing: list, show, contract, dead, status, doctor. */
import { checkSource, countArgument, type FilterOptions, filterOf, statesArgument } from "./arguments.ts";
import { type Common, type createProgram, withFilter, withPlace } from "./program.ts";

export const addLookCommands = ({ program, connected, placed }: ReturnType<typeof createProgram>): void => {
  withPlace(
    withFilter(program.command("list").summary("list records, newest first").description("List records, newest first, with their state.")),
  )
    .option("--state <state>", "only this state; several with commas", statesArgument)
    .option("--limit <n>", "how many", countArgument, 50)
    .option("--all", "no limit")
    .option("--jsonl", "one line of JSON per record")
    .action((options: Common & FilterOptions & { limit: number; all?: boolean; jsonl?: boolean }) =>
      connected(options, async (connection, terminal) => {
        const { list } = await import("../query/list.ts");
        const limit = options.all ? Number.POSITIVE_INFINITY : options.limit;
        return list(connection, terminal, { filter: await filterOf(connection, options), limit, lines: options.jsonl === true });
      }),
    );

  withPlace(program.command("show").summary("show one record").description("Show one record: request, events, state, next step."))
    .argument("<record>", "its key (source/id), or its id alone")
    .option("--raw", "write its exact bytes, unmasked, to standard output")
    .action((record: string, options: Common & { raw?: boolean }) =>
      connected(options, async (connection, terminal) => {
        const { show, showRaw } = await import("../show/show.ts");
        return options.raw ? showRaw(connection, terminal, record) : show(connection, terminal, record);
      }),
    );

  withPlace(
    program
      .command("contract")
      .summary("show one contract")
      .description("Show one contract: state, money, history, and what is waiting to be delivered."),
  )
    .argument("<contract>", "source/id, or its id alone")
    .option("--source <source>", "its source")
    .option("--limit <n>", "rows per table", countArgument, 50)
    .action((typed: string, options: Common & { source?: string; limit: number }) =>
      connected(options, async (connection, terminal) => {
        checkSource(connection, options.source);
        const { contract } = await import("../contract/contract-command.ts");
        return contract(connection, terminal, { typed, source: options.source, limit: options.limit });
      }),
    );

  withPlace(
    program
      .command("dead")
      .summary("list dead letters, and how to fix them")
      .description("List dead letters: reason, count, command to fix."),
  )
    .option("--source <source>", "only this source")
    .action((options: Common & { source?: string }) =>
      connected(options, async (connection, terminal) => {
        checkSource(connection, options.source);
        const { dead } = await import("../dead/dead.ts");
        return dead(connection, terminal, { source: options.source });
      }),
    );

  withPlace(
    program
      .command("status")
      .summary("show counts, ages, queues, sweep")
      .description("Show whether all is well: counts, oldest records, queues, holds, the sweep."),
  ).action((options: Common) =>
    connected(options, async (connection, terminal) => (await import("../status/status.ts")).status(connection, terminal)),
  );

  withPlace(
    program
      .command("doctor")
      .summary("check that everything is in place")
      .description("Check the configuration, tables, queues, secrets, and how strongly each source is verified."),
  ).action((options: Common) =>
    placed(options, async (terminal) => (await import("../doctor/doctor-command.ts")).doctor(options, terminal)),
  );
};
