import picocolors from "picocolors";
import { describe, expect, test } from "vitest";
import type { StoredFinding } from "../../core/findings/lifecycle/stored.ts";
import { castText, type Outcome, peopleOf, sceneText } from "../../local/demo/incidents/scene-text.ts";
import { differences } from "../../local/demo/incidents/show.ts";
import type { Incident } from "../../simulator/incidents/incident.ts";
import { incidents } from "../../simulator/incidents/index.ts";
import type { Meaning } from "../support/both-sides/in-memory-ledger.ts";
import { keeping, meaningOf } from "./tell.ts";

/** As the demo sees them, without a stack. */
const outcomesOf = (incident: Incident): readonly Outcome[] => {
  const ledger = keeping();
  const heard: Meaning[] = [];
  const people = peopleOf(incident);
  return incident.scenes.map((scene) => {
    const before = ledger.kept();
    ledger.decide(scene.deeds, scene.at);
    heard.push(...scene.told.map((one) => meaningOf(one, scene.at)));
    ledger.look(heard, scene.at);
    return { scene, before, after: ledger.kept(), waiting: 0, delivered: scene.told.length, people };
  });
};

const page = { colours: picocolors.createColors(false) };

describe.each(Object.entries(incidents))("%s", (_, tell) => {
  const incident = tell(Date.UTC(2025, 8, 1));
  const outcomes = outcomesOf(incident);
  const texts = outcomes.map((outcome, index) => sceneText(outcome, { ...page, isFirst: index === 0 }));

  test("has no colour where none is wanted, and names of whom it tells", () => {
    expect(texts.join("\n")).not.toContain("\u001b");
    expect(incident.people.length).toBeGreaterThan(0);
    const cast = castText(incident, page.colours);
    for (const { name, about } of incident.people) {
      expect(cast).toMatch(new RegExp(`^ +${name} +${about.replace(/[^a-z ]/gi, ".")}$`, "m"));
      expect(texts.join("\n")).toContain(` ${name} `);
    }
  });

  test("shows each finding when it comes up, with what to do, and when it is closed", () => {
    const rows = (word: string) => texts.join("\n").match(new RegExp(`^\\d\\d-\\d\\d \\d\\d:\\d\\d +${word} `, "gm"))?.length ?? 0;
    const ids = new Set(outcomes.flatMap(({ scene }) => scene.open.map((line) => line.split(" ")[0] as string)));
    expect(rows("FINDING")).toBeGreaterThanOrEqual(ids.size);
    for (const id of ids) expect(texts.join("\n")).toContain(id);
    expect(texts.at(-1)).toContain("no finding is open");
  });
});

test("what is open and must not be, and what has to be and is not, are differences", () => {
  const [, , , outcome] = outcomesOf(incidents["closed-account"](Date.UTC(2025, 8, 1))) as [Outcome, Outcome, Outcome, Outcome];
  expect(differences(outcome)).toEqual([]);
  const [missing, ...rest] = outcome.after as [StoredFinding, ...StoredFinding[]];
  expect(differences({ ...outcome, after: rest })).toEqual([
    expect.stringMatching(new RegExp(`^${missing.finding.id} .*has to be open at "The month's`)),
  ]);
  const { scene } = outcome;
  expect(differences({ ...outcome, scene: { ...scene, open: scene.open.slice(1) } })).toEqual([expect.stringContaining("and must not be")]);
});
