/**
 * `node generate/registries.ts`: the registries of gateways, made from the folders in gateways/. `npm run build` begins with it, so
 * that a gateway is one folder and no line anywhere else. There are several: the function that gateways wait for takes
 * the fronts and nothing else, only the simulator takes the writers, and only what reads exports their kinds.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..", "gateways");

const made = "/** Made from the gateways' folders by `npm run build`. Add a folder, not a line. */";

/** Every folder with a front, by name. */
const names = (): readonly string[] =>
  readdirSync(root)
    .filter((name) => existsSync(join(root, name, "front.ts")))
    .sort();

const code = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
const key = (name: string): string => (name.includes("-") ? `"${name}"` : name);

const imports = (name: string, file: string): string => `import * as ${code(name)} from "../${name}/${file}.ts";`;

const fronts = (all: readonly string[]): string =>
  [
    made,
    ...all.map((name) => imports(name, "front")),
    'import type { Front } from "../gateway.ts";',
    "",
    "export const fronts = {",
    ...all.map((name) => `  ${key(name)}: ${code(name)}.front,`),
    "} satisfies Readonly<Record<string, Front>>;",
    "",
  ].join("\n");

const registry = (all: readonly string[]): string => {
  const optional = ["application-events", "mode", "aging", "read-back"];
  const parts = (name: string) => ["facts", "front", "meaning", ...optional.filter((part) => existsSync(join(root, name, `${part}.ts`)))];
  const local = (name: string, part: string) => code(`${name}-${part}`);
  return [
    made,
    ...all.flatMap((name) => parts(name).map((part) => `import * as ${local(name, part)} from "../${name}/${part}.ts";`)),
    'import type { Gateway } from "../gateway.ts";',
    "",
    "export const gateways = {",
    ...all.flatMap((name) => {
      const of = (part: string) => local(name, part);
      const has = (part: string) => parts(name).includes(part);
      return [
        `  ${key(name)}: {`,
        `    ...${of("front")}.front,`,
        `    facts: ${of("facts")}.facts,`,
        `    parse: ${of("meaning")}.parse,`,
        ...(has("application-events") ? [`    applicationEvents: ${of("application-events")}.applicationEvents,`] : []),
        ...(has("mode") ? [`    modeOf: ${of("mode")}.modeOf,`] : []),
        ...(has("aging") ? [`    aging: ${of("aging")}.aging,`] : []),
        ...(has("read-back") ? [`    readBack: ${of("read-back")}.readBack,`] : []),
        `    sign: ${of("front")}.sign,`,
        "  },",
      ];
    }),
    "} satisfies Readonly<Record<string, Gateway>>;",
    "",
  ].join("\n");
};

const writers = (all: readonly string[]): string =>
  [
    made,
    ...all.map((name) => imports(name, "writer")),
    'import type { Writer } from "../writer.ts";',
    "",
    "export const writers = {",
    ...all.map((name) => `  ${key(name)}: ${code(name)}.writer,`),
    "} satisfies Readonly<Record<string, Writer>>;",
    "",
  ].join("\n");

/** Of every folder that has them, also one without a front: whose payments come through another gateway. */
const exportRooms = (): readonly string[] =>
  readdirSync(root)
    .filter((name) => existsSync(join(root, name, "export.ts")))
    .sort();

const exportKinds = (all: readonly string[]): string =>
  [
    made,
    'import type { ExportKind } from "../../core/mapping/layout.ts";',
    ...all.map((name) => imports(name, "export")),
    "",
    "export const exportKinds: readonly ExportKind[] = [",
    ...all.map((name) => `  ...${code(name)}.exportKinds,`),
    "];",
    "",
  ].join("\n");

/** Each registry's file and text, as the folders are now. */
export const registries = (): Readonly<Record<string, string>> => {
  const all = names();
  return {
    [join(root, "registry", "fronts.ts")]: fronts(all),
    [join(root, "registry", "gateways.ts")]: registry(all),
    [join(root, "registry", "writers.ts")]: writers(all),
    [join(root, "registry", "export-kinds.ts")]: exportKinds(exportRooms()),
  };
};

if (import.meta.main)
  // A file that is newer than what was built from it would be built again.
  for (const [file, text] of Object.entries(registries()))
    if (!existsSync(file) || readFileSync(file, "utf8") !== text) writeFileSync(file, text);
