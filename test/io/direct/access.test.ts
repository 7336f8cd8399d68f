import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { ListSecretsCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { directAccess } from "../../../io/direct/access.ts";

const keys = { AWS_REGION: "eu-west-1", AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "secret" };
const services = { dynamodb: "dynamodb", "secrets manager": "secretsmanager" } as const;

/** Where the SDK would send a call in that environment. */
const sdkSends = async (service: "dynamodb" | "secretsmanager", environment: Readonly<Record<string, string>>) => {
  for (const name of Object.keys(process.env).filter((one) => one.startsWith("AWS_"))) vi.stubEnv(name, undefined);
  for (const [name, value] of Object.entries({ AWS_CONFIG_FILE: "/nowhere", AWS_SHARED_CREDENTIALS_FILE: "/nowhere", ...environment }))
    vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
  const sent: { protocol: string; hostname: string; port?: number; headers: Record<string, string> }[] = [];
  const requestHandler = {
    handle: async (request: (typeof sent)[number]) => {
      sent.push(request);
      throw new Error("seen enough");
    },
  };
  const settings = { requestHandler, maxAttempts: 1 };
  const call =
    service === "dynamodb"
      ? new DynamoDBClient(settings).send(new ListTablesCommand())
      : new SecretsManagerClient(settings).send(new ListSecretsCommand());
  await expect(call).rejects.toThrow();
  const [request] = sent;
  return request && { isSecure: request.protocol === "https:", hostname: request.hostname, host: request.headers.host };
};

const regions =
  "us-east-1 us-west-2 eu-central-1 ap-northeast-1 ap-southeast-7 ca-west-1 mx-central-1 il-central-1 us-gov-west-1 cn-north-1";

describe.each(Object.entries(services))("%s is called directly", (_, service) => {
  test.each(regions.split(" "))("where the SDK would call it in %s", async (region) => {
    const environment = { ...keys, AWS_REGION: region };
    const access = directAccess(service, environment);
    expect(access).toMatchObject({ region, port: 443, ...(await sdkSends(service, environment)) });
  });

  test.each([
    { AWS_ENDPOINT_URL: "http://127.0.0.1:4566" },
    { AWS_ENDPOINT_URL: "https://vpce-1.example.com" },
    { AWS_ENDPOINT_URL: "https://vpce-1.example.com/" },
    {
      AWS_ENDPOINT_URL: "http://127.0.0.1:1",
      AWS_ENDPOINT_URL_DYNAMODB: "http://localhost:8000",
      AWS_ENDPOINT_URL_SECRETS_MANAGER: "http://[::1]:8001",
    },
  ])("where the SDK would call it with %o", async (endpoints) => {
    const environment = { ...keys, ...endpoints };
    expect(directAccess(service, environment)).toMatchObject((await sdkSends(service, environment)) ?? {});
  });

  test.each([
    { AWS_REGION: undefined },
    { AWS_ACCESS_KEY_ID: undefined },
    { AWS_SECRET_ACCESS_KEY: "" },
    { AWS_PROFILE: "shop" },
    { AWS_ACCOUNT_ID: "111122223333" },
    { AWS_CREDENTIAL_EXPIRATION: "2026-11-26T12:00:00Z" },
    { AWS_USE_FIPS_ENDPOINT: "true" },
    { AWS_USE_DUALSTACK_ENDPOINT: "true" },
    { AWS_CONFIG_FILE: "/home/somebody/.aws/config" },
    { AWS_REGION: "us-iso-east-1" },
    { AWS_REGION: "eusc-de-east-1" },
    { AWS_REGION: "evil.example.com/" },
    { AWS_ENDPOINT_URL: "https://proxy.example.com/dynamodb" },
    { AWS_ENDPOINT_URL: "https://name:password@example.com" },
    { AWS_ENDPOINT_URL: "localhost:8000" },
  ])("not at all with %o: that is for the SDK", (change) => {
    expect(directAccess(service, { ...keys, ...change })).toBeUndefined();
  });
});

test("the session's token is part of the credentials", () => {
  expect(directAccess("dynamodb", { ...keys, AWS_SESSION_TOKEN: "token" })?.credentials).toEqual({
    accessKeyId: "AKIDEXAMPLE",
    secretAccessKey: "secret",
    sessionToken: "token",
  });
});
