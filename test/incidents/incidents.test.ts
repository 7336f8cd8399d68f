/** The five incidents: at the end of each scene exactly those findings are open that have to be, none is invented, and the money is right to the yen. */
import { describe, expect, test } from "vitest";
import { findingLine, type Incident, type Scene } from "../../simulator/incidents/incident.ts";
import { incidents } from "../../simulator/incidents/index.ts";
import { allMembers, membership } from "../../simulator/incidents/membership/membership.ts";
import { createRandom, shuffled } from "../../simulator/random.ts";
import type { Meaning } from "../support/both-sides/in-memory-ledger.ts";
import { findingsAt, keeping, meaningOf } from "./tell.ts";

const start = Date.UTC(2025, 8, 1);

const inOrder = ({ scenes }: Incident): void => {
  const ledger = keeping();
  const heard: Meaning[] = [];
  for (const { at, title, deeds, told, open } of scenes) {
    ledger.decide(deeds, at);
    heard.push(...told.map((one) => meaningOf(one, at)));
    ledger.look(heard, at);
    expect(ledger.open(), title).toEqual(open);
  }
};

/** What is open at the end of a scene if all of that is found there, less what operators have settled by then. */
const expectFound = ({ scenes }: Incident, upTo: number, meanings: readonly Meaning[]): void => {
  const { at, title, open } = scenes[upTo] as Scene;
  const settled = new Set(
    scenes.slice(0, upTo + 1).flatMap(({ deeds }) => deeds.flatMap((deed) => ("finding" in deed ? [deed.finding] : []))),
  );
  const left = findingsAt(meanings, at).filter(({ id }) => !settled.has(id));
  expect(left.map(findingLine).sort(), title).toEqual(open);
};

const toldUpTo = ({ scenes }: Incident, upTo: number): readonly Meaning[] =>
  scenes.slice(0, upTo + 1).flatMap(({ at, told }) => told.map((one) => meaningOf(one, at)));

const retold = (meanings: readonly Meaning[], seed: string): readonly Meaning[] => {
  const random = createRandom(seed);
  return shuffled(random, [...meanings, ...meanings.filter(() => random() < 0.3)]);
};

describe.each(Object.entries(incidents))("%s", (name, tell) => {
  const incident = tell(start);

  test("is told from the first callback to the remedy: each finding is raised and closed at its time, and nothing else is found", () => {
    expect(incident.name).toBe(name);
    inOrder(incident);
    expect(incident.scenes.at(-1)?.open).toEqual([]);
  });

  test("gives the same findings when its callbacks are shuffled and repeated", () => {
    for (const [upTo] of incident.scenes.entries()) expectFound(incident, upTo, retold(toldUpTo(incident, upTo), `${name}/${upTo}`));
  });

  test("gives the same findings when it begins on another day", () => {
    const other = tell(Date.UTC(2026, 0, 29, 5, 30));
    for (const upTo of [0, 3]) expectFound(other, upTo, toldUpTo(other, upTo));
  });
});

describe("the membership of 602, as it was", () => {
  const incident = membership(start, allMembers);
  const meanings = toldUpTo(incident, 3);

  test("has 2, 71 and 6 in three classes, each of the 6 unconfirmed, and nothing of the 523 others", () => {
    const { open } = incident.scenes[3] as Scene;
    const countOf = (of: string) => open.filter((line) => line.startsWith(`${of}:`)).length;
    expect(["A1", "A2", "A3", "CONFIRM"].map(countOf)).toEqual([2, 71, 6, 6]);
    expect(open).toHaveLength(85);
    expectFound(incident, 3, meanings);
  });

  test("has the same when its callbacks are shuffled and repeated", () => {
    expectFound(incident, 3, retold(meanings, "membership of 602"));
  });
});
