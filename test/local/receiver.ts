/** The stack that `npm start` runs, with an application that does as it is told, and callbacks as its sources' gateways sign them. */
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sourceSecretName } from "../../core/config/of-config.ts";
import { findGateway } from "../../gateways/index.ts";
import { type LocalStack, startStack } from "../../local/stack.ts";
import { readSecrets } from "../../operator/connect/local-secrets.ts";
import { homeOf } from "../../operator/connect/stack-file.ts";
import { type Application, startApplication } from "../support/world/application.ts";

export interface Sent {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface Receiver {
  readonly url: string;
  readonly port: number;
  readonly application: Application;
  /** A callback signed with the source's secret, or with another one, at some distance from now or at a moment of its own. */
  sign(body: string | Uint8Array, options?: { source?: string; secret?: string; secondsAgo?: number; at?: number }): Sent;
  post(sent: Sent, source?: string): Promise<{ status: number; body: string; headers: Headers }>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export const startReceiver = async (): Promise<Receiver> => {
  const directory = mkdtempSync(join(tmpdir(), "holdfast-receiver-"));
  const application = await startApplication();
  const start = (): Promise<LocalStack> =>
    startStack({ directory, port: 0, quiet: true, target: { url: application.url }, sweepEverySeconds: 1 });
  let stack = await start();
  const secretOf = (source: string): string => readSecrets(homeOf(directory))?.[sourceSecretName(stack.config, source)]?.secrets[0] ?? "";
  return {
    get url() {
      return stack.url;
    },
    get port() {
      return Number(new URL(stack.url).port);
    },
    application,
    sign(body, { source = "sandbox", secret = secretOf(source), secondsAgo = 0, at = Date.now() } = {}) {
      const gateway = findGateway(stack.config.sources[source]?.gateway ?? "");
      if (!gateway) throw new Error(`there is no source ${source}`);
      return gateway.sign(Buffer.from(body as string), { secrets: [secret] }, at - secondsAgo * 1_000);
    },
    async post({ headers, body }, source = "sandbox") {
      const answer = await fetch(`${stack.url}/callbacks/${source}`, { method: "POST", headers, body: Buffer.from(body) });
      return { status: answer.status, body: await answer.text(), headers: answer.headers };
    },
    async restart() {
      await stack.stop();
      stack = await start();
    },
    async stop() {
      await stack.stop();
      await application.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
};

/** What comes back for bytes as they are written, until the other side has nothing more to say. */
export const exchange = (port: number, ...parts: readonly (string | Uint8Array)[]): Promise<string> =>
  new Promise((done, failed) => {
    const socket = connect(port, "127.0.0.1");
    let said = "";
    socket.on("data", (data) => {
      said += data.toString("latin1");
    });
    socket.on("error", failed);
    socket.on("close", () => done(said));
    for (const part of parts) socket.write(part);
  });

/** A request as text, with the connection closed behind it unless something else is asked for. */
export const requestText = (line: string, headers: Readonly<Record<string, string>>, body: Uint8Array | string = ""): Buffer => {
  const given = { host: "127.0.0.1", connection: "close", ...headers };
  const head = [line, ...Object.entries(given).map(([name, value]) => `${name}: ${value}`)].join("\r\n");
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`, "latin1"), Buffer.from(body as string)]);
};

export const statusesIn = (said: string): readonly number[] =>
  [...said.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));
