/** One place of a callback changed: `undefined` takes it away. */
import type { Input } from "./row.ts";

type Tree = Record<string, unknown>;

/** @param path names and indexes, `data/object/status` */
export const changed = (input: Input, path: string, value: unknown): Input => {
  const tree = JSON.parse(Buffer.from(input.body).toString("utf8")) as Tree;
  const steps = path.split("/");
  const last = steps.pop() ?? "";
  let at = tree;
  for (const step of steps) {
    at[step] ??= {};
    at = at[step] as Tree;
  }
  at[last] = value;
  return { ...input, body: Buffer.from(JSON.stringify(tree)) };
};

/** Fields of a form; what else it has stays as it is, in Shift_JIS too. */
export const withFields = (input: Input, fields: Readonly<Record<string, string | undefined>>): Input => {
  const kept = Buffer.from(input.body)
    .toString("latin1")
    .split("&")
    .filter((pair) => !((pair.split("=")[0] ?? "") in fields));
  const put = Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`]));
  return { ...input, body: Buffer.from([...kept, ...put].join("&"), "latin1") };
};

export const withText = (input: Input, from: string, to: string): Input => {
  const text = Buffer.from(input.body).toString("utf8");
  if (!text.includes(from)) throw new Error(`there is no ${from} in ${text}`);
  return { ...input, body: Buffer.from(text.replace(from, to)) };
};
