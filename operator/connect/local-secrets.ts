/** `.holdfast/secrets.json`: the secrets of a local stack, which people may edit. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../../core/failure.ts";
import { parseJson } from "../../core/formats/json.ts";

/** By name: what is in the secret's JSON. */
export type SecretFile = Readonly<Record<string, { readonly secrets: readonly string[] }>>;

export const secretFile = (home: string): string => join(home, "secrets.json");

/** The file as it is now; undefined when there is none yet. */
export const readSecrets = (home: string): SecretFile | undefined => {
  const file = secretFile(home);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
  const value = parseJson(Buffer.from(text));
  if (!isSecretFile(value))
    throw new Failure(`${file} is not JSON of the form {"name": {"secrets": ["..."]}}: fix it, or delete it to get new secrets.`);
  return value;
};

const isSecretFile = (value: unknown): value is SecretFile =>
  typeof value === "object" &&
  value !== null &&
  Object.values(value).every((one: unknown) => {
    const secrets = typeof one === "object" && one !== null ? (one as { secrets?: unknown }).secrets : undefined;
    return Array.isArray(secrets) && secrets.every((secret) => typeof secret === "string");
  });
