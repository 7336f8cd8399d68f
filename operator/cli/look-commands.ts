/** The commands that look and change nothing: list, show, contract, dead, status, doctor. */
import { checkSource, countArgument, type FilterOptions, filterOf, statesArgument } from "./arguments.ts";
import { type Common, type createProgram, withFilter, withPlace } from "./program.ts";

export const addLookCommands = ({ program, connected, placed }: ReturnType<typeof createProgram>): void => {
  withPlace(
    withFilter(program.command("list").summary("records, newest first").description("Records, newest first, with what became of them.")),
  )
    .option("--state <state>", "only in that state; several with commas", statesArgument)
    .option("--limit <n>", "how many", countArgument, 50)
    .option("--all", "no limit")
    .option("--jsonl", "one line of JSON for each record")
    .action((options: Common & FilterOptions & { limit: number; all?: boolean; jsonl?: boolean }) =>
      connected(options, async (connection, terminal) => {
        const { list } = await import("../query/list.ts");
        const limit = options.all ? Number.POSITIVE_INFINITY : options.limit;
        return list(connection, terminal, { filter: await filterOf(connection, options), limit, lines: options.jsonl === true });
      }),
    );

  withPlace(
    program
      .command("show")
      .summary("one record's whole life")
      .description("One record's whole life: what came, what it says, what became of it, what to do next."),
  )
    .argument("<record>", "its key (source/id), or its id alone")
    .option("--raw", "its exact bytes, unmasked, on standard output")
    .action((record: string, options: Common & { raw?: boolean }) =>
      connected(options, async (connection, terminal) => {
        const { show, showRaw } = await import("../show/show.ts");
        return options.raw ? showRaw(connection, terminal, record) : show(connection, terminal, record);
      }),
    );

  withPlace(
    program
      .command("contract")
      .summary("one contract: state, money, history, line")
      .description("One contract: its state, its money, its history, and what waits to be delivered."),
  )
    .argument("<contract>", "source/id, or its id alone")
    .option("--source <source>", "the source it is of")
    .option("--limit <n>", "rows of a table", countArgument, 50)
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
      .summary("what was given up, why, and what to type")
      .description("What was given up: why, since when, what waits behind it, and what to type."),
  )
    .option("--source <source>", "only of that source")
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
      .summary("counts, ages, queues, sweep")
      .description("Whether all is well: counts, oldest records, queues, holds, the sweep."),
  ).action((options: Common) =>
    connected(options, async (connection, terminal) => (await import("../status/status.ts")).status(connection, terminal)),
  );

  withPlace(
    program
      .command("doctor")
      .summary("check that everything is in place")
      .description("Checks the configuration, tables, queues, secrets, and how strong each source's proof is."),
  ).action((options: Common) =>
    placed(options, async (terminal) => (await import("../doctor/doctor-command.ts")).doctor(options, terminal)),
  );
};
