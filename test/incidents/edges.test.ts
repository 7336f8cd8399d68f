/**
 * The rules at their edges: the same lives at each gateway whose callbacks can say them, looked at at every moment at which something may change and
 * at the last one before it; and all of a story at once, in any order and repeated.
 */
import { describe, expect, test } from "vitest";
import { dayMs } from "../../core/durations.ts";
import { createRandom, shuffled } from "../../simulator/random.ts";
import { disagreements, type Edge, expectedAt, foundAt, japan, partOf, turnsOf } from "./edges/stage.ts";
import { stories } from "./edges/stories.ts";

describe.each(stories)("%s", (story, edges, gateways) => {
  const edgeOf = (name: string, gateway: (typeof gateways)[number], start: number): Edge => {
    const edge = edges[name]?.(partOf(gateway, `${story}/${name}/${gateway}`, start));
    if (!edge) throw new Error(`there is no ${name}`);
    return edge;
  };

  test.each(Object.keys(edges))("%s", (name) => {
    for (const gateway of gateways) expect(disagreements(edgeOf(name, gateway, japan("2024-01-31 10:00"))), gateway).toEqual([]);
  });

  test("all at once, shuffled and repeated, at some moments", () => {
    const random = createRandom(story);
    const all = Object.keys(edges).flatMap((name) => gateways.map((gateway) => edgeOf(name, gateway, japan(startOf(story)))));
    for (const now of shuffled(random, turnsOf(all)).slice(0, 2)) {
      // After its end a life goes on without a word, which is another story.
      const going = all.filter((edge) => (turnsOf([edge]).at(-1) ?? 0) + dayMs >= now);
      const known = going.flatMap(({ told }) => told).filter((one) => (one.sentAt ?? one.at) <= now);
      const again = shuffled(random, [...known, ...known.filter(() => random() < 0.3)]);
      expect(foundAt(again, now), new Date(now).toISOString()).toEqual(
        expectedAt(
          going.flatMap(({ awaited }) => awaited),
          now,
        ),
      );
    }
  });
});

/** Midnight and the minute before it in Japan, ends of months, and a leap day. */
const starts = ["2023-01-31 08:59", "2024-02-29 00:00", "2025-12-31 23:59"] as const;
const startOf = (story: string): (typeof starts)[number] => starts[story.length % starts.length] ?? starts[0];
