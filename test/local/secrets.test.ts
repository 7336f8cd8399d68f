import { statSync, writeFileSync } from "node:fs";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Config } from "../../core/config/config.ts";
import { ensureSecrets, serveSecrets } from "../../local/secrets.ts";
import { readSecrets, secretFile } from "../../operator/connect/local-secrets.ts";
import { newDirectory } from "./tiny-stack.ts";

const config: Config = {
  name: "shop",
  targets: {
    app: { kind: "http", url: "https://app.example.com", mode: "pass-through" },
    ledger: { kind: "http", url: "https://ledger.example.com", mode: "signed" },
  },
  sources: {
    "stripe-jp": { gateway: "stripe", target: "app" },
    cards: { gateway: "adyen", target: "app", secretName: "cards-live" },
    sbps: { gateway: "sbps", target: "app" },
  },
};

describe("the file of local secrets", () => {
  test("is made with one random secret per source and signed target, in the gateway's form, for its owner only", () => {
    const home = newDirectory();
    const secrets = ensureSecrets(home, config);
    expect(secrets).toEqual({
      "shop/stripe-jp": { secrets: [expect.stringMatching(/^whsec_[A-Za-z0-9+/]{32}$/)] },
      "cards-live": { secrets: [expect.stringMatching(/^[0-9A-F]{64}$/)] },
      "shop/sbps": { secrets: [expect.stringMatching(/^[A-Za-z0-9]{32}$/)] },
      "shop/target/ledger": { secrets: [expect.stringMatching(/^whsec_/)] },
    });
    expect(statSync(secretFile(home)).mode & 0o777).toBe(0o600);
    expect(ensureSecrets(newDirectory(), config)).not.toEqual(secrets);
  });

  test("has an invented credential for an API that is read back from", () => {
    const options = { readBackSecret: "shop/paidy-api" };
    const secrets = ensureSecrets(newDirectory(), { ...config, sources: { paidy: { gateway: "paidy", target: "app", options } } });
    expect(secrets["shop/paidy-api"]).toEqual({ secrets: [expect.stringMatching(/^[A-Za-z0-9]{32}$/)] });
  });

  test("keeps what is in it, adds what is new, and is closed to others again", () => {
    const home = newDirectory();
    writeFileSync(secretFile(home), JSON.stringify({ "shop/sbps": { secrets: ["mine", "older"] }, other: { secrets: [] } }), {
      mode: 0o644,
    });
    const secrets = ensureSecrets(home, config);
    expect(secrets).toMatchObject({ "shop/sbps": { secrets: ["mine", "older"] }, other: { secrets: [] } });
    expect(Object.keys(secrets)).toHaveLength(5);
    expect(readSecrets(home)).toEqual(secrets);
    expect(statSync(secretFile(home)).mode & 0o777).toBe(0o600);
  });

  test("that is not such JSON is rejected, with the remedy", () => {
    const home = newDirectory();
    writeFileSync(secretFile(home), '{"shop/sbps": "mine"}');
    expect(() => ensureSecrets(home, config)).toThrow("fix it, or delete it");
  });
});

describe("the endpoint", () => {
  const open = async () => {
    const home = newDirectory();
    ensureSecrets(home, config);
    const listening = await serveSecrets(home);
    const client = new SecretsManagerClient({
      endpoint: listening.url,
      region: "us-east-1",
      credentials: { accessKeyId: "a", secretAccessKey: "b" },
      maxAttempts: 1,
    });
    onTestFinished(async () => {
      client.destroy();
      await listening.close();
    });
    return { home, read: async (SecretId: string) => client.send(new GetSecretValueCommand({ SecretId })) };
  };

  test("answers the real client by name and by ARN, with what the file says now", async () => {
    const { home, read } = await open();
    const { SecretString, Name, ARN } = await read("shop/stripe-jp");
    expect([Name, JSON.parse(SecretString ?? "")]).toEqual(["shop/stripe-jp", readSecrets(home)?.["shop/stripe-jp"]]);
    expect((await read(ARN ?? "")).SecretString).toBe(SecretString);
    writeFileSync(secretFile(home), JSON.stringify({ "shop/stripe-jp": { secrets: ["edited"] } }));
    expect((await read("shop/stripe-jp")).SecretString).toBe('{"secrets":["edited"]}');
  });

  test("has no other secrets, and is unavailable while the file is invalid", async () => {
    const { home, read } = await open();
    await expect(read("shop/unknown")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    await expect(read("constructor")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    writeFileSync(secretFile(home), "{half");
    await expect(read("shop/sbps")).rejects.toMatchObject({ name: "InternalServiceError" });
  });
});
