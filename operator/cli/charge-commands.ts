/** The commands about money in a period: who was charged, and how often cards were checked. */
import { InvalidArgumentError } from "commander";
import { checkSource, countArgument, type Moment, momentArgument } from "../arguments/arguments.ts";
import { bothMoments, intervalOf } from "../arguments/between.ts";
import { readSpan } from "../terminal/time-words.ts";
import { type Common, type Program, withList } from "./program.ts";

interface ChargesOptions extends Common {
  readonly between: readonly Moment[];
  readonly source?: string;
  readonly toldWithin?: number;
  readonly limit: number;
}

interface ChecksOptions extends Common {
  readonly since: Moment;
  readonly until?: Moment;
  readonly source?: string;
  readonly customer?: string;
  readonly limit: number;
}

const spanArgument = (text: string): number => {
  const span = readSpan(text);
  if (span === undefined) throw new InvalidArgumentError("Use a time: 36h, 14d, 2w.");
  return span;
};

export const addChargeCommands = ({ program, connected }: Program): void => {
  withList(program.command("charges").description("Who was charged in a period: per currency, gross, and net as of now."))
    .requiredOption(
      "--between <times...>",
      "from then, to then (which is not in it): days, times, or ago: 2026-10-01 2026-11-01",
      bothMoments,
    )
    .option("--source <source>", "only this source")
    .option(
      "--told-within <time>",
      "look at nothing that was received later than so long after the period: reads less, and may miss late ones",
      spanArgument,
    )
    .option("--limit <n>", "rows shown; the sums are of all", countArgument, 50)
    .action((options: ChargesOptions) =>
      connected(options, async (connection, terminal) => {
        checkSource(connection, options.source);
        const { source, toldWithin, limit } = options;
        const { charges } = await import("../charges/charges-command.ts");
        return charges(connection, terminal, { ...intervalOf(connection, options.between), source, toldWithin, limit });
      }),
    );

  withList(program.command("checks").description("How often each card was checked, by customer; none of them is a charge."))
    .option("--since <time>", "checked since then: 90s, 15m, 2h, 3d, 1w ago, or a day or time", momentArgument, momentArgument("30d"))
    .option("--until <time>", "checked before then", momentArgument)
    .option("--source <source>", "only this source")
    .option("--customer <customer>", "only this customer, by the gateway's id")
    .option("--limit <n>", "how many customers", countArgument, 50)
    .action((options: ChecksOptions) =>
      connected(options, async (connection, terminal) => {
        checkSource(connection, options.source);
        const { since, until = momentArgument("now"), source, customer, limit } = options;
        const [now, { zone }] = [connection.clock(), connection.config];
        const { checks } = await import("../charges/checks-command.ts");
        return checks(connection, terminal, { from: since(now, zone), to: until(now, zone), source, customer, limit });
      }),
    );
};
