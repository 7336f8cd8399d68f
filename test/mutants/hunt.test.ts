import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createCompiler } from "./compiler.ts";
import { type Hunt, hunt, listMutants, measure, measuredTogether } from "./hunt.ts";
import { readImporters } from "./related.ts";
import { createTrials } from "./trials.ts";

const root = join(import.meta.dirname, "../..");
const path = "test/mutants/fixtures/toll.ts";

describe.each([0, 60_000])("of a file whose tests leave something out, where more than %i ms are dear", (dearMs) => {
  const compiler = createCompiler(root, [path]);
  const trials = createTrials({ seed: 1, provided: {} });
  let found: Hunt;

  beforeAll(async () => {
    const mutants = listMutants(root, compiler, path, []);
    const hunting = {
      root,
      compiler,
      trials,
      importers: readImporters(root, true),
      rooms: [],
      isMeant: () => true,
      patienceMs: 2_000,
      dearMs,
    };
    found = await hunt(hunting, path, await measure(hunting, [path]), mutants, () => {});
  });
  afterAll(() => {
    trials.close();
    compiler.close();
  });

  test("the mutants survive that no test notices, and no others", () => {
    expect(found.survivors.map(({ line, mutation }) => `${line}: ${mutation}`)).toEqual([
      // The lorry is in no test.
      '6: remove ["lorry", 900]',
      "6: 900 -> 300",
      "6: 900 -> 901",
      "6: 900 -> 899",
      // Nor is a plate with something before or after it, or with three letters.
      "10: /^[A-Z]{2}\\d+$/ -> /[A-Z]{2}\\d+$/",
      "10: /^[A-Z]{2}\\d+$/ -> /^[A-Z]{2}\\d+/",
      // Nobody asks who goes free.
      "15: === -> !==",
      // From where it counts makes no difference below its end.
      "19: 0 -> 1",
    ]);
  });

  test("those that do not compile are not counted, and one that never ends is noticed", () => {
    const mutations = listMutants(root, compiler, path, []).map(({ mutation }) => mutation);
    expect(mutations).toContain('"bicycle" -> ""');
    expect(mutations).toContain("remove return count;");
    expect(found.mutants).toBeLessThan(mutations.length);
    expect(mutations).toContain("count < end -> !(count < end)");
  });

  test("no test file is left out", () => expect(found.red).toEqual([]));
});

test("files of one folder are measured together, and no others", () => {
  const paths = ["gateways/adyen/front.ts", "gateways/adyen/meaning.ts", "gateways/kit/kit.ts", "core/event.ts", "core/record.ts"];
  expect(measuredTogether(paths)).toEqual([paths.slice(0, 2), ["gateways/kit/kit.ts"], paths.slice(3)]);
});
