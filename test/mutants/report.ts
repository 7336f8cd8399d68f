/** What is told of a hunt. */
import type { Accepted } from "./accepted/accept.ts";
import type { Hunt } from "./hunt.ts";
import type { Mutant } from "./mutant.ts";

/** Of all mutants of a path that compile, fewer than this part may survive, the accepted ones among them. */
export const tolerated = 0.03;

export interface Report {
  readonly mutants: number;
  readonly survivors: readonly Mutant[];
  readonly accepted: readonly (Mutant & { readonly reason: string })[];
  /** Entries of the list whose mutant is killed, or gone. */
  readonly stale: readonly Accepted[];
  readonly red: Hunt["red"];
  /** Few survive, each is accepted, and no entry is stale. */
  readonly passes: boolean;
}

const fits = (entry: Accepted, mutant: Mutant): boolean =>
  entry.path === mutant.path && mutant.code.includes(entry.code) && entry.mutation === mutant.mutation;

/** @param isComplete whether all mutants of each file were tried: only then can an entry be stale. */
export const reportOf = (hunts: readonly Hunt[], list: readonly Accepted[], isComplete: boolean): Report => {
  const all = hunts.flatMap(({ survivors }) => survivors);
  const mutants = hunts.reduce((sum, hunt) => sum + hunt.mutants, 0);
  const stale = list.filter((entry) => hunts.some(({ path }) => path === entry.path) && !all.some((mutant) => fits(entry, mutant)));
  const red = new Map(hunts.flatMap((hunt) => hunt.red.map((one) => [one.test, one] as const)));
  const survivors = all.filter((mutant) => !list.some((entry) => fits(entry, mutant)));
  const isFew = all.length === 0 || all.length < tolerated * mutants;
  return {
    mutants,
    survivors,
    accepted: all.flatMap((mutant) => {
      const entry = list.find((one) => fits(one, mutant));
      return entry ? [{ ...mutant, reason: entry.reason }] : [];
    }),
    stale: isComplete ? stale : [],
    red: [...red.values()],
    passes: isFew && survivors.length === 0 && (!isComplete || stale.length === 0),
  };
};

/** Line by line: the line, and what can be changed in it unnoticed. */
const describe = (survivors: readonly Mutant[]): string[] =>
  [...Map.groupBy(survivors, ({ path, line, code }) => `${path}:${line}  ${code}`)].map(([line, mutants]) =>
    [line, ...mutants.map(({ mutation }) => `    ${mutation}`)].join("\n"),
  );

/** Where the share of all lies, with a confidence of 95 %, when `count` of a sample of `size` have survived: Wilson's interval, in per cent. */
export const shareOfAll = (count: number, size: number): readonly [from: number, to: number] => {
  const z = 1.96;
  const share = count / size;
  const middle = share + z ** 2 / (2 * size);
  const width = z * Math.sqrt((share * (1 - share)) / size + z ** 2 / (4 * size ** 2));
  const [from = 0, to = 0] = [middle - width, middle + width].map((end) => (100 * end) / (1 + z ** 2 / size));
  return [from, to];
};

const sampleText = (count: number, size: number): string => {
  const [from, to] = shareOfAll(count, size).map((share) => share.toFixed(1));
  return `A sample: of all mutants, between ${from} and ${to} % survive.`;
};

/** @param isSample whether the mutants were drawn out of more */
export const reportText = ({ mutants, survivors, accepted, stale, red }: Report, isSample = false): string => {
  const count = survivors.length + accepted.length;
  return [
    ...describe(survivors),
    ...stale.map(({ path, code, mutation }) => `Accepted, but nothing survives there now: ${path}  ${mutation}\n    ${code}`),
    ...red.map(({ test, why }) => `Left out, as it fails without a mutant: ${test}: ${why.split("\n")[0]}`),
    `${mutants} mutants, ${count} survive (${((100 * count) / Math.max(1, mutants)).toFixed(1)} %), ${accepted.length} of them accepted.`,
    ...(isSample && mutants > 0 ? [sampleText(count, mutants)] : []),
  ].join("\n");
};
