/** Lines in the registries: put where they belong alphabetically, and nothing else of the file touched. */
import { Failure } from "../../core/failure.ts";
import type { Names } from "./names.ts";

/** How two names follow each other: as the formatter sorts imports, so that nothing has to be moved afterwards. */
const follows = (one: string, other: string): boolean => one.localeCompare(other, "en") > 0;

/** The file with an import of the gateway's constant, among those of the files beside it. @throws Failure when there are none */
export const withImport = (text: string, { key, code }: Names): string => {
  const line = `import { ${code} } from "./${key}.ts";`;
  const lines = text.split("\n");
  const beside = lines.flatMap((one, index) => (/^import .* from "\.\/[\w-]+\.ts";$/.test(one) ? [{ path: pathOf(one), index }] : []));
  const last = beside.at(-1);
  if (!last) throw new Failure("A registry has no imports of the files beside it, so there is no place for another one.");
  const next = beside.find(({ path }) => follows(path, `./${key}.ts`));
  return insert(lines, next?.index ?? last.index + 1, line);
};

const pathOf = (line: string): string => /from "([^"]+)"/.exec(line)?.[1] ?? "";

/** The file with one more entry in the object that begins with that line. @throws Failure when it is not there, or has the entry */
export const withEntry = (text: string, begins: string, key: string, value: string): string => {
  const lines = text.split("\n");
  const first = lines.findIndex((line) => line.startsWith(begins));
  const end = lines.findIndex((line, index) => index > first && line.startsWith("}"));
  if (first < 0 || end < 0) throw new Failure(`There is no "${begins}" in a registry that should have one.`);
  const quoted = /^[A-Za-z_$][\w$]*$/.test(key) ? key : `"${key}"`;
  const line = key === value ? `  ${key},` : `  ${quoted}: ${value},`;
  const entries = lines.slice(first + 1, end).flatMap((one, index) => {
    const name = /^ {2}"?([\w-]+)"?(?::|,)/.exec(one)?.[1];
    return name === undefined ? [] : [{ name, index: first + 1 + index }];
  });
  if (entries.some(({ name }) => name === key)) throw new Failure(`There is a gateway ${key} already.`);
  return insert(lines, entries.find(({ name }) => name > key)?.index ?? end, line);
};

/** The example configuration with a source of that gateway, before the next by name and what is said about it. */
export const withSource = (text: string, key: string): string => {
  const lines = text.split("\n");
  const first = lines.indexOf("  sources: {");
  const end = lines.indexOf("  },", first);
  if (first < 0 || end < 0) throw new Failure("The example configuration has no sources, so there is no place for another one.");
  const next = lines.findIndex((line, index) => index > first && index < end && (/^ {4}"?([\w-]+)"?: \{/.exec(line)?.[1] ?? "") > key);
  let place = next < 0 ? end : next;
  while (/^ {4}\/\//.test(lines[place - 1] ?? "")) place--;
  return insert(lines, place, `    ${/^\w+$/.test(key) ? key : `"${key}"`}: { gateway: "${key}", target },`);
};

const insert = (lines: readonly string[], index: number, line: string): string =>
  [...lines.slice(0, index), line, ...lines.slice(index)].join("\n");
