import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { retriesText } from "../../gateways/facts.ts";
import { type Gateway, gateways } from "../../gateways/index.ts";
import { pageFile, pages } from "../../generate/index.ts";

const all: readonly Gateway[] = Object.values(gateways);

const page = readFileSync(pageFile("gateways"), "utf8");

/** The cells of the row about one gateway in the table under a heading. */
const rowAbout = (name: string, heading: string): readonly string[] | undefined =>
  page
    .split(`\n## ${heading}\n`)[1]
    ?.split("\n## ")[0]
    ?.split("\n")
    .find((line) => line.startsWith(`| ${name} |`) || line.startsWith(`| **${name}**`))
    ?.slice(2, -2)
    .split(" | ")
    .map((cell) => cell.replaceAll("\\|", "|"));

describe("docs/gateways.md", () => {
  test.each(all.map((gateway) => [gateway.name, gateway] as const))("has every fact of %s, and no other", (name, { facts, hashesId }) => {
    const proof = rowAbout(name, "How a callback is verified, and what makes it unique");
    const answers = rowAbout(name, "How it is answered");
    const announced = rowAbout(name, "What they announce");
    const sureness = rowAbout(name, "How sure each fact is");
    expect(rowAbout(name, "What they say, and what it means")).toHaveLength(2);
    const { title, charset, confidence, announces, cannotSay = "", sources, sure, doubts = [] } = facts;
    expect(proof).toEqual([
      `**${name}**: ${title}`,
      facts.proof,
      proof?.[2],
      hashesId ? `hash of ${facts.key}` : facts.key,
      charset,
      proof?.[5],
    ]);
    expect(answers?.at(-1)).toBe(retriesText(facts.retries));
    expect(announced).toEqual([name, announces, cannotSay, confidence, sources.map((one) => one.replace(/^https:.*/, "<$&>")).join(", ")]);
    expect(rowAbout(name, "Tests and real payments")?.at(-1)).toBe(facts.mode);
    const ownHeaders = facts.headers?.map((header) => `\`${header}\``).join(", ") || "none";
    if (!facts.headerOptions) expect(rowAbout(name, "Headers that are passed through")).toEqual([name, ownHeaders]);
    const letters = [sure?.proof, sure?.key, sure?.answers, sure?.deadline, sure?.retries, sure?.announces];
    if (sure) expect(sureness?.map((cell) => cell.replace(/\[(\d)\]\(.*\)$/, "$1"))).toEqual([name, ...letters]);
    const [, ownDoubts = ""] = page.split(`\n### ${title}: doubts\n\n`);
    expect(ownDoubts.split("\n\n")[0]?.trimEnd()).toBe(doubts.map((doubt) => `- ${doubt}`).join("\n"));
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

  test("is what `npm run generate -- gateways` writes now", () => {
    expect(page).toBe(pages.gateways?.());
  });
});
