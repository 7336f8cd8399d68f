/** Who runs against whom, and what each is given to run with. */
import { join } from "node:path";
import { bundle } from "./bundle.ts";
import { type ContestantProcess, startContestant } from "./contestant-process.ts";
import { type Stage, stageReceive } from "./stage.ts";

export type Name = "bare put" | "textbook" | "powertools" | "holdfast";

export interface Runner extends ContestantProcess {
  readonly name: Name;
  /** Its table of callbacks. */
  readonly table: string;
}

/** Starts all four, each with a table of its own, in the order in which they will take turns. */
export const startContestants = (stage: Stage): Promise<readonly Runner[]> =>
  Promise.all([
    start(stage, "bare put", (directory) => bundle(program("bare-put"), directory)),
    start(stage, "textbook", (directory) => bundle(program("textbook"), directory), async () => ({ QUEUE_URL: await stage.makeQueue("textbook") })),
    start(stage, "powertools", (directory) => bundle(program("powertools"), directory), async () => {
      await stage.makeIdempotencyTable("powertools-idempotency");
      return { IDEMPOTENCY_TABLE: "powertools-idempotency" };
    }),
    start(stage, "holdfast", stageReceive, async () => ({ BUCKET: "never-used", SPILL_QUEUE_URL: await stage.makeQueue("spill") })),
  ]);

const program = (name: string): string => join(import.meta.dirname, "contestants", `${name}.ts`);

const start = async (
  stage: Stage,
  name: Name,
  place: (directory: string) => Promise<string> | string,
  prepare: () => Promise<Readonly<Record<string, string>>> = async () => ({}),
): Promise<Runner> => {
  const table = `${name.replace(" ", "-")}-records`;
  await stage.makeRecordsTable(table);
  const environment = { ...stage.environment, STRIPE_SECRET: stage.secret, TABLE: table, RECORDS_TABLE: table, ...(await prepare()) };
  return { name, table, ...startContestant(await place(join(stage.home, name.replace(" ", "-"))), environment) };
};
