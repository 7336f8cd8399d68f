/** The real stores of one test on the shared emulators, in tables and queues of its own. */
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { inject } from "vitest";
import { findGateway } from "../../../gateways/index.ts";
import { lastResort, patient } from "../../../io/clients.ts";
import { dynamoDb } from "../../../io/dynamodb.ts";
import { createConflicts } from "../../../io/ledger/conflicts.ts";
import { createLedger } from "../../../io/ledger/ledger.ts";
import { createOpenProgress } from "../../../io/ledger/open-progress.ts";
import { createBodies } from "../../../io/records/bodies.ts";
import { createRecord } from "../../../io/records/record.ts";
import { createRecords } from "../../../io/records/records.ts";
import { createSdkPut } from "../../../io/records/sdk-put.ts";
import { createAws } from "./aws.ts";

export const createStores = async () => {
  const aws = await createAws(inject("endpoints"));
  const client = dynamoDb(patient);
  const bodies = createBodies({ bucket: aws.bucket, limits: lastResort });
  return {
    aws,
    client,
    bodies,
    record: createRecord({ put: createSdkPut({ client, table: aws.recordsTable }), findGateway }),
    records: createRecords({ client, table: aws.recordsTable, bodies }),
    ledger: createLedger({ client, table: aws.ledgerTable }),
    open: createOpenProgress({ client, table: aws.ledgerTable }),
    conflicts: createConflicts({ client, table: aws.ledgerTable }),
  };
};

export interface Call {
  /** `PutItem`, `Query` ... */
  readonly name: string | undefined;
  readonly input: object;
}

/** Every call that this client makes from now on. */
export const watchCalls = (client: DynamoDBClient): Call[] => {
  const calls: Call[] = [];
  client.middlewareStack.add(
    (next, { commandName }) =>
      (args) => {
        calls.push({ name: commandName?.replace("Command", ""), input: args.input });
        return next(args);
      },
    { step: "initialize" },
  );
  return calls;
};
