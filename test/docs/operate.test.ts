import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const page = readFileSync(new URL("../../docs/operate.md", import.meta.url), "utf8");

/** The commands a help text lists: at two columns, other than `help` itself. */
const commandsIn = (help: string): readonly string[] =>
  [...help.slice(help.indexOf("Commands:")).matchAll(/^ {2}([a-z][a-z-]*)(?: |$)/gm)]
    .map(([, name = ""]) => name)
    .filter((name) => name !== "help");

const helpOf = (...words: readonly string[]): string =>
  execFileSync(process.execPath, ["bin/holdfast.ts", ...words, "--help"], { encoding: "utf8", env: { ...process.env, COLUMNS: "200" } });

/** Some thirty processes, each of which takes a second where nothing else runs. */
test("docs/operate.md has a heading for every command, and for none that does not exist", { timeout: 180_000 }, () => {
  const commands = commandsIn(helpOf()).flatMap((name) => {
    const help = name === "demo" ? "" : helpOf(name);
    return help.includes("Commands:") ? commandsIn(help).map((verb) => `${name} ${verb}`) : [name];
  });
  expect(commands.length).toBeGreaterThan(20);
  const headings = [...page.matchAll(/^### `holdfast (.+)`$/gm)].map(([, name]) => name);
  expect(headings.toSorted()).toEqual(commands.toSorted());
});

test("docs/operate.md has the exit codes that the help has", () => {
  const codes = [...helpOf().matchAll(/^ {2}(\d) {2}(.+)$/gm)].map(([, code, meaning]) => `| ${code} | ${meaning} |`);
  expect(codes).toHaveLength(5);
  for (const line of codes) expect(page).toContain(line);
});
