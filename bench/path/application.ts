/** The application at the end of the path: takes everything or nothing, and notes what it has taken and when. */
import { createServer } from "node:http";
import { parseJson, textAt } from "../../core/formats/json.ts";

export interface Application {
  readonly url: string;
  /** While it is down it answers 503. */
  isDown: boolean;
  /** By event id: when it was taken, each time. */
  readonly taken: ReadonlyMap<string, readonly number[]>;
  /** The event ids in the order in which they were taken for the first time. */
  readonly order: readonly string[];
  /** Resolves when it has been taken. */
  whenTaken(id: string): Promise<void>;
  close(): void;
}

export const startApplication = async (): Promise<Application> => {
  const taken = new Map<string, number[]>();
  const order: string[] = [];
  const waiting = new Map<string, () => void>();
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await Array.fromAsync(request));
    if (application.isDown) return void response.writeHead(503).end();
    const id = textAt(parseJson(body), "id") ?? "";
    const times = taken.get(id) ?? [];
    if (times.length === 0) order.push(id);
    taken.set(id, [...times, performance.now()]);
    waiting.get(id)?.();
    response.end("ok");
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the application has no port");
  const application: Application = {
    ...{ url: `http://127.0.0.1:${address.port}/`, isDown: false, taken, order },
    async whenTaken(id) {
      if (!taken.has(id)) await new Promise<void>((resolve) => waiting.set(id, resolve));
      waiting.delete(id);
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  return application;
};
