/**
 * Step 6 of the path, before the ledger: completes events that their callback could not. The callback has long been
 * acknowledged and recorded, so an unavailable API costs time and nothing else.
 */
import type { VerifiedCallback } from "../../core/callback.ts";
import { type Config, type PublicSettings, publicSettings } from "../../core/config/config.ts";
import type { PaymentEvent } from "../../core/event.ts";
import type { CredentialRefused, ReadBackUnavailable, SecretUnreadable } from "../../core/lifecycle/cause.ts";
import { sentenceOf } from "../../core/lifecycle/cause-text.ts";
import {
  type ApiRequest,
  isApiUrl,
  isIncomplete,
  isOnThisMachine,
  type Question,
  type ReadBack,
  readBackSettings,
} from "../../core/read-back.ts";
import type { SecretReader } from "../secrets.ts";
import { sendHttp } from "./http.ts";

export type Completed =
  /** What is known now. `lacking` says, for people, what could not be read back and why; the events carry it too. */
  | { readonly kind: "known"; readonly events: readonly PaymentEvent[]; readonly lacking?: string }
  /** The API gave no usable answer: the record is to be retried. */
  | { readonly kind: "unavailable"; readonly cause: SecretUnreadable | CredentialRefused | ReadBackUnavailable };

type Unavailable = Extract<Completed, { readonly kind: "unavailable" }>;

const unavailable = (detail: string): Unavailable => ({ kind: "unavailable", cause: { kind: "read-back unavailable", detail } });

export interface ReadBackOrder {
  readonly callback: VerifiedCallback;
  readonly gateway: string;
  readonly events: readonly PaymentEvent[];
  /** Ends it early: what has no answer by then is unavailable. */
  readonly signal?: AbortSignal;
}

/** Never throws. Events of a source that reads nothing back come back as they are. */
export type ReadBackPort = (order: ReadBackOrder) => Promise<Completed>;

export interface ReadBackDependencies {
  readonly config: Config;
  readonly findReadBack: (gateway: string) => ReadBack | undefined;
  readonly secrets: Pick<SecretReader, "read">;
  readonly timeoutMs?: number;
}

/** A consumer waits for this, and has a delivery before it: one answer, and all of them together. */
const usualTimeoutMs = 5_000;
const mostMs = 10_000;
/** Pages of a hundred payments each: a shop with more renewals a day is reported as incomplete. */
const mostQuestions = 50;
const mostBytes = 2 * 1024 * 1024;

export const createReadBack = (dependencies: ReadBackDependencies): ReadBackPort => {
  const { config, findReadBack, secrets } = dependencies;
  return async ({ callback, gateway, events, signal }) => {
    const asIs: Completed = { kind: "known", events };
    const readBack = findReadBack(gateway);
    const given = publicSettings(config, callback.source);
    const settings = readBack && settingsOf(given, readBack);
    if (!readBack || !settings) return asIs;
    const wanted = (event: PaymentEvent) => settings.when === "always" || isIncomplete(event);
    if (!events.some(wanted)) return asIs;

    const credentials = await secrets.read(settings.secretName);
    const credential = credentials.kind === "readable" ? credentials.secrets[0] : undefined;
    if (credential === undefined) return noCredential(credentials, settings.secretName);

    const ask = createAsking({ ...dependencies, base: settings.url, credential, signal });
    const known: PaymentEvent[] = [];
    const lacking: string[] = [];
    for (const event of events) {
      const question = wanted(event) ? readBack.ask(event, callback, given) : undefined;
      const learnt = question ? await ask(question) : ({ kind: "told", events: [event] } as const);
      if (learnt.kind === "unavailable") return learnt;
      known.push(...(learnt.kind === "told" ? learnt.events : [event]));
      if (learnt.kind === "refused") lacking.push(learnt.reason);
    }
    return { kind: "known", events: distinct(known), ...(lacking.length > 0 && { lacking: [...new Set(lacking)].join("; ") }) };
  };
};

const thisMachine = ["127.0.0.0/8", "::1/128"];

/** Nothing is read back from a URL to which a credential must not travel; the configuration check reports that beforehand. */
const settingsOf = (settings: PublicSettings, readBack: ReadBack) => {
  const url = settings.options?.readBackUrl;
  return url !== undefined && !isApiUrl(url) ? undefined : readBackSettings(settings, readBack);
};

const noCredential = (read: Awaited<ReturnType<SecretReader["read"]>>, secret: string): Unavailable => {
  const detail = read.kind === "unreadable" ? read.reason : `the secret ${secret} holds no credential`;
  return { kind: "unavailable", cause: { kind: "secret unreadable", secret, detail: `nothing can be read back: ${detail}` } };
};

/** Two events can list the same payment; the first one counts. */
const distinct = (events: readonly PaymentEvent[]): readonly PaymentEvent[] =>
  [...new Map(events.toReversed().map((event) => [event.id, event])).values()].toReversed();

type Asked =
  | { readonly kind: "told"; readonly events: readonly PaymentEvent[] }
  /** The API has answered, and knows no more: not found, or not what it documents. */
  | { readonly kind: "refused"; readonly reason: string }
  | Unavailable;

type Answered = { readonly kind: "body"; readonly body: Uint8Array } | Exclude<Asked, { readonly kind: "told" }>;

const createAsking = (
  at: ReadBackDependencies & { readonly base: URL; readonly credential: string; readonly signal: AbortSignal | undefined },
) => {
  /** Several events of one callback may ask the same question. */
  const answers = new Map<string, Promise<Answered>>();
  const prefix = at.base.pathname.replace(/\/$/, "");
  const until = performance.now() + mostMs;

  return async (first: Question): Promise<Asked> => {
    let question = first;
    for (let asked = 0; asked < mostQuestions; asked++) {
      const request = question.request(at.credential);
      const name = `${request.method} ${request.path} ${request.body ?? ""}`;
      const answering = answers.get(name) ?? send(request);
      answers.set(name, answering);
      const answer = await answering;
      if (answer.kind !== "body") return answer;
      try {
        const learnt = question.read(answer.body);
        if (learnt.kind === "told") return learnt;
        question = learnt.next;
      } catch (error) {
        return { kind: "refused", reason: `${at.base.host}: ${error instanceof Error ? error.message : "the answer cannot be read"}` };
      }
    }
    return { kind: "refused", reason: `${at.base.host}: more than ${mostQuestions} pages` };
  };

  async function send({ method, path, headers, body }: ApiRequest): Promise<Answered> {
    const leftMs = until - performance.now();
    if (leftMs <= 0) return unavailable(`${at.base.host} takes longer than ${mostMs / 1000} s to answer everything`);
    const outcome = await sendHttp({
      url: new URL(prefix + path, at.base),
      method,
      headers,
      body: Buffer.from(body ?? ""),
      timeoutMs: Math.min(leftMs, at.timeoutMs ?? usualTimeoutMs),
      allowAddresses: isOnThisMachine(at.base) ? thisMachine : [],
      readBytes: mostBytes,
      signal: at.signal,
    });
    if (outcome.kind !== "answered") return unavailable(sentenceOf(outcome.cause));
    const { status } = outcome;
    if (status >= 200 && status < 300)
      return outcome.isWhole
        ? { kind: "body", body: outcome.body }
        : unavailable(`the answer of ${at.base.host} broke off, or is longer than ${mostBytes} bytes`);
    if (status === 401 || status === 403) return { kind: "unavailable", cause: { kind: "credential refused", host: at.base.host, status } };
    if (status === 408 || status === 425 || status === 429 || status >= 500) return unavailable(`${at.base.host} answered ${status}`);
    // A redirect is not followed: the credential stays where it belongs.
    return { kind: "refused", reason: `${at.base.host} answered ${status}` };
  }
};
