/** Asks a gateway's API about the events of one callback, page by page, each question once. What one turn has no time for is kept for the next. */
import { excerptOf } from "../../core/answer-excerpt.ts";
import type { PublicSettings } from "../../core/config/config.ts";
import { isOnThisMachine, type ReadBackSettings } from "../../core/config/read-back-options.ts";
import type { PaymentEvent } from "../../core/event.ts";
import { lazy } from "../../core/lazy.ts";
import { sentenceOf } from "../../core/lifecycle/cause-text.ts";
import type { ApiRequest, Page, ReadBack } from "../../core/read-back.ts";
import type { SecretReader } from "../secrets.ts";
import { sendHttp } from "../targets/http.ts";
import type { ReadBackOrder, Unavailable } from "./order.ts";

/** For one answer. */
const usualTimeoutMs = 5_000;
/** Of a hundred payments each, about one event: a shop with more renewals a day is reported as incomplete. */
const mostPages = 50;
const mostBytes = 2 * 1024 * 1024;

const thisMachine = ["127.0.0.0/8", "::1/128"];

const unavailable = (detail: string): Unavailable => ({ kind: "unavailable", cause: { kind: "read-back unavailable", detail } });

const noCredential = (read: Awaited<ReturnType<SecretReader["read"]>>, secret: string): Unavailable => {
  const detail = read.kind === "unreadable" ? read.reason : `the secret ${secret} holds no credential`;
  return { kind: "unavailable", cause: { kind: "secret unreadable", secret, detail: `nothing can be read back: ${detail}` } };
};

type Unanswered =
  /** The API has answered, and knows no more: not found, or not what it documents. */
  { readonly kind: "refused"; readonly reason: string } | { readonly kind: "partly" } | Unavailable;

type Asked = { readonly kind: "completed"; readonly events: readonly PaymentEvent[] } | Unanswered;
type Answered = { readonly kind: "body"; readonly body: Uint8Array } | Unanswered;

/** @returns what asks for one event; several of one callback share their answers */
export const createAsking = (at: {
  readonly secrets: Pick<SecretReader, "read">;
  readonly timeoutMs?: number;
  readonly order: ReadBackOrder;
  readonly readBack: ReadBack;
  readonly given: PublicSettings;
  readonly settings: ReadBackSettings;
}) => {
  const { order, readBack, given, settings, timeoutMs = usualTimeoutMs } = at;
  const { url: base, secretName } = settings;
  const { timeLeft = () => Number.POSITIVE_INFINITY, pages } = order;
  /** Several events of one callback may ask the same question. */
  const answers = new Map<string, Promise<Answered>>();
  const prefix = base.pathname.replace(/\/$/, "");
  const kept = lazy(async () => (await pages?.read()) ?? new Map<string, Page>());
  const credentials = lazy(() => at.secrets.read(secretName));
  /** Of this turn. */
  const toKeep: (readonly [name: string, page: Page])[] = [];
  let [hasRead, isKept] = [false, false];

  return async (event: PaymentEvent): Promise<Asked> => {
    const events: PaymentEvent[] = [];
    let from: string | undefined;
    for (let count = 0; count < mostPages; count++) {
      const page = await pageOf(event, from);
      if ("kind" in page) return page;
      events.push(...page.events);
      if (page.from === undefined) return { kind: "completed", events };
      from = page.from;
    }
    return { kind: "refused", reason: `${base.host}: more than ${mostPages} pages` };
  };

  async function pageOf(event: PaymentEvent, from: string | undefined): Promise<Page | Unanswered> {
    const question = readBack.ask(event, order.callback, given, from);
    if (!question) return { events: [event] };
    const name = `${event.id} ${from ?? ""}`;
    const known = (await kept()).get(name);
    if (known) return known;
    const found = await credentials();
    const credential = found.kind === "readable" ? found.secrets[0] : undefined;
    if (credential === undefined) return noCredential(found, secretName);
    const request = question.request(credential);
    const asked = `${request.method} ${request.path} ${request.body ?? ""}`;
    const answering = answers.get(asked) ?? send(request);
    answers.set(asked, answering);
    const answer = await answering;
    if (answer.kind !== "body") {
      if (answer.kind !== "refused" && hasRead) await keepAll();
      return answer;
    }
    let page: Page;
    try {
      const { kind: _, ...learnt } = question.read(answer.body);
      page = learnt;
    } catch (error) {
      return {
        kind: "refused",
        reason: `${base.host}: ${error instanceof Error ? excerptOf(error.message) : "the answer cannot be read"}`,
      };
    }
    await keep(name, page);
    return page;
  }

  /** A single answer is asked for again sooner than it is kept; of several all are. */
  async function keep(name: string, page: Page): Promise<void> {
    toKeep.push([name, page]);
    hasRead = true;
    if (toKeep.length > 1 || isKept || (await kept()).size > 0) await keepAll();
  }

  async function keepAll(): Promise<void> {
    for (const [name, page] of toKeep.splice(0)) await pages?.keep(name, page);
    isKept = true;
  }

  async function send({ method, path, headers, body }: ApiRequest): Promise<Answered> {
    // What may not be answered in time is not begun. Where nothing was read in this turn, it is an attempt without an answer.
    if (timeLeft() < timeoutMs) return hasRead ? { kind: "partly" } : unavailable(`${base.host} could not be asked in time`);
    const outcome = await sendHttp({
      url: new URL(prefix + path, base),
      method,
      headers,
      body: Buffer.from(body ?? ""),
      timeoutMs,
      allowAddresses: isOnThisMachine(base) ? thisMachine : [],
      readBytes: mostBytes,
      signal: order.signal,
    });
    if (outcome.kind !== "answered") return unavailable(sentenceOf(outcome.cause));
    const { status } = outcome;
    if (status >= 200 && status < 300)
      return outcome.isWhole
        ? { kind: "body", body: outcome.body }
        : unavailable(`the answer of ${base.host} broke off, or is longer than ${mostBytes} bytes`);
    if (status === 401 || status === 403) return { kind: "unavailable", cause: { kind: "credential refused", host: base.host, status } };
    if (status === 408 || status === 425 || status === 429 || status >= 500) return unavailable(`${base.host} answered ${status}`);
    // A redirect is not followed: the credential stays where it belongs.
    return { kind: "refused", reason: `${base.host} answered ${status}` };
  }
};
