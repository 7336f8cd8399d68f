import { expect, test } from "vitest";
import { collecting, leaveOut, runTests, tooSlowIn } from "./runner/suite.ts";

const slowly = (work: () => void) => (): void => {
  const begun = performance.now();
  while (performance.now() - begun < 40);
  work();
};

/** The order in which a file's tests run, each of which notes its name. */
const orderOf = async (file: string, collect: (note: (name: string) => () => void) => void): Promise<readonly string[]> => {
  const ran: string[] = [];
  await runTests(file, async () => collect((name) => () => void ran.push(name)));
  return ran;
};

test("a file's tests run as they are written, and from then on the quick ones before the slow ones", async () => {
  const file = (note: (name: string) => () => void) => {
    collecting.describe("one", () => {
      collecting.test("slow", slowly(note("slow")));
      collecting.test("quick", note("quick"));
    });
    collecting.test("last", note("last"));
  };
  expect(await orderOf("a.test.ts", file)).toEqual(["slow", "quick", "last"]);
  expect(await orderOf("a.test.ts", file)).toEqual(["quick", "last", "slow"]);
  expect(await orderOf("b.test.ts", file)).toEqual(["slow", "quick", "last"]);
});

test("where something is set up once for all tests of a suite, they run as they are written", async () => {
  const file = (note: (name: string) => () => void) => {
    collecting.beforeAll(note("set up"));
    collecting.test("slow", slowly(note("slow")));
    collecting.test("quick", note("quick"));
  };
  for (const _ of [1, 2]) expect(await orderOf("c.test.ts", file)).toEqual(["set up", "slow", "quick"]);
});

test("what is left out by its place is not run, the others are; nothing here is too slow", async () => {
  const file = (note: (name: string) => () => void) => {
    collecting.test("first", note("first"));
    collecting.test("second", note("second"));
  };
  leaveOut([], ["d.test.ts/0"]);
  try {
    expect(await orderOf("d.test.ts", file)).toEqual(["second"]);
  } finally {
    leaveOut([], []);
  }
  expect(await orderOf("d.test.ts", file)).toEqual(["first", "second"]);
  expect(tooSlowIn("d.test.ts")).toEqual([]);
});
