/** Posts until it is acknowledged, or there is no more point: retries with backoff and jitter, each attempt signed at its own time. */
import type { Millis } from "../../core/callback.ts";
import { ApplicationClientError } from "./client-error.ts";

/** What it needs from outside. */
export interface Waiting {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly pause: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  readonly now: () => Millis;
  readonly random: () => number;
}

/** This machine's. */
export const usual: Waiting = {
  fetch: (url, init) => fetch(url, init),
  pause: (ms, signal) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, ms);
      signal?.addEventListener("abort", () => {
        clearTimeout(timer);
        reject(signal.reason);
      });
    }),
  now: Date.now,
  random: Math.random,
};

interface Letter {
  readonly url: string;
  readonly body: string;
  /** The headers of one attempt. */
  readonly sign: () => Record<string, string>;
  readonly timeoutMs: number;
  readonly attempts: number;
  readonly signal?: AbortSignal | undefined;
}

const firstPauseMs = 250;
/** Whoever waits for this has a request of their own to answer. */
const longestPauseMs = 5_000;

/** @throws ApplicationClientError; the signal's reason when that is aborted. */
export const post = async (letter: Letter, waiting: Waiting): Promise<void> => {
  for (let attempt = 1; ; attempt++) {
    const answer = await once(letter, waiting);
    if (answer.kind === "acknowledged") return;
    if (answer.kind === "rejected") throw new ApplicationClientError("rejected", answer.message, { status: answer.status });
    if (attempt >= letter.attempts)
      throw new ApplicationClientError(
        "unreachable",
        `${letter.url} did not acknowledge it in ${attempt} ${attempt === 1 ? "attempt" : "attempts"}: ${answer.detail}. Send it again later; under the same id it is the same event.`,
        { ...(answer.status !== undefined && { status: answer.status }), cause: answer.cause },
      );
    const backoff = waiting.random() * firstPauseMs * 2 ** attempt;
    await waiting.pause(Math.min(longestPauseMs, Math.max(answer.waitMs ?? 0, backoff)), letter.signal);
  }
};

type Answer =
  | { readonly kind: "acknowledged" }
  | { readonly kind: "rejected"; readonly status: number; readonly message: string }
  | { readonly kind: "failed"; readonly detail: string; readonly status?: number; readonly cause?: unknown; readonly waitMs?: number };

const once = async ({ url, body, sign, timeoutMs, signal }: Letter, { fetch }: Waiting): Promise<Answer> => {
  signal?.throwIfAborted();
  const limit = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: sign(),
      body,
      // A redirected POST may arrive as a GET, and a signature does not belong elsewhere.
      redirect: "manual",
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
    // Nothing of it is needed, and the connection is free for the next.
    await response.body?.cancel();
    return answerOf(response);
  } catch (error) {
    signal?.throwIfAborted();
    const detail = limit.aborted ? `no answer within ${timeoutMs} ms` : detailOf(error);
    return { kind: "failed", detail, cause: error };
  }
};

const answerOf = ({ status, headers }: Response): Answer => {
  if (status >= 200 && status < 300) return { kind: "acknowledged" };
  const remedy = remedies[status];
  if (remedy !== undefined) return { kind: "rejected", status, message: `Answered ${status}: ${remedy}` };
  if (status === 408 || status === 425 || status === 429 || status >= 500) {
    const seconds = Number(headers.get("retry-after") ?? Number.NaN);
    return { kind: "failed", detail: `answered ${status}`, status, ...(seconds >= 0 && { waitMs: seconds * 1_000 }) };
  }
  return { kind: "rejected", status, message: `Answered ${status}: what is at this URL is not a source of Holdfast; check \`url\`.` };
};

const remedies: Readonly<Record<number, string>> = {
  401: "the signature does not verify. Give the secret of this source (`npx holdfast doctor` names it), and check that this machine's clock is right to five minutes.",
  404: "there is no such source. The last part of `url` is the name of a source whose gateway is `app`.",
  413: "it is larger than the source takes (`maxBodyBytes`).",
};

/** Node says "fetch failed", and why in the cause. */
const detailOf = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return "the request failed";
  const code = (cause as { readonly code?: unknown }).code;
  return cause.message || (typeof code === "string" ? code : cause.name);
};
