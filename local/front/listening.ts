/** An HTTP server on this machine only. */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Failure } from "../../core/failure.ts";
import { loopback } from "../engines/ports.ts";

export interface Listening {
  readonly url: string;
  readonly port: number;
  /** Answers what is in flight, then ends. */
  close(): Promise<void>;
}

/**
 * @param port 0: any free one.
 * @throws Failure when the port is taken, naming it and the way out.
 */
export const listenOn = (server: Server, port: number): Promise<Listening> =>
  new Promise((done, failed) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      failed(
        error.code === "EADDRINUSE"
          ? new Failure(`Port ${port} is taken by another program: end that one, or choose another with --port.`)
          : error.code === "EACCES"
            ? new Failure(`Port ${port} may not be used by this user: choose one above 1023 with --port.`)
            : error,
      ),
    );
    server.listen(port, loopback, () => {
      const { port: actual } = server.address() as AddressInfo;
      done({
        url: `http://${loopback}:${actual}`,
        port: actual,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            server.closeIdleConnections();
            // A connection that stays busy for longer than this would keep the whole stack from ending.
            setTimeout(() => server.closeAllConnections(), 3_000).unref();
          }),
      });
    });
  });
