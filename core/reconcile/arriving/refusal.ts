/** An export that came into the bucket and was not compared: why, and what to type. */
import { isoTime } from "../../formats/iso-time.ts";
import { printableLine } from "../../formats/printable.ts";
import type { Arrived } from "./arrived.ts";
import type { CoveredTime } from "./covered-time.ts";

export interface Refusal {
  readonly source: string | undefined;
  readonly name: string;
  /** With the remedy. */
  readonly why: string;
  readonly commands: readonly string[];
}

export interface ByHand {
  readonly source: string;
  readonly files: readonly Pick<Arrived, "bucket" | "key">[];
  readonly time?: CoveredTime;
  readonly flags?: readonly string[];
}

type Command = (...words: readonly string[]) => string;

/** The same comparison, from a machine: a plan first. */
export const commandsByHand = ({ source, files, time = {}, flags = [] }: ByHand, command: Command, shell: Command): readonly string[] => {
  const names = files.map(({ key }) => key.slice(key.lastIndexOf("/") + 1));
  return [
    ...files.map(({ bucket, key }, index) => shell("aws", "s3", "cp", `s3://${bucket}/${key}`, names[index] ?? "")),
    command(
      ...["reconcile", "--source", source, "--export", ...names],
      ...(time.from === undefined ? [] : ["--from", isoTime(time.from)]),
      ...(time.asOf === undefined ? [] : ["--as-of", isoTime(time.asOf)]),
      ...flags,
    ),
  ];
};

/** What a look at the file needs. */
export const commandsToLook = (files: readonly Pick<Arrived, "bucket" | "key">[], command: Command, shell: Command): readonly string[] =>
  files.flatMap(({ bucket, key }) => {
    const name = key.slice(key.lastIndexOf("/") + 1);
    return [shell("aws", "s3", "cp", `s3://${bucket}/${key}`, name), command("reconcile", "--sample", name)];
  });

export const refusalText = ({ name, why, commands }: Refusal, files: readonly string[], at: number): string =>
  [
    `${printableLine(name)} was not compared (${isoTime(at)}).`,
    "",
    why,
    "",
    ...(commands.length > 0 ? ["To type:", ...commands.map((one) => `  ${one}`), ""] : []),
    "Files:",
    ...files.map((one) => `  ${printableLine(one)}`),
    "",
  ].join("\n");
