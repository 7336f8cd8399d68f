/** The commands about refunds: what is to be given back, and what was given back by hand. They move no money. */
import { type FindingClass, findingClasses } from "../../core/findings/finding.ts";
import { checkSource, countArgument, listArgument, type Moment, operatorName, wordsArgument } from "../arguments/arguments.ts";
import { bothMoments, intervalOf } from "../arguments/between.ts";
import { type Language, languages } from "../refunds/letter/language.ts";
import { type Common, type Program, withList, withPlace } from "./program.ts";

interface ListOptions extends Common {
  readonly finding?: readonly string[];
  readonly class?: readonly FindingClass[];
  readonly account?: readonly string[];
  readonly accounts?: string;
  readonly payments?: string;
  readonly like?: string;
  readonly between?: readonly Moment[];
  readonly source?: string;
  readonly limit: number;
  readonly letters?: string;
  readonly lang?: readonly Language[];
  readonly sender?: string;
}

export const addRefundCommands = ({ program, connected }: Program): void => {
  const refunds = program.command("refunds").description("What is to be given back to customers. Moves no money.");

  withList(
    refunds
      .command("list", { isDefault: true })
      .description(
        "List what is to be given back: charged, less refunds, lost disputes and what was given back by hand. As CSV for the payment desk, which fills in `date`; `refunds done` reads it.",
      ),
  )
    .option("--finding <finding>", "the charges that it is about; can be given several times", listArgument)
    .option(
      "--class <class>",
      "those of all open findings of these classes: A1, A3 ...; several with commas",
      wordsArgument(findingClasses, "Classes"),
    )
    .option("--account <account>", "all that it was ever charged, of all sources; can be given several times", listArgument)
    .option("--accounts <file>", "the same of each account of a file: one a line, or a CSV file")
    .option("--payments <file>", "payment numbers as customers write them: one a line, or a CSV file")
    .option("--like <number>", "an order number as yours are written, for --payments: ORD-2023-0001")
    .option(
      "--between <times...>",
      "charged from the first of two times, up to and without the second; alone, or to narrow the others",
      bothMoments,
    )
    .option("--source <source>", "for --class, --payments and --between: only this source")
    .option("--limit <n>", "lines shown; --csv and --json have all", countArgument, 50)
    .option("--letters <folder>", "also write a page for each customer, to print or send")
    .option("--lang <language>", "of the letters: ja, en, or both", wordsArgument(languages, "Languages"))
    .option("--sender <name>", "who writes the letters")
    .action((options: ListOptions) =>
      connected(options, async (connection, terminal) => {
        checkSource(connection, options.source);
        const { payments, like, source, limit, letters, lang = languages, sender } = options;
        const question = {
          findings: options.finding ?? [],
          classes: options.class ?? [],
          accounts: [...(options.account ?? []), ...(options.accounts === undefined ? [] : await accountsIn(options.accounts))],
          between: options.between && intervalOf(connection, options.between),
          payments,
          like,
          source,
        };
        const { refundsList } = await import("../refunds/list/refunds-command.ts");
        const { lettersSink } = await import("../refunds/letter/letters-sink.ts");
        const also = letters === undefined ? [] : [lettersSink(terminal, { folder: letters, languages: lang, sender })];
        return refundsList(connection, terminal, { question, limit, also });
      }),
    );

  withPlace(
    refunds
      .command("done")
      .description("Record what was given back by hand, from the payment desk's file, so that it is not given back again."),
  )
    .argument("<file>", "CSV with the columns payment, amount, currency, date, note; lines without a date are not done yet")
    .option("--yes", "record it; without it only the plan is shown")
    .option("--handle", "also mark the findings of which nothing is left as handled")
    .option("--by <name>", "who you are", operatorName())
    .action((file: string, { yes = false, handle = false, by, ...options }: Common & { yes?: boolean; handle?: boolean; by: string }) =>
      connected(options, async (connection, terminal) =>
        (await import("../refunds/done/done-command.ts")).refundsDone(connection, terminal, { file, yes, handle, by }),
      ),
    );
};

const accountsIn = async (file: string): Promise<readonly string[]> => {
  const { accountHeader, readColumn } = await import("../refunds/select/read-column.ts");
  return (await Array.fromAsync(readColumn(file, accountHeader))).map(({ text }) => text);
};
