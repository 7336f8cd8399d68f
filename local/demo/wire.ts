/** HTTP as a gateway speaks it: one request, exact bytes, and what came back. */
import { Agent, request } from "node:http";
import type { RawCallback } from "../../core/callback.ts";

export interface Answer {
  readonly status: number;
  readonly body: string;
}

export interface Wire {
  /** The answer, or undefined when the connection ended without one. */
  post(raw: RawCallback): Promise<Answer | undefined>;
  /** Sends everything and closes the connection without reading. */
  postAndHangUp(raw: RawCallback): Promise<undefined>;
  close(): void;
}

/** @param url of the front. */
export const openWire = (url: string): Wire => {
  const agent = new Agent({ keepAlive: true });
  const open = ({ source, headers, body }: RawCallback, ownConnection: boolean) =>
    request(`${url}/callbacks/${source}`, {
      method: "POST",
      agent: ownConnection ? false : agent,
      headers: { ...headers, "content-length": body.length },
    });
  return {
    post: (raw) =>
      new Promise((done) => {
        const outgoing = open(raw, false);
        outgoing.on("response", (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("end", () => done({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString("latin1") }));
          response.on("error", () => done(undefined));
        });
        outgoing.on("error", () => done(undefined));
        outgoing.end(raw.body);
      }),
    postAndHangUp: (raw) =>
      new Promise((done) => {
        const outgoing = open(raw, true);
        outgoing.on("error", () => {});
        outgoing.on("close", () => done(undefined));
        outgoing.end(raw.body, () => outgoing.destroy());
      }),
    close: () => agent.destroy(),
  };
};
