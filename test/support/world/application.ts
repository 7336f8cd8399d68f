/** An application that does as it is told, and remembers what it was sent. */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export interface Delivered {
  readonly record: string;
  readonly attempt: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

export type Said = { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string } | undefined;

export interface Application {
  readonly url: string;
  readonly received: Delivered[];
  /** What to answer from now on; undefined closes the connection without a word. */
  behave(answer: (delivered: Delivered) => Said | Promise<Said>): void;
  close(): Promise<void>;
}

export const startApplication = async (): Promise<Application> => {
  const received: Delivered[] = [];
  let answer: Parameters<Application["behave"]>[0] = () => ({ status: 200 });
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const delivered = {
      record: String(request.headers["holdfast-record"]),
      attempt: Number(request.headers["holdfast-attempt"]),
      headers: request.headers,
      body: Buffer.concat(chunks),
    };
    received.push(delivered);
    const said = await answer(delivered);
    if (!said) return void request.socket.destroy();
    response.writeHead(said.status, said.headers).end(said.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    received,
    behave: (next) => {
      answer = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
