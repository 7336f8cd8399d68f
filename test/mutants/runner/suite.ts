/**
 * Collects tests as Vitest does and runs them until the first one fails. Vitest takes 200 ms to begin a run and loads every package
 * again; a mutant needs its tests once, in a process that is warm.
 */
type Work = (...values: never[]) => unknown;
type Hook = () => unknown;

interface Suite {
  readonly name: string;
  readonly entries: (
    | { readonly kind: "test"; readonly name: string; readonly run: () => unknown }
    | { readonly kind: "suite"; readonly suite: Suite }
  )[];
  readonly hooks: Readonly<Record<"beforeAll" | "beforeEach" | "afterEach" | "afterAll", Hook[]>>;
}

const newSuite = (name: string): Suite => ({
  name,
  entries: [],
  hooks: { beforeAll: [], beforeEach: [], afterEach: [], afterAll: [] },
});

let current = newSuite("");
let finished: Hook[] = [];

let leftOut: ReadonlySet<unknown> = new Set();
let tooSlow: ReadonlySet<string> = new Set();
/**
 * @param names from now on rows that begin with one of them are not collected
 * @param places from now on the tests at them are not run
 */
export const leaveOut = (names: readonly string[], places: readonly string[]): void => {
  leftOut = new Set(names);
  tooSlow = new Set(places);
};

/** Rows are the arguments only where all of them are lists: a list among other values is a value. */
const argumentsOf = (rows: readonly unknown[]): never[][] => {
  const all = (rows.every(Array.isArray) ? rows : rows.map((row) => [row])) as never[][];
  return all.filter(([first]) => !leftOut.has(first));
};
/** A test takes its options before or after its work. */
const workOf = (first: unknown, second: unknown): Work => (typeof first === "function" ? first : second) as Work;
const nothing = (): void => {};

const addTest = (name: string, first: unknown, second?: unknown, row: never[] = []): void => {
  const work = workOf(first, second);
  current.entries.push({ kind: "test", name, run: () => work(...row) });
};

const addSuite = (name: string, first: unknown, second?: unknown, row: never[] = []): void => {
  const [outer, suite] = [current, newSuite(name)];
  outer.entries.push({ kind: "suite", suite });
  current = suite;
  try {
    workOf(first, second)(...row);
  } finally {
    current = outer;
  }
};

type Add = (name: string, first: unknown, second?: unknown, row?: never[]) => void;

const chained = (add: Add) =>
  Object.assign((name: string, first: unknown, second?: unknown) => add(name, first, second), {
    each: (rows: readonly unknown[]) => (name: string, first: unknown, second?: unknown) => {
      for (const row of argumentsOf(rows)) add(name, first, second, row);
    },
    runIf: (applies: unknown) => (applies ? add : nothing),
    skipIf: (applies: unknown) => (applies ? nothing : add),
    skip: nothing,
    todo: nothing,
  });

const test = chained(addTest);
const describe = chained(addSuite);
const hook = (name: keyof Suite["hooks"]) => (work: Hook) => void current.hooks[name].push(work);

/** What stands in for the same names of Vitest. */
export const collecting = {
  test,
  it: test,
  describe,
  beforeAll: hook("beforeAll"),
  beforeEach: hook("beforeEach"),
  afterEach: hook("afterEach"),
  afterAll: hook("afterAll"),
  onTestFinished: (work: Hook) => void finished.push(work),
};

const each = async (hooks: readonly Hook[]): Promise<void> => {
  for (const work of hooks) await work();
};

const runTest = async (run: () => unknown, outer: readonly Suite[]): Promise<void> => {
  finished = [];
  await each(outer.flatMap(({ hooks }) => hooks.beforeEach));
  try {
    await run();
  } finally {
    await each(finished.toReversed());
    await each(outer.toReversed().flatMap(({ hooks }) => hooks.afterEach));
  }
};

/** How long each test took the last time, by the file and its place in it. */
const took = new Map<string, number>();
const slowMs = 30;
/** A test of how something grows, for one: a thousand mutants would take it hours. */
const tooSlowMs = 4_000;

/** The places of a file's tests that took too long the last time. */
export const tooSlowIn = (file: string): readonly string[] =>
  [...took].filter(([place, milliseconds]) => place.startsWith(`${file}/`) && milliseconds >= tooSlowMs).map(([place]) => place);

const hasOnceHooks = ({ hooks, entries }: Suite): boolean =>
  hooks.beforeAll.length + hooks.afterAll.length > 0 || entries.some((entry) => entry.kind === "suite" && hasOnceHooks(entry.suite));

/** @param isMeant whether the test at that place is to be run */
const runSuite = async (suite: Suite, outer: readonly Suite[], place: string, isMeant: (place: string) => boolean): Promise<void> => {
  const path = [...outer, suite];
  try {
    await each(suite.hooks.beforeAll);
    for (const [at, entry] of suite.entries.entries()) {
      const inner = `${place}/${at}`;
      if (entry.kind === "suite") await runSuite(entry.suite, path, inner, isMeant);
      else if (isMeant(inner) && !tooSlow.has(inner)) {
        const begun = performance.now();
        await runTest(entry.run, path);
        took.set(inner, performance.now() - begun);
      }
    }
  } finally {
    await each(suite.hooks.afterAll);
  }
};

/**
 * Runs what `load` collects: first what was quick the last time, since most mutants are noticed by a quick test.
 * @throws what the first failing test throws.
 */
export const runTests = async (file: string, load: () => Promise<unknown>): Promise<void> => {
  current = newSuite("");
  await load();
  const collected = current;
  // What is set up once for all tests of a suite is set up once.
  if (hasOnceHooks(collected)) return runSuite(collected, [], file, () => true);
  const slow = new Set(
    [...took].filter(([place, milliseconds]) => place.startsWith(`${file}/`) && milliseconds >= slowMs).map(([place]) => place),
  );
  await runSuite(collected, [], file, (place) => !slow.has(place));
  if (slow.size > 0) await runSuite(collected, [], file, (place) => slow.has(place));
};
