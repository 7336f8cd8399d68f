/** A service of AWS's that answers as it is told, and remembers what it was asked. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export interface Asked {
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
  /** Which of the connections it came by, from 1. */
  readonly connection: number;
}

export type Answer = (response: ServerResponse, asked: Asked) => void;

export const json =
  (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer =>
  (response) => {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    response.writeHead(status, { "content-type": "application/x-amz-json-1.0", "content-length": Buffer.byteLength(text), ...headers });
    response.end(text);
  };

export const cut: Answer = (response) => void response.destroy();
export const silence: Answer = () => {};
/** Promises more than it sends. */
export const half: Answer = (response) => {
  response.writeHead(200, { "content-length": "100" });
  response.write('{"Item":');
  setImmediate(() => response.destroy());
};

/** Answers one after another, the last one for ever. */
export const startService = async (...answers: readonly Answer[]) => {
  const asked: Asked[] = [];
  const sockets = new Map<unknown, number>();
  const server = createServer({ keepAliveTimeout: 60_000 }, async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const one = {
      path: request.url ?? "",
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
      connection: sockets.get(request.socket) ?? 0,
    };
    asked.push(one);
    (answers[asked.length - 1] ?? answers.at(-1) ?? silence)(response, one);
  });
  server.on("connection", (socket) => sockets.set(socket, sockets.size + 1));
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    asked,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections: () => sockets.size,
    hangUp: () => server.closeAllConnections(),
  };
};
