/** `holdfast new-gateway NAME`: the files of a gateway that works from the first minute, and the places where the real one differs. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../../core/failure.ts";
import { parseJson, textAt } from "../../core/formats/json.ts";
import { type Names, namesOf } from "./names.ts";
import { withSource } from "./registration.ts";
import { filled, places, type Signs } from "./templates.ts";

export interface Made {
  readonly files: readonly string[];
  readonly changed: readonly string[];
  /** What belongs to each of the numbered places. */
  readonly places: readonly string[];
  /** The commands that come next. */
  readonly next: readonly string[];
}

/**
 * @param root the folder of Holdfast's sources
 * @throws Failure, one line with the remedy, before anything is written
 */
export const newGateway = (name: string, root: string, signs: Signs = "body and time"): Made => {
  const names = namesOf(name);
  checkRoot(root);
  const files = newFiles(names, root, signs);
  for (const file of Object.keys(files))
    if (existsSync(join(root, file))) throw new Failure(`${file} is there already: choose another name, or remove it.`);
  const next = nextCommands(names, root);
  const written = { ...files, [example]: withSource(readFileSync(join(root, example), "utf8"), names.key) };
  mkdirSync(join(root, "gateways", names.key), { recursive: true });
  for (const [file, text] of Object.entries(written)) writeFileSync(join(root, file), text);
  // A long name breaks lines that a short one does not.
  const formatter = join(root, "node_modules", ".bin", "biome");
  if (existsSync(formatter))
    execFileSync(formatter, ["format", "--write", "--vcs-enabled=false", ...Object.keys(written)], { cwd: root, stdio: "pipe" });
  // The registries and a page, made from the folders. Processes of their own, because this one has the registry as it was.
  for (const generator of [["registries.ts"], ["index.ts", "gateways"]])
    execFileSync(process.execPath, [join("generate", generator[0] ?? ""), ...generator.slice(1)], { cwd: root, stdio: "pipe" });
  return { files: Object.keys(files), changed: [example, ...generated], places, next };
};

const newFiles = (names: Names, root: string, signs: Signs): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(
    (["front", "facts", "meaning", "writer", ...(signs === "body" ? [] : (["aging"] as const))] as const).map((part) => [
      `gateways/${names.key}/${part}.ts`,
      filled(root, part, names, signs),
    ]),
  ),
  [`test/gateways/${names.key}.test.ts`]: filled(root, "test", names, signs),
  [`test/gateways/meanings/${names.key}.ts`]: filled(root, "meanings", names, signs),
});

const guide = "docs/add-a-gateway.md";

/** As the guide's last step has them, for this gateway in the place of its own. @throws Failure when it has lost the step */
const nextCommands = ({ key }: Names, root: string): readonly string[] => {
  const [, commands] = /\n### 5\. .*?\n```sh\r?\n(.*?)\r?\n```\r?\n/s.exec(readFileSync(join(root, guide), "utf8")) ?? [];
  if (commands === undefined) throw new Failure(`${guide} has no step 5 with commands.`);
  return commands.replaceAll("my-bank", key).split(/\r?\n/);
};

const example = "docs/examples/every-gateway.config.ts";

const generated = ["gateways/registry/fronts.ts", "gateways/registry/gateways.ts", "gateways/registry/writers.ts", "docs/gateways.md"];

const checkRoot = (root: string): void => {
  const about = join(root, "package.json");
  const isOurs =
    existsSync(about) && textAt(parseJson(readFileSync(about)), "name") === "holdfast" && existsSync(join(root, "gateways", "index.ts"));
  if (!isOurs)
    throw new Failure(
      `${root} does not hold Holdfast's sources, to which this adds a gateway. ${guide} shows how to add a custom gateway to your own project.`,
    );
};

export const madeText = ({ files, changed, places: belongs, next }: Made): string =>
  [
    `Made:    ${files.join("\n         ")}`,
    `Changed: ${changed.join("\n         ")}`,
    "",
    "It works as it is, as a gateway that signs JSON. Where the real one differs there are seven places, numbered in the files:",
    ...belongs.map((text, index) => `  ${index + 1}. ${text}`),
    "",
    `Then, as ${guide} explains:`,
    ...next.map((command) => `  ${command}`),
    "",
  ].join("\n");
