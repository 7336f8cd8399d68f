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

/** A message to a topic has a limit, and nobody types more: `aws s3 cp --recursive` takes a folder. */
const mostTyped = 10;

/** The same comparison, from a machine: a plan first. */
export const commandsByHand = ({ source, files, time = {}, flags = [] }: ByHand, command: Command, shell: Command): readonly string[] => {
  const [first] = files;
  const isMany = first !== undefined && files.length > mostTyped;
  // A folder's files become files of a folder of that name.
  const names = isMany ? ["export/*"] : files.map((one) => nameOf(one.key));
  const copies = isMany
    ? [shell("aws", "s3", "cp", "--recursive", `s3://${first.bucket}/${first.key.slice(0, first.key.lastIndexOf("/") + 1)}`, "export/")]
    : files.map(({ bucket, key }) => shell("aws", "s3", "cp", `s3://${bucket}/${key}`, nameOf(key)));
  return [
    ...copies,
    command(
      ...["reconcile", "--source", source, "--export", ...names],
      ...(time.from === undefined ? [] : ["--from", isoTime(time.from)]),
      ...(time.asOf === undefined ? [] : ["--as-of", isoTime(time.asOf)]),
      ...flags,
      // The shell is to read what stands for all of them.
    ).replace("'export/*'", "export/*"),
  ];
};

/** What a look at the file needs. */
export const commandsToLook = (files: readonly Pick<Arrived, "bucket" | "key">[], command: Command, shell: Command): readonly string[] =>
  files.slice(0, mostTyped).flatMap(({ bucket, key }) => {
    const name = nameOf(key);
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

const nameOf = (key: string): string => key.slice(key.lastIndexOf("/") + 1);
