/** Goes through the mutants of one file: which of them no test notices. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Compiler } from "./compiler.ts";
import { apply, type Kind, type Mutant, mutantsOf } from "./mutant.ts";
import { editsOf } from "./mutations/index.ts";
import { type Importers, otherRooms, type Related, relatedTo } from "./related.ts";
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
  readonly unreached: readonly Range[];
}

export interface Hunting {
  readonly root: string;
  readonly compiler: Compiler;
  readonly trials: Trials;
  readonly importers: Importers;
  /** The gateways that have a folder of their own. */
  readonly rooms: readonly string[];
  /** Beyond ten times what the tests usually take: how long until a mutant is held to be endless. */
  readonly patienceMs: number;
  /** Whether a test counts for a file. */
  readonly isMeant: (path: string, test: string) => boolean;
}

export const listMutants = (root: string, compiler: Compiler, path: string, only: readonly Kind[]): Mutant[] => {
  const edits = editsOf(compiler.parse(path)).filter(({ kind }) => only.length === 0 || only.includes(kind));
  return mutantsOf(path, readFileSync(join(root, path), "utf8"), edits);
};

export const hunt = async (hunting: Hunting, path: string, mutants: readonly Mutant[], done: () => void): Promise<Hunt> => {
  const { root, compiler, trials } = hunting;
  const leftOut = otherRooms(path, hunting.rooms);
  const text = readFileSync(join(root, path), "utf8");
  const related = relatedTo(path, hunting.importers);
  const { measured, red } = await measure(hunting, path, text, related);
  const dependents = related.dependents.map((file) => join(root, file));
  const survivors: Mutant[] = [];
  let compiled = 0;
  let order = measured;
  for (const mutant of mutants) {
    done();
    const changed = apply(text, mutant);
    if (!compiler.compiles(path, changed)) continue;
    compiled++;
    const reaching = order.filter(({ unreached }) => !unreached.some(([start, end]) => start <= mutant.start && mutant.end <= end));
    if (reaching.length > 0) {
      const usual = reaching.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
      const job = {
        file: join(root, path),
        text: changed,
        dependents,
        tests: reaching.map(({ test }) => join(root, test)),
        measures: false,
        leftOut,
      };
      const outcome = await trials.try(job, hunting.patienceMs + 10 * usual);
      const killer = outcome.kind === "ended" ? outcome.result.failed?.test : undefined;
      // What noticed this mutant will most likely notice the next one, which is beside it.
      if (killer)
        order = order.toSorted((one, other) => Number(join(root, other.test) === killer) - Number(join(root, one.test) === killer));
      if (outcome.kind === "out of time" || killer) continue;
    }
    if (compiler.suitsImporters(path)) survivors.push(mutant);
    else compiled--;
  }
  return { path, mutants: compiled, survivors, red };
};

/** Each related test file without any mutant: how long it takes, and which parts of the file it reaches. */
const measure = async ({ root, trials, isMeant, rooms }: Hunting, path: string, text: string, related: Related) => {
  const leftOut = otherRooms(path, rooms);
  const others = leftOut.map((name) => `test/gateways/${name}.test.ts`);
  const measured: Measured[] = [];
  const red: { test: string; why: string }[] = [];
  for (const test of related.tests.filter((test) => isMeant(path, test) && !others.includes(test))) {
    const name = join(root, test);
    const job = {
      file: join(root, path),
      text,
      dependents: related.dependents.map((file) => join(root, file)),
      tests: [name],
      measures: true,
      leftOut,
    };
    const measuring = await trials.try(job, 120_000);
    // Measuring slows a file down: a test that is about time may fail because of it.
    const isSlowed = measuring.kind === "ended" && measuring.result.failed !== undefined;
    const outcome = isSlowed ? await trials.try({ ...job, measures: false }, 120_000) : measuring;
    if (outcome.kind === "out of time") red.push({ test, why: "it did not end" });
    else if (outcome.result.failed) red.push({ test, why: outcome.result.failed.why });
    else measured.push({ test, milliseconds: 0, unreached: [], ...outcome.result.measured[name] });
  }
  return { measured: measured.sort((one, other) => one.milliseconds - other.milliseconds), red };
};
