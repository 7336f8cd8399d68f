/** A service behind a proxy that writes down what is asked of it and what it answers. */
import { createServer, request as send } from "node:http";

export interface RecordedCall {
  readonly operation: string;
  readonly input: unknown;
  readonly output: unknown;
  readonly status: number;
}

export interface Recording {
  readonly url: string;
  /** What was asked since the last time, in the order of the answers. */
  take(): readonly RecordedCall[];
  close(): void;
}

/** For services that speak JSON; a request without a target is written down by its method. */
export const record = async (endpoint: string): Promise<Recording> => {
  const { hostname, port } = new URL(endpoint);
  let calls: RecordedCall[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const body = Buffer.concat(await Array.fromAsync(incoming));
    const { method = "GET", url = "/", headers } = incoming;
    const forwarded = send({ host: hostname, port, method, path: url, headers }, async (response) => {
      const answer = Buffer.concat(await Array.fromAsync(response));
      const target = headers["x-amz-target"];
      const status = response.statusCode ?? 0;
      calls.push(
        typeof target === "string"
          ? { operation: target.slice(target.lastIndexOf(".") + 1), input: parse(body), output: parse(answer), status }
          : { operation: `${method} ${url.includes("list-type") ? "list" : "object"}`, input: undefined, output: undefined, status },
      );
      outgoing.writeHead(status, response.headers);
      outgoing.end(answer);
    });
    forwarded.on("error", () => outgoing.destroy());
    forwarded.end(body);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the recording server has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    take() {
      const taken = calls;
      calls = [];
      return taken;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
};

const parse = (bytes: Buffer): unknown => (bytes.length > 0 ? JSON.parse(bytes.toString("utf8")) : undefined);
