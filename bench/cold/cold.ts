/**
 * `cold`: what a new execution environment pays before its first answer. The time to load the `receive` bundle against a bundle
 * of the bare DynamoDB client and an empty one, each in a process of its own, in turns; and what the bundles weigh.
 */
import { appendFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Progress } from "../ack/ack.ts";
import { bundle } from "../bundle.ts";
import { callbacks } from "../payload.ts";
import { openStage, type Stage, stageReceive } from "../stage.ts";
import { ratios, type Spread, spread } from "../statistics.ts";
import { type Weight, weigh } from "./bundle-weight.ts";
import { type FirstAnswer, probe } from "./cold-probe.ts";

export interface ColdOptions {
  readonly rounds: number;
}

export interface ColdRow {
  readonly name: string;
  /** Milliseconds to import the bundle. */
  readonly import: Spread;
  /** Milliseconds from the first call to its answer: clients made, connections opened, the secret read. */
  readonly firstAnswer: Spread;
  readonly weight: Weight;
}

export interface ColdResult {
  readonly rows: readonly ColdRow[];
  /** `receive` divided by the bare client in the same round: the import, and the import with the first answer. */
  readonly ratios: Readonly<Record<"import" | "import and first answer", Spread>>;
  readonly goal: number;
  /** Both. */
  readonly met: boolean;
}

/** At most this share of the bare client's, which is the SDK's. */
const goal = 0.7;

export const measureCold = async ({ rounds }: ColdOptions, progress: Progress): Promise<ColdResult> => {
  const stage = await openStage();
  try {
    const subjects = await prepare(stage);
    const measured = subjects.map((): FirstAnswer[] => []);
    // The first round only fills the file cache.
    for (let round = 0; round <= rounds; round++) {
      progress(`round ${round} of ${rounds}`);
      for (const [index, subject] of subjects.entries()) {
        const answer = await probe(subject);
        if (round > 0) measured[index]?.push(answer);
      }
    }
    const rows = subjects.map(({ name, entry }, index): ColdRow => {
      const runs = measured[index] ?? [];
      return {
        name,
        import: spread(runs.map(({ importMs }) => importMs)),
        firstAnswer: spread(runs.map(({ answerMs }) => answerMs)),
        weight: weigh(entry),
      };
    });
    const each = (name: string, of: (answer: FirstAnswer) => number) =>
      (measured[subjects.findIndex((subject) => subject.name === name)] ?? []).map(of);
    const against = (of: (answer: FirstAnswer) => number) => spread(ratios(each("receive", of), each("bare client", of)));
    const compared = {
      import: against(({ importMs }) => importMs),
      "import and first answer": against(({ importMs, answerMs }) => importMs + answerMs),
    };
    return { rows, ratios: compared, goal, met: Object.values(compared).every(({ median }) => median <= goal) };
  } finally {
    await stage.close();
  }
};

/** What is not done: maps that Node reads itself, at each start. */
const withNodesMaps = (entry: string): string => {
  for (const file of readdirSync(dirname(entry)).filter((name) => name.endsWith(".mjs")))
    appendFileSync(join(dirname(entry), file), `\n//# sourceMappingURL=${file}.map\n`);
  return entry;
};

const prepare = async (stage: Stage) => {
  const [table, place] = ["cold", (name: string) => join(stage.home, name)];
  await stage.makeRecordsTable(table);
  const environment = { ...stage.environment, RECORDS_TABLE: table, BUCKET: "never-used", SPILL_QUEUE_URL: await stage.makeQueue("spill") };
  const [event] = callbacks(1, stage.secret);
  const put = { TableName: table, Item: { pk: { S: "bare" }, sk: { S: "record" }, body: { S: event?.body ?? "" } } };
  const input = (name: string, value: unknown): string => {
    writeFileSync(place(`${name}.json`), JSON.stringify(value));
    return place(`${name}.json`);
  };
  const yardstick = (name: string) => bundle(join(import.meta.dirname, "cold-bundles", `${name}.ts`), place(name));
  return [
    { name: "empty", entry: await yardstick("empty"), input: input("nothing", {}), environment },
    { name: "bare client", entry: await yardstick("bare-client"), input: input("put", put), environment },
    { name: "receive", entry: stageReceive(place("receive")), input: input("event", event), environment },
    {
      name: "receive, maps by Node",
      entry: withNodesMaps(stageReceive(place("receive-maps"))),
      input: input("event", event),
      environment: { ...environment, NODE_OPTIONS: "--enable-source-maps" },
    },
  ];
};
