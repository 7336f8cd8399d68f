import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { retriesText } from "../../gateways/facts.ts";
import { type Gateway, gateways } from "../../gateways/index.ts";
import { pageFile, pages } from "../../generate/index.ts";

const all: readonly Gateway[] = Object.values(gateways);

const page = readFileSync(pageFile("gateways"), "utf8");

describe("docs/gateways.md", () => {
  test("is what `node generate/index.ts gateways` writes now", () => {
    expect(page).toBe(pages.gateways?.());
  });

  test.each(Object.values(gateways).map(({ name, facts }) => [name, facts] as const))("has every fact of %s", (name, facts) => {
    const text = page.replaceAll("\\|", "|");
    for (const fact of [facts.title, facts.proof, facts.key, retriesText(facts.retries), facts.announces, ...facts.sources])
      expect(text).toContain(fact);
    expect(text.split("\n").filter((line) => line.startsWith(`| ${name} |`) || line.startsWith(`| **${name}**`))).toHaveLength(5);
  });

  test("says exactly which acknowledgement each gateway expects", () => {
    expect(page).toContain("| sbps | 200 `OK,`, text/plain; charset=Shift_JIS |");
    expect(page).toContain("| gmo-pg | 200 `0`, text/plain | 200 `1`, text/plain | 15 s |");
  });

  test.each(all.flatMap(({ name, facts }) => (facts.sure ? [[name, facts, facts.sure] as const] : [])))(
    "says of each fact of %s how sure it is, and names no source that is not there",
    (_, facts, sure) => {
      for (const cell of Object.values(sure)) {
        expect(cell).toMatch(/^(-|[HML]( [1-9])?)$/);
        expect(facts.sources[Number(cell.split(" ")[1] ?? 1) - 1]).toBeDefined();
      }
      // A deadline is claimed exactly where one is published.
      expect(sure.deadline === "-").toBe(facts.deadlineSeconds === undefined);
      const best = (letters: readonly string[]) => ["H", "M", "L"].find((letter) => letters.some((one) => one.startsWith(letter)));
      expect(best(Object.values(sure))).toBe(best([...Object.values(sure), facts.confidence]));
    },
  );

  test("lists what is not certain, gateway by gateway", () => {
    expect(all.flatMap(({ facts }) => facts.doubts ?? []).length).toBeGreaterThan(50);
    for (const doubt of all.flatMap(({ facts }) => facts.doubts ?? [])) expect(page).toContain(`- ${doubt}\n`);
  });
});
