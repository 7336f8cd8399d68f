/**
 * Secrets, read from Secrets Manager and kept in memory. A Secrets Manager that does not answer must not stop
 * acknowledgements: what was read once is used until it can be read again.
 */
import type { Millis } from "../core/callback.ts";
import { minuteMs } from "../core/durations.ts";
import { at } from "../core/formats/json.ts";
import { lazy } from "../core/lazy.ts";
import { type CallLimits, clientSettings } from "./clients.ts";
import type { SignedCall } from "./direct/signed-call.ts";

export type Secrets =
  | { readonly kind: "readable"; readonly secrets: readonly string[] }
  | {
      readonly kind: "unreadable";
      readonly reason: string;
      /** Who reads it is not allowed to; it may well be there. Otherwise it is missing, in another form, or did not come. */
      readonly because?: "not permitted";
    };

export interface SecretReader {
  /** All valid secrets under that name. Waits for the network only the first time; later the copy is renewed in the background. */
  read(name: string): Promise<Secrets>;
  /** Reads again, unless that was tried within the last ten seconds: a secret may just have been rotated. False when there was nothing newer. */
  renew(name: string): Promise<boolean>;
}

/** The SDK's names of that error; the second where the key's policy does not allow it. */
const notPermitted: ReadonlySet<string> = new Set(["AccessDeniedException", "AccessDenied", "KMSAccessDeniedException"]);

const freshForMs = 5 * minuteMs;
/** Shorter would let a flood of forged callbacks turn into a flood of reads. */
const renewAfterMs = 10_000;

export interface SecretSettings {
  readonly limits: CallLimits;
  readonly clock: () => Millis;
  /** Asked first, where there is one; the SDK is loaded when that does not succeed, and gets what is left of the time of one request. */
  readonly call?: SignedCall | undefined;
}

export const createSecretReader = ({ limits, clock, call }: SecretSettings): SecretReader => {
  const readText = createReadText(limits, call);
  const known = new Map<string, { secrets: readonly string[]; readAt: Millis }>();
  const reading = new Map<string, Promise<Secrets>>();
  const triedAt = new Map<string, Millis>();

  const fetchNow = async (name: string): Promise<Secrets> => {
    try {
      const secrets = parseSecrets(await readText(name));
      if (!secrets) return { kind: "unreadable", reason: `the secret ${name} is not JSON of the form {"secrets": ["..."]}` };
      known.set(name, { secrets, readAt: clock() });
      return { kind: "readable", secrets };
    } catch (error) {
      const why = error instanceof Error ? error.name : "unknown error";
      const reason = `the secret ${name} cannot be read: ${why}`;
      return { kind: "unreadable", reason, ...(notPermitted.has(why) && { because: "not permitted" }) };
    }
  };
  const fetchOnce = (name: string): Promise<Secrets> => {
    const running = reading.get(name);
    if (running) return running;
    triedAt.set(name, clock());
    const started = fetchNow(name).finally(() => reading.delete(name));
    reading.set(name, started);
    return started;
  };
  // Attempts count, not successes: a Secrets Manager that throttles us must not get more requests.
  const triedLately = (name: string): boolean => clock() - (triedAt.get(name) ?? Number.NEGATIVE_INFINITY) < renewAfterMs;

  return {
    async read(name) {
      const copy = known.get(name);
      if (!copy) return fetchOnce(name);
      if (clock() - copy.readAt > freshForMs && !triedLately(name)) void fetchOnce(name);
      return { kind: "readable", secrets: copy.secrets };
    },
    async renew(name) {
      if (triedLately(name) && !reading.has(name)) return false;
      const before = known.get(name)?.secrets.join("\n");
      const now = await fetchOnce(name);
      return now.kind === "readable" && now.secrets.join("\n") !== before;
    },
  };
};

/** The text of a secret. Throws when it cannot be read. */
const createReadText = (limits: CallLimits, call: SignedCall | undefined) => {
  const sdk = lazy(async () => {
    const { GetSecretValueCommand, SecretsManagerClient } = await import("@aws-sdk/client-secrets-manager");
    const client = new SecretsManagerClient(clientSettings(limits));
    return async (name: string, signal?: AbortSignal) => {
      const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: name }), signal ? { abortSignal: signal } : {});
      return SecretString ?? "";
    };
  });
  return async (name: string): Promise<string> => {
    if (!call) return (await sdk())(name);
    const timeoutMs = limits.requestTimeoutMs;
    const signal = AbortSignal.timeout(timeoutMs);
    const answer = await call("secretsmanager.GetSecretValue", JSON.stringify({ SecretId: name }), { timeoutMs, signal });
    const text = answer.kind === "done" ? at(answer.output, "SecretString") : undefined;
    if (typeof text === "string") return text;
    signal.throwIfAborted();
    return (await sdk())(name, signal);
  };
};

/** `{"secrets": ["a", "b"]}`; other fields are allowed beside it. */
export const parseSecrets = (text: string): readonly string[] | undefined => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const secrets = typeof value === "object" && value !== null ? (value as { secrets?: unknown }).secrets : undefined;
  return Array.isArray(secrets) && secrets.every((secret) => typeof secret === "string") ? secrets : undefined;
};
