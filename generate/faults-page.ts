/** The page about faults, made from the simulation: its invariants, mutants and stories, and the matrix that it computes. */

import { type InvariantName, invariants } from "../test/faults/invariants/invariants.ts";
import { type Breakage, breakages } from "../test/faults/mutants/mutants.ts";
import { callKinds, deliveryKinds, handOffKinds, type Kind, meanings } from "../test/faults/run/kinds.ts";
import { ways } from "../test/faults/trials/how.ts";
import { type Cell, cellText, type Row, readCell } from "../test/faults/trials/matrix.ts";
import type { Survey } from "../test/faults/trials/survey.ts";
import { howItIsDone, invariantWords, notProven } from "./faults-words.ts";

export const faultsPage = ({ matrix, stories }: Survey): string =>
  [
    "# Faults",
    "",
    "Made by `npm run generate -- faults`, which runs the simulation; a test fails when it is out of date. The promises P1 to P8 are in the [README](../README.md); `test/promises` tests them one by one.",
    "",
    "## What is tested, and how",
    "",
    ...howItIsDone.map((way) => `- ${way}`),
    "",
    "## Seeing it",
    "",
    "```sh",
    "npm run faults                              # every single fault of the happy path, then 300 random stories",
    "npm run faults -- --minutes 10              # random stories for that long",
    "npm run faults -- --matrix                  # the table below; with --all, of every story, which takes hours",
    "npm run faults -- --matrix --all --sample 1 # every fault at calls of every name once, in a story that --seed draws: minutes",
    "npm run faults -- --mutants                 # breaks the product, and shows what catches it",
    "npm run faults -- --seed 7 --path 143:3:0   # one random story again: a failure prints its own command",
    'npm run faults -- --trial "The happy path | consume: doorbell #1 | lost"   # one single fault again, with everything that happens',
    'npm run faults -- --seed 7 --mutant "removing the sweep"                     # what a failure looks like',
    "```",
    "",
    "It starts emulators of its own and leaves nothing behind. `--json` gives one line of JSON for each part. It ends with 0, with 1 when an invariant was broken, with 2 on a usage error. The same seed gives the same stories with the same faults in the same order on every machine.",
    "",
    "## Invariants",
    "",
    ...table(
      ["invariant", "promise", "means"],
      Object.keys(invariants).map((name) => {
        const { promises, means } = invariantWords[name as InvariantName];
        return [name, promises, means];
      }),
    ),
    "",
    "## Mutants",
    "",
    `${Object.keys(breakages).length} ways to break the product, what each breaks, and what catches it: in a story in which nothing else goes wrong, or with one single fault that the unbroken product survives.`,
    "",
    ...table(
      ["broken by", "promise", "caught by", "in the story", "when"],
      Object.entries<Breakage>(breakages).map(([name, { promise, by, story, fault }]) => [
        name,
        promise,
        by,
        story,
        fault ? `${fault.kind} at \`${fault.at}\`` : "",
      ]),
    ),
    "",
    "## What can go wrong",
    "",
    ...table(
      ["fault", "means"],
      Object.entries(meanings).map(([kind, means]) => [kind, means]),
    ),
    "",
    "## The happy path, fault by fault",
    "",
    `${stories[0]?.about} ${matrix.trials} single faults; ${matrix.broken.length === 0 ? "none breaks an invariant" : `${matrix.broken.length} BREAK an invariant`}. Each cell says what healed it. Calls of one name share a row; what is in brackets happened at some of them only. An empty cell cannot happen.`,
    "",
    ...table(
      ["in the table", "means"],
      Object.entries(ways).map(([way, means]) => [way, means]),
    ),
    "",
    "Calls to AWS:",
    "",
    ...grid(matrix.rows, (row) => isCall(row), callKinds),
    "",
    "Deliveries to the application:",
    "",
    ...grid(matrix.rows, ({ call }) => call.endsWith("HTTP POST"), deliveryKinds),
    "",
    "What AWS and the gateway hand over, and clocks:",
    "",
    ...grid(matrix.rows, (row) => !isCall(row) && !row.call.endsWith("HTTP POST"), handOffKinds),
    "",
    "## All stories",
    "",
    "Of the happy path the tests run each fault once at one of the calls of a name, of every other story a single fault; which ones is drawn, and stays the same. `npm run generate -- faults` and `npm run faults -- --matrix` run all of the happy path; `npm run faults -- --matrix --all` runs all of every story, and with `--sample N` no more than N of those that are alike, the same fault at calls of one name.",
    "",
    ...table(
      ["story", "what goes on", "single faults"],
      stories.map(({ title, about, trials }) => [title, about, String(trials)]),
    ),
    "",
    "## What is not tested",
    "",
    ...notProven.map((limit) => `- ${limit}`),
    "",
  ].join("\n");

/** What the page shows of a fault at calls of that name; an empty cell where it has none. */
export const cellsIn = (page: string): ((call: string, kind: Kind) => Cell) => {
  const shown = new Map<string, string>();
  let kinds: readonly string[] = [];
  for (const line of page.split("\n")) {
    const [call = "", ...cells] = line
      .split("|")
      .map((cell) => cell.trim())
      .slice(1, -1);
    if (call === "" && cells.length > 0) kinds = cells;
    for (const [at, text] of cells.entries()) shown.set(`${call} | ${kinds[at]}`, text);
  }
  return (call, kind) => readCell(shown.get(`${call} | ${kind}`) ?? "");
};

const isCall = ({ call }: Row): boolean => / (DynamoDB|SQS|S3|Secrets Manager) /.test(call);

const grid = (rows: readonly Row[], wanted: (row: Row) => boolean, kinds: readonly Kind[]): readonly string[] => {
  const chosen = rows.filter(wanted);
  const present = kinds.filter((kind) => chosen.some(({ cells }) => cells.has(kind)));
  return table(
    ["", ...present],
    chosen.map(({ call, cells }) => [
      call,
      ...present.map((kind) => {
        const cell = cells.get(kind);
        return cell ? cellText(cell) : "";
      }),
    ]),
  );
};

const table = (head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] =>
  [head, head.map(() => "---"), ...rows].map((row) => `| ${row.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`);
