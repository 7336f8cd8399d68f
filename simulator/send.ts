/** One attempt: the request exactly as the gateway made it, and what came back, to the byte. */
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import type { RawCallback, Reply } from "../core/callback.ts";

export type Answer =
  | { readonly kind: "answered"; readonly status: number; readonly body: Buffer }
  | { readonly kind: "unanswered"; readonly reason: string };

export interface Attempt {
  readonly raw: RawCallback;
  readonly deadlineMs: number;
  /** The receiver does its work and answers, and the answer gets lost. */
  readonly losesAnswer?: boolean;
}

/** Never throws. */
export const send = ({ raw, deadlineMs, losesAnswer = false }: Attempt): Promise<Answer> =>
  new Promise((done) => {
    const url = new URL(raw.url);
    const isGet = raw.method === "GET";
    const outgoing = (url.protocol === "http:" ? httpRequest : httpsRequest)(url, {
      method: raw.method,
      headers: { ...raw.headers, ...(!isGet && { "content-length": String(raw.body.length) }) },
      signal: AbortSignal.timeout(deadlineMs),
    });
    outgoing.on("response", (response) => {
      if (losesAnswer) {
        response.destroy();
        return done({ kind: "unanswered", reason: "the answer was lost" });
      }
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => done({ kind: "answered", status: response.statusCode ?? 0, body: Buffer.concat(chunks) }));
      response.on("error", (error) => done({ kind: "unanswered", reason: error.message }));
    });
    outgoing.on("error", (error: NodeJS.ErrnoException) => {
      const late = error.name === "AbortError" || error.name === "TimeoutError";
      done({ kind: "unanswered", reason: late ? `no answer within ${deadlineMs / 1000} s` : (error.code ?? error.message) });
    });
    outgoing.end(isGet ? undefined : raw.body);
  });

/** Whether the answer is that word, byte for byte. */
export const isWord = (answer: Answer, word: Reply): boolean =>
  answer.kind === "answered" && answer.status === word.status && answer.body.equals(Buffer.from(word.body));

const shownBytes = 60;

/** For people: `200 OK`. */
export const describeAnswer = (answer: Answer): string => {
  if (answer.kind === "unanswered") return answer.reason;
  const text = answer.body.subarray(0, shownBytes).toString("latin1").replace(/\s+/g, " ").trim();
  return [String(answer.status), text].filter(Boolean).join(" ");
};
