/** Goes through the mutants of one file: which of them no test notices. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Compiler } from "./compiler.ts";
import { apply, type Kind, type Mutant, mutantsOf } from "./mutant.ts";
import { editsOf } from "./mutations/index.ts";
import { type Importers, otherRooms, relatedTo } from "./related.ts";
import type { Range } from "./runner/coverage.ts";
import type { Trials } from "./trials.ts";

export interface Hunt {
  readonly path: string;
  /** Mutants that compile. */
  readonly mutants: number;
  readonly survivors: readonly Mutant[];
  /** Test files left out, because they fail without any mutant. */
  readonly red: readonly { readonly test: string; readonly why: string }[];
}

interface Measured {
  readonly test: string;
  readonly milliseconds: number;
  readonly tooSlow: readonly string[];
  /** Of each file that was measured together. */
  readonly unreached: Readonly<Record<string, readonly Range[]>>;
}

/** Test files without any mutant, the quickest first. */
export interface Measurements {
  readonly measured: readonly Measured[];
  readonly red: Hunt["red"];
}

export interface Hunting {
  readonly root: string;
  readonly compiler: Compiler;
  readonly trials: Trials;
  readonly importers: Importers;
  /** The gateways that have a folder of their own. */
  readonly rooms: readonly string[];
  /** Beyond four times what a test file usually takes: how long until a mutant is held to be endless. */
  readonly patienceMs: number;
  /** Tests beyond this are run only for a mutant that the files which import it compile with. */
  readonly dearMs: number;
  /** Whether a test counts for a file. */
  readonly isMeant: (path: string, test: string) => boolean;
}

export const listMutants = (root: string, compiler: Compiler, path: string, only: readonly Kind[]): Mutant[] => {
  const edits = editsOf(compiler.parse(path)).filter(({ kind }) => only.length === 0 || only.includes(kind));
  return mutantsOf(path, readFileSync(join(root, path), "utf8"), edits);
};

export const hunt = async (
  hunting: Hunting,
  path: string,
  { measured, red }: Measurements,
  mutants: readonly Mutant[],
  done: () => void,
): Promise<Hunt> => {
  const { root, compiler, trials } = hunting;
  const leftOut = otherRooms(path, hunting.rooms);
  const text = readFileSync(join(root, path), "utf8");
  const related = relatedTo(path, hunting.importers);
  const reaches = (unreached: readonly Range[] = [], { start, end }: Mutant): boolean =>
    !unreached.some(([from, to]) => from <= start && end <= to);
  const dependents = related.dependents.map((file) => join(root, file));
  const survivors: Mutant[] = [];
  let compiled = 0;
  const took = new Map(measured.map(({ test, milliseconds }) => [join(root, test), milliseconds]));
  let order = measured.filter(({ test }) => related.tests.includes(test) && hunting.isMeant(path, test));
  for (const mutant of mutants) {
    done();
    const changed = apply(text, mutant);
    if (!compiler.compiles(path, changed)) continue;
    compiled++;
    const reaching = order.filter(({ unreached }) => reaches(unreached[join(root, path)], mutant));
    const [cheap, dear] = byPrice(reaching, hunting.dearMs);
    const isNoticedBy = async (some: readonly Measured[]): Promise<boolean> => {
      if (some.length === 0) return false;
      const job = {
        file: join(root, path),
        text: changed,
        dependents,
        tests: some.map(({ test }) => join(root, test)),
        measures: [],
        leftOut,
        tooSlow: some.flatMap(({ tooSlow }) => tooSlow),
      };
      const outcome = await trials.try(job, (test) => hunting.patienceMs + 4 * (took.get(test) ?? 0));
      const killer = outcome.kind === "ended" ? outcome.result.failed?.test : undefined;
      // What noticed this mutant will most likely notice the next one, which is beside it.
      if (killer)
        order = order.toSorted((one, other) => Number(join(root, other.test) === killer) - Number(join(root, one.test) === killer));
      return killer !== undefined || outcome.kind === "out of time";
    };
    if (await isNoticedBy(cheap)) continue;
    // A list of names for its type's sake has mutants that only the files which import it do not compile with.
    if (!compiler.suitsImporters(path)) compiled--;
    else if (!(await isNoticedBy(dear))) survivors.push(mutant);
  }
  return { path, mutants: compiled, survivors, red };
};

/** The first, and those after it that together take no longer than that; and all others. */
const byPrice = (tests: readonly Measured[], dearMs: number): readonly [cheap: readonly Measured[], dear: readonly Measured[]] => {
  let sum = 0;
  const end = tests.findIndex(({ milliseconds }, at) => {
    sum += milliseconds;
    return at > 0 && sum > dearMs;
  });
  return end < 0 ? [tests, []] : [tests.slice(0, end), tests.slice(end)];
};

/** Files of one folder have most of their tests in common, and are measured together. */
export const measuredTogether = (paths: readonly string[]): readonly (readonly string[])[] => [...Map.groupBy(paths, dirname).values()];

/** Each test file that has to do with the files: how long it takes, and which parts of them it does not reach. */
export const measure = async ({ root, trials, importers, isMeant, rooms }: Hunting, paths: readonly string[]): Promise<Measurements> => {
  const [first = ""] = paths;
  const leftOut = otherRooms(first, rooms);
  const others = leftOut.map((name) => `test/gateways/${name}.test.ts`);
  const related = paths.map((path) => ({ path, ...relatedTo(path, importers) }));
  const tests = new Set(related.flatMap(({ path, tests }) => tests.filter((test) => isMeant(path, test) && !others.includes(test))));
  const measured: Measured[] = [];
  const red: { test: string; why: string }[] = [];
  for (const test of tests) {
    const name = join(root, test);
    const job = {
      file: join(root, first),
      text: readFileSync(join(root, first), "utf8"),
      dependents: [...new Set(related.flatMap(({ dependents }) => dependents))].map((file) => join(root, file)),
      tests: [name],
      measures: paths.map((path) => join(root, path)),
      leftOut,
      tooSlow: [],
    };
    const measuring = await trials.try(job, () => 120_000);
    // Measuring slows a file down: a test that is about time may fail because of it.
    const isSlowed = measuring.kind === "ended" && measuring.result.failed !== undefined;
    const outcome = isSlowed ? await trials.try({ ...job, measures: [] }, () => 120_000) : measuring;
    if (outcome.kind === "out of time") red.push({ test, why: "it did not end" });
    else if (outcome.result.failed) red.push({ test, why: outcome.result.failed.why });
    else measured.push({ test, milliseconds: 0, tooSlow: [], unreached: {}, ...outcome.result.measured[name] });
  }
  return { measured: measured.sort((one, other) => one.milliseconds - other.milliseconds), red };
};
