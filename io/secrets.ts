/**
 * Secrets, read from Secrets Manager and kept in memory. How long one that was revoked there may still count here is bounded: by
 * `freshForMs` while Secrets Manager answers, by `staleForMs` while it does not.
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
      /** `not permitted`: who reads it may not; it may well be there. `not put`: it is missing, or in another form. Otherwise it did not come. */
      readonly because?: "not permitted" | "not put";
      /** Why it did not come. */
      readonly error?: unknown;
    };

export interface SecretReader {
  /**
   * All valid secrets under that name, as they were less than five minutes ago. A process at work renews its copy in the background
   * before that; one that was idle for longer waits for the network, as it does the first time.
   */
  read(name: string): Promise<Secrets>;
  /** Reads again, unless that was tried within the last ten seconds: a secret may just have been rotated. False when there was nothing newer. */
  renew(name: string): Promise<boolean>;
}

/** By the SDK's names of the error; the last where the key's policy does not allow it. */
const becauseOf: ReadonlyMap<string, "not permitted" | "not put"> = new Map([
  ["ResourceNotFoundException", "not put"],
  ["AccessDeniedException", "not permitted"],
  ["AccessDenied", "not permitted"],
  ["KMSAccessDeniedException", "not permitted"],
]);

const freshForMs = 5 * minuteMs;
/** Before it is too old, so that a process at work does not wait for it. */
const renewedAheadMs = 4 * minuteMs;
/** Shorter would let a flood of forged callbacks turn into a flood of reads. */
const renewAfterMs = 10_000;

/**
 * For verification: while Secrets Manager does not answer, a copy counts for an hour at most. After that a callback is stored
 * unverified, acknowledged, and verified once the secret can be read again.
 */
export const verifiesForMs = 60 * minuteMs;

export interface SecretSettings {
  readonly limits: CallLimits;
  readonly clock: () => Millis;
  /** How old a copy may become while it cannot be renewed. @default any age: for what we sign or ask with, the other side decides */
  readonly staleForMs?: number;
  /** Asked first, where there is one; the SDK is loaded when that does not succeed, and gets what is left of the time of one request. */
  readonly call?: SignedCall | undefined;
}

/** The last one that was begun. */
interface Reading {
  readonly startedAt: Millis;
  readonly result: Promise<Secrets>;
  isRunning: boolean;
}

export const createSecretReader = ({ limits, clock, staleForMs = Number.POSITIVE_INFINITY, call }: SecretSettings): SecretReader => {
  const readText = createReadText(limits, call);
  const known = new Map<string, { secrets: readonly string[]; readAt: Millis }>();
  const readings = new Map<string, Reading>();

  const fetchNow = async (name: string, startedAt: Millis): Promise<Secrets> => {
    try {
      const secrets = parseSecrets(await readText(name));
      if (!secrets)
        return { kind: "unreadable", reason: `the secret ${name} is not JSON of the form {"secrets": ["..."]}`, because: "not put" };
      // As old as its question, and nothing beside a later one: Lambda may freeze a process for hours before it reads the answer.
      if (readings.get(name)?.startedAt === startedAt) known.set(name, { secrets, readAt: startedAt });
      return { kind: "readable", secrets };
    } catch (error) {
      const why = error instanceof Error ? error.name : "unknown error";
      const because = becauseOf.get(why);
      return { kind: "unreadable", reason: `the secret ${name} cannot be read: ${why}`, ...(because ? { because } : { error }) };
    }
  };
  const fetchAnew = (name: string): Promise<Secrets> => {
    const startedAt = clock();
    const result = fetchNow(name, startedAt);
    const reading: Reading = { startedAt, result, isRunning: true };
    readings.set(name, reading);
    void result.then(() => {
      reading.isRunning = false;
    });
    return result;
  };
  /** A clock that was set back must not keep a copy fresh. */
  const ageOf = (then: Millis): number => (clock() >= then ? clock() - then : Number.POSITIVE_INFINITY);
  /** Undefined when that was tried lately. Attempts count, not successes: a Secrets Manager that throttles us must not get more requests. */
  const fetchUnlessTried = (name: string): Promise<Secrets> | undefined => {
    const last = readings.get(name);
    // One that was begun long ago was frozen with its process; its answer is as old.
    if (!last || ageOf(last.startedAt) >= renewAfterMs) return fetchAnew(name);
    return last.isRunning ? last.result : undefined;
  };

  return {
    async read(name) {
      const copy = known.get(name);
      if (!copy) return fetchUnlessTried(name) ?? fetchAnew(name);
      const age = ageOf(copy.readAt);
      const asItWas: Secrets = { kind: "readable", secrets: copy.secrets };
      if (age < freshForMs) {
        if (age >= renewedAheadMs) void fetchUnlessTried(name);
        return asItWas;
      }
      const now = await fetchUnlessTried(name);
      if (now?.kind === "readable") return now;
      const reason = `the secret ${name} has not been readable for more than ${staleForMs / minuteMs} minutes`;
      return age <= staleForMs ? asItWas : (now ?? { kind: "unreadable", reason });
    },
    async renew(name) {
      const before = known.get(name)?.secrets.join("\n");
      const now = await fetchUnlessTried(name);
      return now?.kind === "readable" && now.secrets.join("\n") !== before;
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
