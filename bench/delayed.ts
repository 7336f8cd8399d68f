/** A network between a client and an engine on this machine: what goes through arrives later, in order, and costs neither any processor time. */
import { connect, createServer, type Socket } from "node:net";

export interface Delayed {
  readonly url: string;
  close(): void;
}

/** @param roundTripMs in whole milliseconds, half of it each way; 0 leaves the network out */
export const delayed = async (endpoint: string, roundTripMs: number): Promise<Delayed> => {
  if (roundTripMs === 0) return { url: endpoint, close: () => {} };
  const { hostname, port } = new URL(endpoint);
  const open = new Set<Socket>();
  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ host: hostname, port: Number(port), noDelay: true });
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from);
      from.on("data", (bytes) => setTimeout(() => to.write(bytes), roundTripMs / 2));
      from.on("close", () => {
        open.delete(from);
        setTimeout(() => to.destroy(), roundTripMs / 2);
      });
      from.on("error", () => from.destroy());
    }
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the delaying server has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
};
