/** Ports for the engines, and addresses that only this machine can reach. */
import { createServer } from "node:net";

export const loopback = "127.0.0.1";

/**
 * A free port below the range that systems take ports for outgoing connections from (Linux 32768, macOS 49152). While an
 * engine is down its clients keep trying to connect, and an attempt from the very port it tries to reach connects to itself:
 * the engine could then never have its port back.
 */
export const freePort = async (from = 20_000, to = 32_000): Promise<number> => {
  const start = from + Math.floor(Math.random() * (to - from));
  for (let port = start; port < start + 200; port++) if (await isFree(port)) return port;
  throw new Error(`no free port between ${start} and ${start + 200}`);
};

const isFree = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const server = createServer();
    server.once("error", () => done(false));
    server.listen(port, loopback, () => server.close(() => done(true)));
  });
