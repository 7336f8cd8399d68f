/** Connections to one host that are kept, the first of them opened before anybody asks. */
import type { ClientRequest, IncomingMessage, OutgoingHttpHeaders } from "node:http";
import { Socket } from "node:net";
import type { Access } from "./access.ts";

export interface DirectRequest {
  readonly headers: OutgoingHttpHeaders;
  readonly body: string;
}

export interface DirectAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

export interface Connections {
  /** Opens a connection for the first request. To be called while a function starts: a handshake takes longer than a call. Never throws. */
  open(): void;
  /**
   * POSTs to `/`, within `timeoutMs` and until the signal says stop. A kept connection that the other side has closed meanwhile costs
   * another one, not the call. Throws when there is no whole answer.
   */
  send(request: DirectRequest, limits: { readonly timeoutMs: number; readonly signal?: AbortSignal }): Promise<DirectAnswer>;
}

/** As the SDK has it. */
const mostSockets = 50;

/** An item of 400 KB, its bytes in base64, and room to spare. */
const largestAnswer = 1_000_000;

export const createConnections = ({ isSecure, hostname, port }: Pick<Access, "isSecure" | "hostname" | "port">): Connections => {
  // Not imported: an import reads every export, and two of node:http's load the whole of undici, which takes longer than all else here.
  const { Agent, request } = process.getBuiltinModule(isSecure ? "node:https" : "node:http");
  const agent = new Agent({ keepAlive: true, maxSockets: mostSockets });
  const place = { host: hostname, port, ...(isSecure && { servername: hostname }) };

  /** What was opened early: waiting to be used, and once it is used. */
  let waiting: Socket | undefined;
  let opened: Socket | undefined;
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (...how) => {
    const [early, isFit] = [waiting, waiting?.destroyed === false];
    waiting = undefined;
    return early && isFit ? early.ref() : connect(...how);
  };

  const once = ({ headers, body }: DirectRequest, timeoutMs: number, signal: AbortSignal | undefined): Promise<DirectAnswer> => {
    const { promise, resolve, reject } = Promise.withResolvers<DirectAnswer>();
    const outgoing = request({ ...place, agent, method: "POST", path: "/", headers });
    // Given to the request itself, a signal costs several listeners more.
    const stop = () => outgoing.destroy(signal?.reason);
    signal?.addEventListener("abort", stop);
    const timer = setTimeout(() => outgoing.destroy(new DOMException(`no answer within ${timeoutMs} ms`, "TimeoutError")), timeoutMs);
    outgoing.on("error", (error) => reject(isStale(outgoing, error) ? new StaleConnection() : error));
    outgoing.on("response", (incoming) => collect(incoming, resolve, reject));
    outgoing.on("close", () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stop);
    });
    outgoing.end(body);
    return promise;
  };
  const isStale = ({ reusedSocket, socket }: ClientRequest, error: Error & { readonly code?: string }): boolean =>
    (reusedSocket || socket === opened) && (error.code === "ECONNRESET" || error.code === "EPIPE");

  return {
    open() {
      try {
        const early = connect(place);
        if (!(early instanceof Socket)) return;
        early.on("error", () => early.destroy());
        // Waiting for a request, it keeps no process alive.
        waiting = opened = early.setNoDelay(true).unref();
      } catch {
        // The first request opens its own, and says what is wrong.
      }
    },
    async send(request, { timeoutMs, signal }) {
      const until = performance.now() + timeoutMs;
      for (;;) {
        signal?.throwIfAborted();
        try {
          return await once(request, Math.max(1, until - performance.now()), signal);
        } catch (error) {
          // Each such connection is gone from those that are kept, so this ends.
          if (!(error instanceof StaleConnection)) throw error;
        }
      }
    },
  };
};

class StaleConnection extends Error {}

const collect = (incoming: IncomingMessage, resolve: (answer: DirectAnswer) => void, reject: (error: Error) => void): void => {
  const chunks: Buffer[] = [];
  let length = 0;
  incoming.on("data", (chunk: Buffer) => {
    length += chunk.length;
    if (length > largestAnswer) incoming.destroy(new Error(`an answer of more than ${largestAnswer} bytes`));
    else chunks.push(chunk);
  });
  incoming.on("end", () => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks) }));
  incoming.on("error", reject);
  incoming.on("close", () => {
    if (!incoming.readableEnded) reject(new Error("half an answer"));
  });
};
