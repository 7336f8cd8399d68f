/**
 * An application with the faults of real ones: now and then slow, now and then a 500 or a 429, unreachable for a while, and
 * with a bug that makes it refuse one contract until somebody mends it. Its log says what really reached it, and when.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { digest } from "../../core/signature.ts";
import { freePort, loopback } from "../engines/ports.ts";
import { listenOn } from "../front/listening.ts";
import { pause } from "../wait.ts";
import { fraction } from "./random.ts";

/** One delivery as the application saw it. Moments are those of `performance.now()`. */
export interface Seen {
  readonly record: string;
  readonly idempotencyKey: string;
  /** Of the bytes that came. */
  readonly sha256: string;
  readonly arrivedAt: number;
  /** Absent while it is at work, and for ever when the connection broke first. */
  readonly answered?: { readonly status: number; readonly at: number };
  /** When it was answered, or the connection ended. */
  readonly endedAt: number;
}

export interface Application {
  readonly url: string;
  readonly log: readonly Seen[];
  /** Connections are refused from now on. */
  goDown(): Promise<void>;
  comeBack(): Promise<void>;
  /** No contract is refused any more. */
  mend(): void;
  close(): Promise<void>;
}

/** @param refused the name of the contract that it cannot cope with. */
export const startApplication = async ({ seed, refused }: { readonly seed: number; readonly refused: string }): Promise<Application> => {
  const log: Seen[] = [];
  const known = new Set<string>();
  const port = await freePort();
  let isMended = false;
  let server: Server | undefined;

  const answer = async (record: string, body: Buffer): Promise<{ status: number; headers?: Record<string, string>; text: string }> => {
    const isNew = !known.has(record);
    known.add(record);
    if (!isMended && body.includes(refused)) return { status: 422, text: `unknown plan in ${refused}` };
    const mood = fraction([seed, record]);
    if (isNew && mood < 0.04) return { status: 500, text: "deadlock detected, please retry" };
    if (isNew && mood < 0.06) return { status: 429, headers: { "retry-after": "1" }, text: "slow down" };
    if (mood > 0.93) await pause(100 + (mood - 0.93) * 5_000);
    return { status: 200, text: "thanks" };
  };

  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const at = log.length;
    const header = (name: string) => String(request.headers[name] ?? "");
    const arrivedAt = performance.now();
    const seen: Seen = {
      record: header("holdfast-record"),
      idempotencyKey: header("idempotency-key"),
      sha256: "",
      arrivedAt,
      endedAt: Number.POSITIVE_INFINITY,
    };
    log.push(seen);
    const note = (more: Partial<Seen>) => {
      log[at] = { ...(log[at] ?? seen), ...more };
    };
    // What was answered has ended with its answer: by the time its connection says so, the next delivery may have come.
    response.once("close", () => {
      if (!log[at]?.answered) note({ endedAt: performance.now() });
    });
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    note({ sha256: digest("sha256", [body]) });
    const { status, headers, text } = await answer(seen.record, body);
    if (response.destroyed) return;
    const answeredAt = performance.now();
    note({ answered: { status, at: answeredAt }, endedAt: answeredAt });
    response.writeHead(status, { "content-type": "text/plain", ...headers }).end(text);
  };

  const listen = async () => {
    server = createServer((request, response) => void take(request, response).catch(() => response.destroy()));
    await listenOn(server, port);
  };
  const goDown = () =>
    new Promise<void>((done) => {
      if (!server) return done();
      server.close(() => done());
      server.closeAllConnections();
      server = undefined;
    });

  await listen();
  return {
    url: `http://${loopback}:${port}/webhooks`,
    log,
    goDown,
    comeBack: listen,
    mend: () => {
      isMended = true;
    },
    close: goDown,
  };
};
