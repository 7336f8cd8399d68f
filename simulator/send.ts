/** One attempt: the request exactly as the gateway made it, and what came back, to the byte. */
import { type Agent, request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import type { RawCallback, Reply } from "../core/callback.ts";

type Answer =
  | { readonly kind: "answered"; readonly status: number; readonly body: Buffer }
  | { readonly kind: "unanswered"; readonly reason: string };

interface Attempt {
  /** Its `url` is where it goes. */
  readonly raw: RawCallback;
  readonly deadlineMs: number;
  /** `answer lost`: the receiver answers, and the answer gets lost. `hang up`: the sender closes the connection without waiting for it. */
  readonly fault?: "answer lost" | "hang up" | undefined;
  /** Keeps connections open between attempts to http URLs. */
  readonly agent?: Agent;
}

/** Never throws. */
export const send = ({ raw, deadlineMs, fault, agent }: Attempt): Promise<Answer> =>
  new Promise((done) => {
    const url = new URL(raw.url);
    const isGet = raw.method === "GET";
    const fail = (reason: string) => done({ kind: "unanswered", reason });
    const outgoing = (url.protocol === "http:" ? httpRequest : httpsRequest)(url, {
      method: raw.method,
      headers: { ...raw.headers, ...(!isGet && { "content-length": String(raw.body.length) }) },
      signal: AbortSignal.timeout(deadlineMs),
      ...(agent && { agent: fault === "hang up" ? false : agent }),
    });
    outgoing.on("response", (response) => {
      if (fault) {
        response.destroy();
        return fail("the answer was lost");
      }
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => done({ kind: "answered", status: response.statusCode ?? 0, body: Buffer.concat(chunks) }));
      response.on("error", (error) => fail(error.message));
    });
    outgoing.on("error", (error: NodeJS.ErrnoException) => {
      const late = error.name === "AbortError" || error.name === "TimeoutError";
      fail(late ? `no answer within ${deadlineMs / 1000} s` : (error.code ?? error.message));
    });
    if (fault === "hang up") outgoing.on("close", () => fail("the gateway hung up"));
    outgoing.end(isGet ? undefined : raw.body, () => fault === "hang up" && outgoing.destroy());
  });

/** Whether the answer is that one, byte for byte: a gateway that gets another one's acknowledgement retries. */
export const isAnswer = (answer: Answer, { status, body }: Reply): boolean =>
  answer.kind === "answered" && answer.status === status && answer.body.equals(Buffer.from(body));

const shownBytes = 60;

/** For people: `200 OK`. */
export const describeAnswer = (answer: Answer): string => {
  if (answer.kind === "unanswered") return answer.reason;
  const text = answer.body.subarray(0, shownBytes).toString("latin1").replace(/\s+/g, " ").trim();
  return [String(answer.status), text].filter(Boolean).join(" ");
};
