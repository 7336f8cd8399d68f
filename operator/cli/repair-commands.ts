/** The commands for an operator's decisions: hold, resume, discard, quarantine. Each requires a reason, and is noted in the audit trail. */
import { dayMs } from "../../core/durations.ts";
import {
  checkSource,
  countArgument,
  type Moment,
  momentArgument,
  operatorName,
  rateArgument,
  reasonArgument,
} from "../arguments/arguments.ts";
import { type Common, type Program, withList, withPlace, withReason } from "./program.ts";

interface EraseArguments {
  readonly by: string;
  readonly why?: string;
  readonly account?: string;
  readonly source?: string;
  readonly customer?: string;
  readonly search?: boolean;
  readonly yes?: boolean;
}

type Decision = Common & { readonly by: string; readonly why: string };

export const addRepairCommands = ({ program, connected }: Program): void => {
  withReason(
    program
      .command("hold")
      .summary("Pause a target or a contract.")
      .description("Pause a target or a contract: everything is acknowledged and stored, nothing is delivered, for weeks if needed."),
  )
    .argument("<name>", "a target, or a contract as source/id")
    .action((name: string, options: Decision) =>
      connected(options, async (connection, terminal) =>
        (await import("../hold/hold-command.ts")).hold(connection, terminal, name, options),
      ),
    );

  withPlace(
    program
      .command("resume")
      .summary("Resume a held target or contract.")
      .description("Resume a held target or contract, in stored order per contract; a target at a rate. `hold` stops it again."),
  )
    .argument("<name>", "a target, or a contract as source/id")
    .option("--rate <n>", "records per second", rateArgument, 20)
    .option("--why <reason>", "why, for the audit trail", reasonArgument, "resumed")
    .option("--by <name>", "who you are", operatorName())
    .action((name: string, { rate, ...options }: Decision & { rate: number }) =>
      connected(options, async (connection, terminal) =>
        (await import("../hold/hold-command.ts")).resume(connection, terminal, name, { ...options, ratePerSecond: rate }),
      ),
    );

  withReason(
    program
      .command("discard")
      .summary("Discard a dead or waiting record.")
      .description(
        "Discard a dead or waiting record: it will not be delivered, and those behind it resume. Its bytes and ledger entries stay.",
      ),
  )
    .argument("<record>", "its key (source/id), or its id alone")
    .action((record: string, options: Decision) =>
      connected(options, async (connection, terminal) =>
        (await import("../discard/discard-command.ts")).discard(connection, terminal, record, options),
      ),
    );

  withPlace(
    program
      .command("erase")
      .summary("Erase a person's data, after a plan.")
      .description(
        "Erase a person's data: bytes, headers, names and texts. Amounts, times and numbers stay, and so does each key, so that a redelivery brings nothing back. Shows a plan; --yes runs it. It cannot be undone.",
      ),
  )
    .option("--account <account>", "the application's own id of the account")
    .option("--source <source>", "with --customer: the source it is a customer at")
    .option("--customer <customer>", "the gateway's id of a customer, where there is no account")
    .option("--search", "also read every record that has entered nothing into the ledger")
    .option("--yes", "erase it, without asking")
    .option("--why <reason>", "why, for the audit trail; without the person's name", reasonArgument)
    .option("--by <name>", "who you are", operatorName())
    .action((options: Common & EraseArguments) =>
      connected(options, async (connection, terminal) => {
        checkSource(connection, options.source);
        const { eraseCommand } = await import("../erase/erase-command.ts");
        return eraseCommand(connection, terminal, { ...options, search: options.search === true, yes: options.yes === true });
      }),
    );

  const conflicts = program.command("conflicts").description("What came under the id of a record with another content.");
  withList(conflicts.command("list", { isDefault: true }).description("List the open conflicts, both sides field by field."))
    .option("--source <source>", "only this source")
    .option("--limit <n>", "how many records", countArgument, 20)
    .action((options: Common & { source?: string; limit: number }) =>
      connected(options, async (connection, terminal) => {
        checkSource(connection, options.source);
        return (await import("../conflicts/conflicts-command.ts")).conflictsList(connection, terminal, options);
      }),
    );
  withPlace(conflicts.command("show").description("Show those of one record, also decided ones."))
    .argument("<record>", "its key (source/id), or its id alone")
    .action((record: string, options: Common) =>
      connected(options, async (connection, terminal) =>
        (await import("../conflicts/conflicts-command.ts")).conflictsShow(connection, terminal, record),
      ),
    );
  withReason(
    conflicts
      .command("decide")
      .description("Decide which one is delivered. The other becomes a record of its own; repeating the same decision changes nothing."),
  )
    .argument("<record>", "its key (source/id), or its id alone")
    .requiredOption("--deliver <which>", "first: what is recorded stands; other; both")
    .option("--other <sha256>", "which other one, by the beginning of its SHA-256, where there are several")
    .action((record: string, options: Decision & { deliver: string; other?: string }) =>
      connected(options, async (connection, terminal) =>
        (await import("../conflicts/conflicts-command.ts")).conflictsDecide(connection, terminal, { ...options, record }),
      ),
    );

  const quarantine = program.command("quarantine").description("Callbacks that could not be verified.");
  withList(quarantine.command("list").description("List the callbacks in quarantine, newest first."))
    .option("--source <source>", "only this source")
    .option("--limit <n>", "how many", countArgument, 50)
    .action((options: Common & { source?: string; limit: number }) =>
      connected(options, async (connection, terminal) =>
        (await import("../quarantine/quarantine-command.ts")).quarantineList(connection, terminal, options),
      ),
    );
  withPlace(quarantine.command("show").description("Show one quarantined callback."))
    .argument("<key>", "its key, from the list")
    .action((key: string, options: Common) =>
      connected(options, async (connection, terminal) => (await import("../show/show-command.ts")).show(connection, terminal, key)),
    );
  for (const [verb, description] of [
    ["release", "Verify them again with today's secrets, at their own receipt time, and record what is genuine as if it had just arrived."],
    ["discard", "Dismiss them for good. Their bytes are kept for the rest of their 30 days."],
  ] as const)
    withReason(quarantine.command(verb).description(description))
      .argument("[keys...]", "keys; or use --source or --all")
      .option("--source <source>", "all of this source")
      .option("--all", "all")
      .option("--limit <n>", verb === "release" ? "only the N oldest that can be verified" : "only the N oldest", countArgument)
      .action((keys: string[], options: Decision & { source?: string; all?: boolean; limit?: number }) =>
        connected(options, async (connection, terminal) => {
          const { quarantineRelease, quarantineDiscard } = await import("../quarantine/quarantine-command.ts");
          return (verb === "release" ? quarantineRelease : quarantineDiscard)(connection, terminal, { ...options, keys });
        }),
      );

  withList(program.command("audit").description("Show who did what, when and why, newest first."))
    .option("--since <time>", "90s, 15m, 2h, 3d, 1w ago, or a day or time", momentArgument)
    .action((options: Common & { since?: Moment }) =>
      connected(options, async (connection, terminal) => {
        const { auditTrail } = await import("../audit/audit-command.ts");
        const now = connection.clock();
        return auditTrail(connection, terminal, { since: options.since?.(now, connection.config.zone) ?? now - 7 * dayMs });
      }),
    );
};
