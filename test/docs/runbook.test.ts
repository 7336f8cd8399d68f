import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { conditions } from "../../core/conditions/conditions.ts";
import { pageFile, pages } from "../../generate/index.ts";

const page = readFileSync(pageFile("runbook"), "utf8");

describe("docs/runbook.md", () => {
  const sections = page.split(/^## /m).slice(1);
  const headingOf = (section: string): string => section.slice(0, section.indexOf("\n"));
  const about = sections.filter((section) => section.includes("\n**What happened.**"));

  test("is what `node generate/index.ts runbook` writes now", () => {
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
});
