/** What `npm run faults` says to people. */
import type { Caught } from "./mutants/catch.ts";
import { type BreakageName, breakages } from "./mutants/mutants.ts";
import type { Result } from "./trials/exhaustive.ts";
import type { Explored } from "./trials/explore.ts";
import { ways } from "./trials/how.ts";
import { cellText, type Matrix } from "./trials/matrix.ts";

const command = "npm run faults --";

export const quoted = (text: string): string => `"${text.replaceAll('"', '\\"')}"`;

/** Every failure ends with the one command that shows it again. */
export const exploredText = (explored: Explored, mutant: BreakageName | undefined): string => {
  const stories = `${explored.runs} random ${explored.runs === 1 ? "story" : "stories"}`;
  if (explored.kind === "passed") return `${stories}: no invariant was broken.`;
  const breaking = mutant === undefined ? "" : ` --mutant ${quoted(mutant)}`;
  return [
    `BROKEN, in one of ${stories}; this is the shortest way found to break it:`,
    ...explored.violations.map(({ invariant, what }) => `  ${invariant}: ${what}`),
    "",
    "The story",
    explored.story,
    "",
    "What happened",
    explored.trace,
    "",
    `Again: ${command} --seed ${explored.seed} --path ${explored.path}${breaking}`,
  ].join("\n");
};

export const trialName = (story: string, { point, kind }: Pick<Result, "point" | "kind">): string => `${story} | ${point.id} | ${kind}`;

export const brokenText = (story: string, broken: readonly Result[]): string =>
  broken
    .flatMap((result) => [
      `BROKEN: ${result.kind} at ${result.point.id}, in "${story}"`,
      ...result.violations.map(({ invariant, what }) => `  ${invariant}: ${what}`),
      `  Again: ${command} --trial ${quoted(trialName(story, result))}`,
    ])
    .join("\n");

export const matrixText = (story: string, { rows, trials, broken }: Matrix): string => {
  const lines = rows.flatMap(({ call, cells }) => [...cells].map(([kind, cell], index) => [index === 0 ? call : "", kind, cellText(cell)]));
  return [
    `${story}: ${trials} single faults, ${broken.length === 0 ? "all survived" : `${broken.length} NOT survived`}`,
    columns(["", "fault", "survived"], lines),
  ].join("\n");
};

const columns = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const widths = head.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)));
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
};

export const legend = (): string =>
  Object.entries(ways)
    .map(([way, means]) => `  ${way.padEnd(13)} ${means}`)
    .join("\n");

export const caughtText = (caught: ReadonlyMap<BreakageName, Caught>): string =>
  columns(
    ["the product, broken by", "promise", "caught by"],
    [...caught].map(([name, { isCaught }]) => [
      name,
      breakages[name].promise,
      isCaught ? breakages[name].by : `NOT CAUGHT by ${breakages[name].by}`,
    ]),
  );
