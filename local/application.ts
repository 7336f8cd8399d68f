/**
 * An application for when there is none yet: takes every delivery, and notes what came - which record, which attempt, which
 * type where the body is JSON and says so. No bodies: they are payment data, and `holdfast show` has them.
 */
import { appendFile } from "node:fs/promises";
import { createServer } from "node:http";
import { parseJson, textAt } from "../core/formats/json.ts";
import { type Listening, listenOn } from "./front/listening.ts";

/** One line of the application's log. */
export interface Noted {
  readonly at: string;
  readonly record: string;
  readonly attempt: number;
  readonly id: string;
  readonly path: string;
  readonly type?: string;
}

export interface Application extends Listening {
  readonly log: string;
}

export const startApplication = async (log: string): Promise<Application> => {
  let writing: Promise<void> = Promise.resolve();
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const header = (name: string) => String(request.headers[name] ?? "");
      const type = textAt(parseJson(Buffer.concat(chunks)), "type");
      const noted: Noted = {
        at: new Date().toISOString(),
        record: header("holdfast-record"),
        attempt: Number(header("holdfast-attempt")),
        id: header("idempotency-key"),
        path: request.url ?? "/",
        ...(type !== undefined && { type }),
      };
      // One after the other, and before the answer: what was answered is in the log.
      writing = writing.then(() => appendFile(log, `${JSON.stringify(noted)}\n`));
      await writing;
      response.writeHead(200, { "content-type": "text/plain" }).end("OK");
    })().catch(() => response.writeHead(500).end());
  });
  return { ...(await listenOn(server, 0)), log };
};
