import { expect, inject, test } from "vitest";
import { lazy } from "../../../core/lazy.ts";
import { invariants } from "../invariants/invariants.ts";
import { createCatcher } from "./catch.ts";
import { type Breakage, breakages } from "./mutants.ts";

/** That no story breaks an invariant while nothing goes wrong is tested in `stories/every-story.test.ts`. */
const catcher = lazy(() => createCatcher(inject("endpoints"), ({ fault }) => fault === undefined));
const broken = Object.entries<Breakage>(breakages);

test.each(broken)("%s is caught by the invariant that guards the promise, and by nothing without it", async (_, breakage) => {
  const { violations, intact } = await catcher()(breakage);
  expect(intact).toEqual([]);
  expect(violations.map(({ invariant }) => invariant)).toContain(breakage.by);
});

test("every invariant catches one, and every promise is broken by one", () => {
  expect([...new Set(broken.map(([, { promise }]) => promise))].sort()).toEqual(["P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8"]);
  const catching = new Set<string>(broken.map(([, { by }]) => by));
  expect(Object.keys(invariants).filter((name) => !catching.has(name))).toEqual([]);
});
