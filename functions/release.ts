/**
 * Release, every minute and all of it: releases what waits for a hold that is being lifted, each target at its own pace, and tries
 * one record after another while the circuit breaker holds. With nothing on hold it ends at once.
 */
import { setTimeout } from "node:timers/promises";
import { dynamoDb } from "../io/dynamodb.ts";
import { bounded } from "../io/ending-calls.ts";
import { createHolds } from "../io/ledger/holds/holds.ts";
import { createLedger } from "../io/ledger/ledger.ts";
import { createOpenProgress } from "../io/ledger/open-progress.ts";
import { createQueue } from "../io/queues/queue.ts";
import { background } from "./shell/background.ts";
import type { Invocation } from "./shell/invocation.ts";
import { environment } from "./shell/settings.ts";
import { oneByOne } from "./steps/one-by-one.ts";
import type { ReleaseDependencies } from "./steps/release/dependencies.ts";
import { releaseTarget } from "./steps/release/release-target.ts";

export type Environment = {
  readonly LEDGER_TABLE: string;
  readonly QUEUE_URL: string;
};

/** For the round that is being made when the time is over. */
const reserveMs = 10_000;

export const createRelease =
  (dependencies: Omit<ReleaseDependencies, "hasTime" | "report">) =>
  async (_event: unknown, { timeLeft, signal, report }: Invocation): Promise<void> => {
    const steps: ReleaseDependencies = { ...dependencies, report, hasTime: () => !signal.aborted && timeLeft() > reserveMs };
    const each = oneByOne({ report }, "release");
    const { targets } = steps.config;
    const [known] = await each.all(
      [targets],
      () => "targets",
      (configured) => steps.holds.targets(configured),
    );
    await each.all(
      known ?? Object.keys(targets),
      (target) => `target ${target}`,
      (target) => releaseTarget(steps, each, target),
    );
    each.end();
  };

export const handler = background(({ config }) => {
  const names = environment<Environment>(["LEDGER_TABLE", "QUEUE_URL"]);
  const ledgerTable = { client: dynamoDb(bounded), table: names.LEDGER_TABLE };
  return createRelease({
    config,
    ledger: createLedger(ledgerTable),
    holds: createHolds({ ...ledgerTable, clock: Date.now }),
    open: createOpenProgress(ledgerTable),
    doorbells: createQueue({ url: names.QUEUE_URL, limits: bounded }),
    clock: Date.now,
    pause: setTimeout,
  });
});
