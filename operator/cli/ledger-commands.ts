/** The commands that hold the ledger against the records it was made from. */

import { countArgument, type FilterOptions, filterOf, operatorName, reasonArgument } from "../arguments/arguments.ts";
import { type Common, type Program, withFilter, withPlace } from "./program.ts";

type Asked = Common & FilterOptions & { readonly limit: number };

export const addLedgerCommands = ({ program, connected }: Program): void => {
  const ledger = program.command("ledger").description("The ledger, against the records it was made from.");

  withPlace(
    withFilter(
      ledger
        .command("verify")
        .description("Read the records again with today's gateways, and report what differs in the ledger and in findings."),
    ),
  )
    .option("--limit <n>", "differences shown", countArgument, 50)
    .action((options: Asked) =>
      connected(options, async (connection, terminal) => {
        const { ledgerVerify } = await import("../ledger/ledger-command.ts");
        return ledgerVerify(connection, terminal, { filter: await filterOf(connection, options), limit: options.limit });
      }),
    );

  withPlace(
    withFilter(
      ledger
        .command("rebuild")
        .description("Show what `verify` finds, and with --yes restore it: nothing is delivered, and repeating it does no harm."),
    ),
  )
    .option("--limit <n>", "differences shown", countArgument, 50)
    .option("--yes", "write it, without asking")
    .option("--why <reason>", "why, for the audit trail", reasonArgument, "the gateways read more than they did")
    .option("--by <name>", "who you are", operatorName())
    .action((options: Asked & { yes?: boolean; by: string; why: string }) =>
      connected(options, async (connection, terminal) => {
        const { ledgerRebuild } = await import("../ledger/ledger-command.ts");
        const { limit, yes = false, by, why } = options;
        return ledgerRebuild(connection, terminal, { filter: await filterOf(connection, options), limit, yes, by, why });
      }),
    );
};
