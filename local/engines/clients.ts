/** Clients for the engines. Never with the user's own credentials: a rehearsal must not be able to touch an AWS account. */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBStreamsClient } from "@aws-sdk/client-dynamodb-streams";
import { S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";
import { unlogged } from "../../io/clients.ts";
import type { Endpoints } from "../../operator/connect/stack-file.ts";
import { region } from "../account.ts";

export const credentials = { accessKeyId: "local", secretAccessKey: "local" } as const;

export interface Clients {
  readonly dynamodb: DynamoDBClient;
  readonly streams: DynamoDBStreamsClient;
  readonly sqs: SQSClient;
  readonly s3: S3Client;
  destroy(): void;
}

export const createClients = (endpoints: Pick<Endpoints, "dynamodb" | "sqs" | "s3">): Clients => {
  const at = (endpoint: string) => ({ endpoint, region, credentials });
  const clients = {
    dynamodb: unlogged(new DynamoDBClient(at(endpoints.dynamodb))),
    streams: unlogged(new DynamoDBStreamsClient(at(endpoints.dynamodb))),
    // A queue's URL names the host it was made under; the endpoint is where its engine is now.
    sqs: new SQSClient({ ...at(endpoints.sqs), useQueueUrlAsEndpoint: false }),
    s3: new S3Client({ ...at(endpoints.s3), forcePathStyle: true }),
  };
  return {
    ...clients,
    destroy: () => {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
};

/** The variables with which any AWS SDK, in a function or in the operator's command, talks to the local stack. */
export const sdkEnvironment = (endpoints: Endpoints, home: string): Readonly<Record<string, string>> => ({
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  // The files of the user's own AWS set-up stay out of it; a file that does not exist is an empty one.
  AWS_CONFIG_FILE: `${home}/no-aws-config`,
  AWS_SHARED_CREDENTIALS_FILE: `${home}/no-aws-credentials`,
  AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
  AWS_ENDPOINT_URL_DYNAMODB_STREAMS: endpoints.dynamodb,
  AWS_ENDPOINT_URL_SQS: endpoints.sqs,
  AWS_ENDPOINT_URL_S3: endpoints.s3,
  AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoints.secretsManager,
  ...(endpoints.lambda !== undefined && { AWS_ENDPOINT_URL_LAMBDA: endpoints.lambda }),
  ...(endpoints.sns !== undefined && { AWS_ENDPOINT_URL_SNS: endpoints.sns }),
  ...(endpoints.eventBridge !== undefined && { AWS_ENDPOINT_URL_EVENTBRIDGE: endpoints.eventBridge }),
});
