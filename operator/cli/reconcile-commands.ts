/** The command for comparing with the gateways' exports. */
import { type Command, InvalidArgumentError, Option } from "commander";
import type { ReadOptions } from "../reconcile/settings.ts";
import { listArgument } from "./arguments.ts";
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

type Asked = Common & ReadOptions & { readonly sample: string };

export const addReconcileCommands = ({ program, placed }: Program): void => {
  withReading(
    withPlace(
      program.command("reconcile").description("Look at an export: which one it is, what would be read of it, what has to be told."),
    ).requiredOption("--sample <file>", "only look at a file: which export it is, what would be read, what has to be told"),
  ).action((options: Asked) =>
    placed(options, async (terminal) => {
      const { reconcileSample } = await import("../reconcile/sample-command.ts");
      const { exportKinds } = await import("../../gateways/registry/export-kinds.ts");
      return reconcileSample(terminal, options.sample, options, exportKinds);
    }),
  );
};
