/** The application: a real HTTP server that takes what it is sent as the story says, and writes down what reached it. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { sha256 } from "./effects.ts";
import type { DeliveryKind } from "./kinds.ts";
import type { Notebook } from "./trace.ts";

export interface Application {
  readonly url: string;
  /** What it answers to which record when nothing special happens. */
  behave(statusFor: (record: string, headers: IncomingMessage["headers"]) => number): void;
  /** How it takes the next request. `processed` is called once it has done what it was asked, if it does. */
  expect(next: { readonly invocation: number; readonly kind: DeliveryKind | undefined; readonly processed?: () => void }): void;
  /** Nobody listens at its port until `back`. */
  away(): Promise<void>;
  back(): Promise<void>;
  close(): Promise<void>;
}

/** Below the ports that a kernel hands out by itself, so that nobody takes ours while we are away. */
const ports = { from: 20_000, to: 30_000 };
let nextPort = ports.from + ((process.pid * 37) % (ports.to - ports.from));

const retryAfterSeconds = 120;

export const startApplication = async (notebook: Notebook): Promise<Application> => {
  let statusFor: Parameters<Application["behave"]>[0] = () => 200;
  let next: Parameters<Application["expect"]>[0] = { invocation: 0, kind: undefined };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { kind, invocation, processed } = next;
    const record = String(request.headers["holdfast-record"]);
    const status = kind === "503" || kind === "429" || kind === "422" ? Number(kind) : statusFor(record, request.headers);
    const isProcessed = status >= 200 && status < 300;
    notebook.note({
      kind: "delivered",
      invocation,
      record,
      idempotencyKey: String(request.headers["idempotency-key"]),
      isSigned: request.headers["webhook-signature"] !== undefined,
      sha256: sha256(Buffer.concat(chunks)),
      status,
      processed: isProcessed,
    });
    if (kind === "answer lost") request.socket.destroy();
    else if (kind !== "timed out") response.writeHead(status, status === 429 ? { "retry-after": String(retryAfterSeconds) } : {}).end("");
    processed?.();
  };
  const server = createServer((request, response) => void answer(request, response));
  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", () => {
        server.removeListener("error", reject);
        resolve();
      });
    });
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });

  const port = await firstFree(listen);
  return {
    url: `http://127.0.0.1:${port}/`,
    behave: (status) => {
      statusFor = status;
    },
    expect: (expected) => {
      next = expected;
    },
    away: stop,
    back: () => listen(port),
    close: stop,
  };
};

const firstFree = async (listen: (port: number) => Promise<void>): Promise<number> => {
  for (;;) {
    const port = nextPort++;
    if (nextPort >= ports.to) nextPort = ports.from;
    try {
      await listen(port);
      return port;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    }
  }
};
