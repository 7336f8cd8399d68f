/** The command for comparing with the gateways' exports. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { Failure } from "../../core/failure.ts";
import { checkSource, listArgument, type Moment, momentArgument, operatorName } from "../arguments/arguments.ts";
import type { ReadOptions } from "../reconcile/flags.ts";
import { type Common, type Program, withPlace } from "./program.ts";

const separatorArgument = (text: string): string => {
  if (text !== "tab" && text.length !== 1) throw new InvalidArgumentError('Use one character, or "tab".');
  return text;
};

/** What a file cannot say of itself. */
const withReading = (command: Command): Command =>
  command
    .option("--kind <kind>", "which export it is, where that is not seen")
    .option("--mapping <file>", "read it by this mapping; can be given several times", listArgument)
    .option("--zone <zone>", "in which time zone its times are: Asia/Tokyo, UTC, +09:00")
    .option("--zone-name <name=zone>", "what its name of a zone means: CST=America/Chicago", listArgument)
    .addOption(new Option("--date-order <order>", "of dates as 4/9/2026").choices(["day-first", "month-first"]))
    .option("--date-format <format>", "a further format of dates: yyyy/MM/dd, japanese-era, excel-1900", listArgument)
    .addOption(new Option("--decimal <sign>", "the decimal sign").choices([".", ","]))
    .option("--currency <code>", "the currency of its amounts, where it does not say: JPY")
    .option("--charset <name>", "its charset: shift_jis, euc-jp, windows-1252")
    .option("--separator <sign>", 'what parts its columns, or "tab"', separatorArgument)
    .option("--skip-column <name>", "do not look at this column, whatever is in it", listArgument);

type Asked = Common &
  ReadOptions & {
    readonly sample?: string;
    readonly source?: string;
    readonly export?: readonly string[];
    readonly asOf?: Moment;
    readonly from?: Moment;
    readonly application?: string;
    readonly ourSide?: string;
    readonly engine?: "local" | "athena";
    readonly csv?: boolean;
    readonly html?: string;
    readonly recover?: boolean;
    readonly deliver?: boolean;
    readonly yes?: boolean;
    readonly by: string;
  };

export const addReconcileCommands = ({ program, placed, connected }: Program): void => {
  const sample = (options: Asked, file: string) =>
    placed(options, async (terminal) => {
      const { reconcileSample } = await import("../reconcile/sample-command.ts");
      const { exportKinds } = await import("../../gateways/registry/export-kinds.ts");
      return reconcileSample(terminal, file, options, exportKinds);
    });

  const compare = (options: Asked) =>
    connected(options, async (connection, terminal) => {
      const { source, export: files, asOf, from, csv, recover, deliver, yes } = options;
      if (source === undefined || files === undefined)
        throw new Failure(
          "Name the source and its exports: --source SOURCE --export FILE..., or look at a file with --sample FILE.",
          "usage",
        );
      checkSource(connection, source);
      if (deliver && !recover) throw new Failure("--deliver is about what --recover enters: give both.", "usage");
      const moment = (time: Moment | undefined) => time?.(connection.clock(), connection.config.zone);
      const { reconcile } = await import("../reconcile/compare-command.ts");
      const { exportKinds } = await import("../../gateways/registry/export-kinds.ts");
      return reconcile(
        connection,
        terminal,
        {
          ...options,
          ...{ source, files, asOf: moment(asOf), from: moment(from) },
          ...{ csv: csv === true, recover: recover === true, deliver: deliver === true, yes: yes === true },
        },
        exportKinds,
      );
    });

  withReading(
    withPlace(program.command("reconcile").description("Compare what a gateway exported with what is recorded, or look at an export."))
      .option("--source <source>", "the source whose gateway exported the files")
      .option("--export <files...>", "its exports of one period; several together")
      .option("--as-of <time>", "up to when they reach: what happened then or later is not compared (the last line's time)", momentArgument)
      .option("--from <time>", "from when on they are complete (the first line's time)", momentArgument)
      .option(
        "--our-side <folder>",
        "read what is recorded from an export of the ledger table (s3://BUCKET/AWSDynamoDB/ID/, or a folder), not from the table",
      )
      .addOption(
        new Option("--engine <engine>", "what settles what agrees: this machine, or Athena over the table's export in S3 (--our-side)")
          .choices(["local", "athena"])
          .default("local"),
      )
      .option(
        "--application <file>",
        "who is entitled, by the application's own list (as for import application), instead of what it has said",
      )
      .option("--csv", "the differences as comma-separated values, for a spreadsheet")
      .option("--html <file>", "write the report as one page, for a browser or for paper")
      .option(
        "--recover",
        "enter what the exports prove and no callback has said, as records found by reconciliation; a plan without --yes",
      )
      .option("--deliver", "with --recover: send it to the application too")
      .option("--yes", "keep the run, for the trend; the same files again change nothing")
      .option("--by <name>", "who you are", operatorName())
      .option("--sample <file>", "only look at a file: which export it is, what would be read, what only you can say"),
  ).action((options: Asked) => (options.sample === undefined ? compare(options) : sample(options, options.sample)));
};
