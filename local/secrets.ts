/**
 * The local secrets: a file that people may edit, made on the first start, and the one call of Secrets Manager that the
 * functions use. Not for real secrets: the file is readable by its owner only, but it is a file.
 */
import { chmodSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Config } from "../core/config/config.ts";
import { postedSources, signedTargets, sourceSecretName, targetSecretName } from "../core/config/of-config.ts";
import { parseJson, textAt } from "../core/formats/json.ts";
import { readSecrets, type SecretFile, secretFile } from "../operator/connect/local-secrets.ts";
import { accountId, region } from "./account.ts";
import { type Listening, listenOn } from "./front/listening.ts";
import { newSecret, newSigningKey } from "./secret-forms.ts";

/** Adds what the configuration needs and the file lacks. Existing entries are left alone. */
export const ensureSecrets = (home: string, config: Config): SecretFile => {
  const known = readSecrets(home) ?? {};
  const sources = postedSources(config).map((source) => {
    const { gateway = "", options } = config.sources[source] ?? {};
    return [sourceSecretName(config, source), newSecret(gateway, options)] as const;
  });
  const targets = signedTargets(config).map((target) => [targetSecretName(config, target), newSigningKey()] as const);
  const apis = Object.values(config.sources).flatMap(({ options }) =>
    options?.readBackSecret ? [[options.readBackSecret, newSecret("")] as const] : [],
  );
  const missing = [...sources, ...targets, ...apis].filter(([name]) => !Object.hasOwn(known, name));
  const all = { ...known, ...Object.fromEntries(missing.map(([name, secret]) => [name, { secrets: [secret] }])) };
  const file = secretFile(home);
  if (missing.length > 0) writeFileSync(file, `${JSON.stringify(all, null, 2)}\n`, { mode: 0o600 });
  // The mode above counts for a new file only.
  chmodSync(file, 0o600);
  return all;
};

/** Answers GetSecretValue by name or ARN. Reads the file each time: the functions keep what they read for minutes anyway. */
export const serveSecrets = (home: string): Promise<Listening> =>
  listenOn(
    createServer((request, response) => void answer(home, request, response)),
    0,
  );

const answer = async (home: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const reply = (status: number, body: object) =>
    response.writeHead(status, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(body));
  if (request.headers["x-amz-target"] !== "secretsmanager.GetSecretValue")
    return void reply(400, { __type: "InvalidRequestException", message: "the local stack knows GetSecretValue only" });
  const name = nameOf(textAt(parseJson(Buffer.concat(chunks)), "SecretId") ?? "");
  let secret: SecretFile[string] | undefined;
  try {
    const secrets = readSecrets(home) ?? {};
    secret = Object.hasOwn(secrets, name) ? secrets[name] : undefined;
  } catch (error) {
    // The file is being edited; to the functions, Secrets Manager is unavailable.
    return void reply(500, { __type: "InternalServiceError", message: String(error) });
  }
  if (!secret) return void reply(400, { __type: "ResourceNotFoundException", message: "Secrets Manager can't find the specified secret." });
  reply(200, { ARN: arnOf(name), Name: name, VersionStages: ["AWSCURRENT"], SecretString: JSON.stringify(secret) });
};

const arnOf = (name: string): string => `arn:aws:secretsmanager:${region}:${accountId}:secret:${name}-local0`;

/** A name is itself; of an ARN it is the last part without the six characters that Secrets Manager adds. */
const nameOf = (secretId: string): string =>
  secretId.startsWith("arn:")
    ? secretId
        .split(":")
        .slice(6)
        .join(":")
        .replace(/-[A-Za-z0-9]{6}$/, "")
    : secretId;
