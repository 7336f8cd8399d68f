/** The docstrings of an interface's fields, for the pages that repeat them: they are written once, where the type is. */
import { readFileSync } from "node:fs";

/** @throws when the file has no such interface, or one of its fields has no docstring of one line. */
export const docComments = (file: string, name: string): Readonly<Record<string, string>> => {
  const source = readFileSync(new URL(`../${file}`, import.meta.url), "utf8");
  const body = new RegExp(`^export interface ${name}\\b[^{]*\\{\\n([\\s\\S]*?)^\\}`, "m").exec(source)?.[1];
  if (body === undefined) throw new Error(`${file} has no interface ${name}`);
  const fields = [...body.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, field = ""]) => field);
  const said = [...body.matchAll(/^ {2}\/\*\* (.+) \*\/\n {2}readonly (\w+)\??:/gm)].map(([, text = "", field = ""]) => [field, text]);
  const comments: Readonly<Record<string, string>> = Object.fromEntries(said);
  const silent = fields.find((field) => comments[field] === undefined);
  if (silent !== undefined) throw new Error(`${name}.${silent} in ${file} has no docstring of one line`);
  return comments;
};
