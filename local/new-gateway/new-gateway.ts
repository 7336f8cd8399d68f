/** `holdfast new-gateway NAME`: the files of a gateway that works from the first minute, and the places where the real one differs. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../../core/failure.ts";
import { parseJson, textAt } from "../../core/formats/json.ts";
import { type Names, namesOf } from "./names.ts";
import { withEntry, withImport, withSource } from "./registration.ts";
import { filled, places } from "./templates.ts";

export interface Made {
  readonly files: readonly string[];
  readonly changed: readonly string[];
  /** What belongs to each of the numbered places. */
  readonly places: readonly string[];
}

/**
 * @param root the folder of Holdfast's sources
 * @throws Failure, one line with the remedy, before anything is written
 */
export const newGateway = (name: string, root: string): Made => {
  const names = namesOf(name);
  checkRoot(root);
  const files = newFiles(names, root);
  for (const file of Object.keys(files))
    if (existsSync(join(root, file))) throw new Failure(`${file} is there already: choose another name, or remove it.`);
  const changed = changes(names, root);
  const written = { ...files, ...changed };
  for (const [file, text] of Object.entries(written)) writeFileSync(join(root, file), text);
  // A long name breaks a line that a short one does not.
  const formatter = join(root, "node_modules", ".bin", "biome");
  if (existsSync(formatter))
    execFileSync(formatter, ["format", "--write", "--vcs-enabled=false", ...Object.keys(written)], { cwd: root, stdio: "pipe" });
  // A page that the registry is part of. A process of its own, because this one has the registry as it was.
  execFileSync(process.execPath, [join("docs", "generate.ts"), "gateways"], { cwd: root, stdio: "pipe" });
  return { files: Object.keys(files), changed: [...Object.keys(changed), "docs/gateways.md"], places };
};

const newFiles = (names: Names, root: string): Readonly<Record<string, string>> => ({
  [`gateways/${names.key}.ts`]: filled(root, "gateway", names),
  [`test/gateways/${names.key}.test.ts`]: filled(root, "test", names),
  [`local/simulator/writers/${names.key}.ts`]: filled(root, "writer", names),
});

const example = "docs/examples/every-gateway.config.ts";

/** The registries, with the new lines in them. */
const changes = (names: Names, root: string): Readonly<Record<string, string>> => {
  const read = (file: string) => readFileSync(join(root, file), "utf8");
  const { key, code } = names;
  return {
    "gateways/index.ts": withEntry(withImport(read("gateways/index.ts"), names), "export const gateways = {", key, code),
    "gateways/writers.ts": withEntry(withImport(read("gateways/writers.ts"), names), "export const writers = {", key, code),
    [example]: withSource(read(example), key),
    "simulator/samples.ts": withEntry(
      withSimulator(read("simulator/samples.ts")),
      "export const samples",
      key,
      `toldBySimulator("${key}")`,
    ),
  };
};

const simulator = 'import { toldBySimulator } from "./simulator/sample.ts";';

/** The first gateway made like this brings the import along; it sorts behind all others of that file. */
const withSimulator = (text: string): string => {
  if (text.includes(simulator)) return text;
  const lines = text.split("\n");
  const last = lines.findLastIndex((line) => line.startsWith("import "));
  return [...lines.slice(0, last + 1), simulator, ...lines.slice(last + 1)].join("\n");
};

const checkRoot = (root: string): void => {
  const about = join(root, "package.json");
  const isOurs =
    existsSync(about) && textAt(parseJson(readFileSync(about)), "name") === "holdfast" && existsSync(join(root, "gateways", "index.ts"));
  if (!isOurs)
    throw new Failure(
      `${root} does not hold Holdfast's sources, to which this adds a gateway. docs/add-a-gateway.md shows how a project of your own brings one along.`,
    );
};

export const madeText = ({ files, changed, places: belongs }: Made): string =>
  [
    `Made:    ${files.join("\n         ")}`,
    `Changed: ${changed.join("\n         ")}`,
    "",
    "It works as it is, as a gateway that signs JSON. Where the real one differs there are seven places, numbered in the files:",
    ...belongs.map((text, index) => `  ${index + 1}. ${text}`),
    "",
    `Then: npx vitest run ${files.find((file) => file.endsWith(".test.ts"))} test/local/simulator && node generate/index.ts gateways`,
    "",
  ].join("\n");
