/** An endpoint that verifies like the real one and answers as it is told: the receiver's side of a rehearsal. */

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { RawCallback, Reply } from "../../../core/callback.ts";
import { verifyCallback } from "../../../core/receive/verify-callback.ts";
import type { Gateway, SourceSettings } from "../../../gateways/index.ts";

export interface Arrived {
  readonly raw: RawCallback;
  readonly isGenuine: boolean;
}

export interface Endpoint {
  readonly url: string;
  readonly arrived: Arrived[];
  /** What to answer from now on, instead of the gateway's own words; undefined closes the connection. */
  behave(answer: (arrived: Arrived) => Reply | undefined): void;
  close(): Promise<void>;
}

export const startEndpoint = async (gateway: Gateway, settings: () => SourceSettings): Promise<Endpoint> => {
  const arrived: Arrived[] = [];
  let answer: Parameters<Endpoint["behave"]>[0] = ({ raw, isGenuine }) => (isGenuine ? gateway.acknowledge(raw) : gateway.refuse(raw));
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const query = request.url?.split("?")[1] ?? "";
    const raw: RawCallback = {
      source: "mine",
      method: request.method ?? "",
      url: `https://${request.headers.host}${request.url}`,
      headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
      body: request.method === "GET" ? Buffer.from(query, "latin1") : Buffer.concat(chunks),
      sourceIp: settings().addresses?.[0] ?? "127.0.0.1",
      receivedAt: Date.now(),
    };
    const one = { raw, isGenuine: verifyCallback(gateway, raw, settings()).kind === "verified" };
    arrived.push(one);
    const said = answer(one);
    if (!said) return void request.socket.destroy();
    response.writeHead(said.status, { "content-type": said.contentType }).end(said.body);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/callbacks/mine`,
    arrived,
    behave: (next) => {
      answer = next;
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
};
