import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { findGateway, gateways } from "../../gateways/index.ts";
import { confidences, looked } from "../../generate/gateway-confidence.ts";
import { doubts } from "../../generate/gateway-doubts.ts";
import { pageFile, pages } from "../../generate/index.ts";

const page = readFileSync(pageFile("gateways"), "utf8");

describe("docs/gateways.md", () => {
  test("is what `node generate/index.ts gateways` writes now", () => {
    expect(page).toBe(pages.gateways?.());
  });

  test.each(Object.values(gateways).map(({ name, facts }) => [name, facts] as const))("has every fact of %s", (name, facts) => {
    const text = page.replaceAll("\\|", "|");
    for (const fact of [facts.title, facts.proof, facts.key, facts.retries, facts.announces, ...facts.sources])
      expect(text).toContain(fact);
    expect(text.split("\n").filter((line) => line.startsWith(`| ${name} |`) || line.startsWith(`| **${name}**`))).toHaveLength(4);
  });

  test("says exactly which word each gateway wants to hear", () => {
    expect(page).toContain("| sbps | 200 `OK,`, text/plain; charset=Shift_JIS |");
    expect(page).toContain("| gmo-pg | 200 `0`, text/plain | 200 `1`, text/plain | 15 s |");
  });

  test.each(Object.entries(confidences))("says of each fact of %s how sure it is, and names no source that is not there", (name, cells) => {
    const facts = findGateway(name)?.facts;
    expect(cells).toHaveLength(looked.length);
    for (const cell of cells) {
      expect(cell).toMatch(/^(-|[HML]( [1-9])?)$/);
      const number = Number(cell.split(" ")[1] ?? 1);
      expect(facts?.sources[number - 1]).toBeDefined();
    }
    // A deadline is claimed exactly where one is published.
    expect(cells[looked.indexOf("deadline")] === "-").toBe(facts?.deadlineSeconds === undefined);
    const best = (letters: readonly string[]) => ["H", "M", "L"].find((letter) => letters.some((one) => one.startsWith(letter)));
    expect(best(cells)).toBe(best([...cells, facts?.confidence ?? ""]));
  });

  test("lists what is not certain, gateway by gateway", () => {
    expect(Object.keys(gateways)).toEqual(expect.arrayContaining(Object.keys(doubts)));
    for (const doubt of Object.values(doubts).flat()) expect(page).toContain(`- ${doubt}\n`);
  });
});
