import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { events } from "../../core/lifecycle/events.ts";
import { recordStates } from "../../core/lifecycle/progress.ts";
import { pageFile, pages } from "../../generate/index.ts";
import { withStates } from "../../generate/states.ts";

const page = readFileSync(pageFile("architecture"), "utf8");

test("docs/architecture.md has the states that `npm run generate -- architecture` writes now", () => {
  expect(page).toBe(pages.architecture());
});

test("docs/architecture.md draws every state, and lists every event", () => {
  const chart = page.slice(page.indexOf("```mermaid"), page.indexOf("\n```\n", page.indexOf("```mermaid")));
  for (const state of recordStates) expect(chart).toMatch(new RegExp(`--> ${state}\\b`));
  for (const event of Object.keys(events)) expect(page).toContain(`\n| \`${event}\` |`);
});

test("every folder and file that docs/architecture.md and CONTRIBUTING.md send a reader to is there", () => {
  const root = join(import.meta.dirname, "../..");
  const named = [page, readFileSync(join(root, "CONTRIBUTING.md"), "utf8")].flatMap((text) =>
    [...text.matchAll(/`((?:core|functions|gateways|io|lib|local|operator|reconcile|simulator|test)\/[^`\s*]*)`/g)].map(
      ([, path = ""]) => path,
    ),
  );
  expect(named.length).toBeGreaterThan(100);
  const functionsOf = { "functions/<name>.ts": "consume", "functions/steps/<name>/": "consume" } as Readonly<Record<string, string>>;
  const missing = named.filter((path) => !existsSync(join(root, path.replace("<name>", functionsOf[path] ?? "fincode"))));
  expect(missing).toEqual([]);
});

test("a page without the marks is refused, not overwritten", () => {
  expect(() => withStates("# Another page\n")).toThrow("marks");
});
