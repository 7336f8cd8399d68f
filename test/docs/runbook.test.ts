import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { conditions } from "../../core/conditions/conditions.ts";
import { pageFile, pages } from "../../generate/index.ts";

const root = join(import.meta.dirname, "..", "..");
const page = readFileSync(pageFile("runbook"), "utf8");

describe("docs/runbook.md", () => {
  const sections = page.split(/^## /m).slice(1);
  const headingOf = (section: string): string => section.slice(0, section.indexOf("\n"));
  const about = sections.filter((section) => section.includes("\n**What happened.**"));

  test("is what `npm run generate -- runbook` writes now", () => {
    expect(page).toBe(pages.runbook());
  });

  test("has a heading for every condition, and a condition for every such heading", () => {
    expect(about.map(headingOf)).toEqual(Object.keys(conditions));
  });

  test.each(about.map((section) => [headingOf(section), section] as const))("says of %s all that a person needs", (_, section) => {
    const asked = ["What happened.", "What it means for money.", "What to look at.", "What to do.", "Resolved when"];
    const at = asked.map((question) => section.indexOf(`**${question}`));
    expect(at).toEqual([...at].sort((one, other) => one - other));
    expect(at[0]).toBeGreaterThan(0);
    expect(section).toMatch(/npx holdfast|aws /);
  });

  test("names only commands and options that there are", () => {
    const operate = readFileSync(new URL("../../docs/operate.md", import.meta.url), "utf8");
    const files = globSync("operator/{cli,arguments}/*.ts", { cwd: root });
    expect(files).toEqual(expect.arrayContaining(["operator/arguments/arguments.ts", "operator/cli/program.ts"]));
    const cli = files.map((file) => readFileSync(join(root, file), "utf8"));
    const options = cli.join("\n");
    const commands = [...page.matchAll(/npx holdfast ((?:quarantine |replays )?[a-z]+)([^`]*)`/g)];
    expect(commands.length).toBeGreaterThan(40);
    for (const [, command, rest = ""] of commands) {
      expect(operate).toMatch(new RegExp(`\n### \`holdfast ${command}[ \`]`));
      for (const [option] of rest.matchAll(/--[a-z]+/g)) expect(options, `${command} ${option}`).toContain(`"${option}`);
    }
  });
});
