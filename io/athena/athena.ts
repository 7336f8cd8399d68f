/**
 * Queries of Athena: started, waited for, stopped. A query that fails is a reason to stop, with Athena's own words; whatever else goes wrong on the way is tried again by
 * the SDK within its limits.
 */
import { setTimeout as wait } from "node:timers/promises";
import { Failure } from "../../core/failure.ts";
import { lazy } from "../../core/lazy.ts";
import { type CallLimits, clientSettings, unlogged } from "../clients.ts";

export interface AthenaSettings {
  readonly workgroup: string;
  readonly limits: CallLimits;
  /** Stops what runs. */
  readonly signal: AbortSignal;
}

export interface Workgroup {
  /** Where results go: `s3://bucket/results/`. */
  readonly output: string;
  /** The most that one query may scan. */
  readonly mostBytes: number | undefined;
}

export interface Query {
  readonly id: string;
  /** Where its rows are, as CSV. */
  readonly output: string;
  readonly scannedBytes: number;
}

export interface Athena {
  /** @throws Failure when there is none */
  workgroup(): Promise<Workgroup>;
  /** Waits for its end. @throws Failure when it fails, or is stopped */
  run(sql: string, database: string | undefined): Promise<Query>;
}

/** From a look to the next: CTAS over a large table takes minutes, a small query a second. */
const [firstWaitMs, longestWaitMs] = [200, 5_000];

export const createAthena = ({ workgroup, limits, signal }: AthenaSettings): Athena => {
  const load = lazy(async () => {
    const sdk = await import("@aws-sdk/client-athena");
    return { ...sdk, client: unlogged(new sdk.AthenaClient(clientSettings(limits))) };
  });
  const stop = async (QueryExecutionId: string): Promise<never> => {
    const { client, StopQueryExecutionCommand } = await load();
    await client.send(new StopQueryExecutionCommand({ QueryExecutionId }));
    throw new Failure(`Interrupted: Athena's query ${QueryExecutionId} was stopped. Nothing was changed.`);
  };
  return {
    async workgroup() {
      const { client, GetWorkGroupCommand } = await load();
      const found = await client.send(new GetWorkGroupCommand({ WorkGroup: workgroup })).catch((error: unknown) => {
        if (!(error instanceof Error) || error.name !== "InvalidRequestException") throw error;
        throw new Failure(
          `There is no workgroup ${workgroup} in Athena (${error.message}): deploy with \`reconciliation: { athena: true }\`, or omit --engine. Nothing was changed.`,
        );
      });
      const { ResultConfiguration, BytesScannedCutoffPerQuery } = found.WorkGroup?.Configuration ?? {};
      const output = ResultConfiguration?.OutputLocation;
      if (output === undefined)
        throw new Failure(`Athena's workgroup ${workgroup} does not say where results go: deploy the stack again. Nothing was changed.`);
      return { output, mostBytes: BytesScannedCutoffPerQuery };
    },
    async run(sql, database) {
      const { client, StartQueryExecutionCommand, GetQueryExecutionCommand } = await load();
      if (signal.aborted) throw new Failure("Interrupted: no query of Athena was running. Nothing was changed.");
      const { QueryExecutionId: id = "" } = await client.send(
        new StartQueryExecutionCommand({
          QueryString: sql,
          WorkGroup: workgroup,
          ...(database !== undefined && { QueryExecutionContext: { Database: database } }),
        }),
      );
      for (let waitMs = firstWaitMs; ; waitMs = Math.min(longestWaitMs, waitMs * 1.5)) {
        if (signal.aborted) return stop(id);
        const { QueryExecution } = await client.send(new GetQueryExecutionCommand({ QueryExecutionId: id }));
        const { State, StateChangeReason = "it does not say why" } = QueryExecution?.Status ?? {};
        if (State === "SUCCEEDED")
          return {
            id,
            output: QueryExecution?.ResultConfiguration?.OutputLocation ?? "",
            scannedBytes: QueryExecution?.Statistics?.DataScannedInBytes ?? 0,
          };
        if (State === "FAILED" || State === "CANCELLED")
          throw new Failure(
            `Athena's query ${id} ${State === "FAILED" ? "failed" : "was cancelled"}: ${StateChangeReason}. ${remedyOf(StateChangeReason)} Nothing was changed.`,
          );
        await wait(waitMs, undefined, { signal }).catch(() => {});
      }
    },
  };
};

const remedyOf = (reason: string): string => {
  if (/bytes scanned limit/i.test(reason))
    return "Raise `reconciliation.bytesPerQuery` of the construct and deploy, or compare without --engine.";
  if (/access ?denied|not authorized|insufficient/i.test(reason))
    return "Give your role `grantReconcile`, and read access to the folder of the table's export.";
  return "Compare without --engine, or look at the query in Athena's console.";
};
