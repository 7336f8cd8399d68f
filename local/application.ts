/** An application on this machine. The built-in one, for when there is none yet, accepts every delivery; the demo's has faults. */
import { appendFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { Millis } from "../core/callback.ts";
import { isoTime } from "../core/formats/iso-time.ts";
import { parseJson, textAt } from "../core/formats/json.ts";
import { type Listening, listenOn } from "./front/listening.ts";

/** A delivery, as the application sees it. */
export interface Delivery {
  readonly record: string;
  readonly attempt: number;
  /** The idempotency key. */
  readonly id: string;
  readonly path: string;
  readonly body: Buffer;
  /** Of `performance.now()`. */
  readonly arrivedAt: number;
  /** Aborted when the connection ends before the answer. */
  readonly gone: AbortSignal;
}

export interface DeliveryAnswer {
  readonly status: number;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Its `close` aborts what is in flight. @param port 0: any free one. */
export const startApplication = async (take: (delivery: Delivery) => Promise<DeliveryAnswer>, port = 0): Promise<Listening> => {
  const server = createServer((request, response) => {
    void (async () => {
      const arrivedAt = performance.now();
      const gone = new AbortController();
      response.once("close", () => gone.abort());
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const header = (name: string) => String(request.headers[name] ?? "");
      const { status, text, headers } = await take({
        record: header("holdfast-record"),
        attempt: Number(header("holdfast-attempt")),
        id: header("idempotency-key"),
        path: request.url ?? "/",
        body: Buffer.concat(chunks),
        arrivedAt,
        gone: gone.signal,
      });
      response.writeHead(status, { "content-type": "text/plain", ...headers }).end(text);
    })().catch(() => response.writeHead(500).end());
  });
  const listening = await listenOn(server, port);
  return {
    ...listening,
    close: () => {
      const closed = listening.close();
      server.closeAllConnections();
      return closed;
    },
  };
};

/** One line of the built-in application's log. */
export interface Noted {
  readonly at: string;
  readonly record: string;
  readonly attempt: number;
  readonly id: string;
  readonly path: string;
  readonly type?: string;
}

/**
 * Accepts every delivery and logs which record, which attempt, and which type where the body is JSON and says so. No bodies: they
 * are payment data, and `holdfast show` has them.
 */
export const noteIn = (log: string, clock: () => Millis): ((delivery: Delivery) => Promise<DeliveryAnswer>) => {
  let writing: Promise<void> = Promise.resolve();
  return async ({ record, attempt, id, path, body }) => {
    const type = textAt(parseJson(body), "type");
    const noted: Noted = { at: isoTime(clock()), record, attempt, id, path, ...(type !== undefined && { type }) };
    // One after the other, and before the answer: what was answered is in the log.
    writing = writing.then(() => appendFile(log, `${JSON.stringify(noted)}\n`));
    await writing;
    return { status: 200, text: "OK" };
  };
};
