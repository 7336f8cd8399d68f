import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { doubts } from "../../docs/gateway-doubts.ts";
import { pageFile, pages } from "../../docs/generate.ts";
import { gateways } from "../../gateways/index.ts";

const page = readFileSync(pageFile("gateways"), "utf8");

describe("docs/gateways.md", () => {
  test("is what `node docs/generate.ts gateways` writes now", () => {
    expect(page).toBe(pages.gateways?.());
  });

  test.each(Object.values(gateways).map(({ name, facts }) => [name, facts] as const))("has every fact of %s", (name, facts) => {
    const text = page.replaceAll("\\|", "|");
    for (const fact of [facts.title, facts.proof, facts.key, facts.retries, facts.announces, ...facts.sources])
      expect(text).toContain(fact);
    expect(text.split("\n").filter((line) => line.startsWith(`| ${name} |`) || line.startsWith(`| **${name}**`))).toHaveLength(3);
  });

  test("says exactly which word each gateway wants to hear", () => {
    expect(page).toContain("| sbps | 200 `OK,`, text/plain; charset=Shift_JIS |");
    expect(page).toContain("| gmo-pg | 200 `0`, text/plain | 200 `1`, text/plain | 15 s |");
  });

  test("lists what is not certain, gateway by gateway", () => {
    expect(Object.keys(gateways)).toEqual(expect.arrayContaining(Object.keys(doubts)));
    for (const doubt of Object.values(doubts).flat()) expect(page).toContain(`- ${doubt}\n`);
  });
});
