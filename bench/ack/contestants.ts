/** The contestants, and what each gets to run with. */
import { join } from "node:path";
import { bundle } from "../bundle.ts";
import { type Stage, stageReceive } from "../stage.ts";
import { type ContestantProcess, startContestant } from "./contestant-process.ts";

export type Name = "bare put" | "textbook" | "powertools" | "holdfast";

export interface Runner extends ContestantProcess {
  readonly name: Name;
  /** Its table of callbacks. */
  readonly table: string;
}

/** Starts all four, each with a table of its own, in the order in which they will take turns. */
export const startContestants = async (stage: Stage): Promise<readonly Runner[]> => {
  const queues = { textbook: await stage.makeQueue("textbook"), spill: await stage.makeQueue("spill") };
  await stage.makeIdempotencyTable("powertools-idempotency");
  const entries: readonly Entry[] = [
    { name: "bare put", bundle: await bundled(stage, "bare-put"), environment: {} },
    { name: "textbook", bundle: await bundled(stage, "textbook"), environment: { QUEUE_URL: queues.textbook } },
    { name: "powertools", bundle: await bundled(stage, "powertools"), environment: { IDEMPOTENCY_TABLE: "powertools-idempotency" } },
    {
      name: "holdfast",
      bundle: stageReceive(join(stage.home, "receive")),
      environment: { BUCKET: "never-used", SPILL_QUEUE_URL: queues.spill },
    },
  ];
  for (const { name } of entries) await stage.makeRecordsTable(tableOf(name));
  // Nothing can fail from here on, so no process is left behind.
  return entries.map(({ name, ...entry }) => {
    const table = tableOf(name);
    const environment = { ...stage.environment, STRIPE_SECRET: stage.secret, TABLE: table, RECORDS_TABLE: table, ...entry.environment };
    return { name, table, ...startContestant(entry.bundle, environment) };
  });
};

interface Entry {
  readonly name: Name;
  readonly bundle: string;
  readonly environment: Readonly<Record<string, string>>;
}

const tableOf = (name: Name): string => `${name.replace(" ", "-")}-records`;

const bundled = (stage: Stage, name: string): Promise<string> =>
  bundle(join(import.meta.dirname, "contestants", `${name}.ts`), join(stage.home, name));
