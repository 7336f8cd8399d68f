/** The local stack of docs/examples/every-gateway.config.ts: each source is posted to as its gateway would, and the answers are compared byte for byte. */
import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { RawCallback, Reply } from "../../core/callback.ts";
import type { Config } from "../../core/config/config.ts";
import { publicSettings, sourceSecretName } from "../../core/config/of-config.ts";
import everyGateway from "../../docs/examples/every-gateway.config.ts";
import { findGateway, type Gateway, type SourceSettings } from "../../gateways/index.ts";
import { type LocalStack, startStack } from "../../local/stack.ts";
import { readSecrets } from "../../operator/connect/local-secrets.ts";
import { homeOf } from "../../operator/connect/stack-file.ts";
import { tamper } from "../../simulator/faults.ts";
import { sampleCallback } from "../../simulator/sample.ts";

const example: Config = everyGateway;
const sources = Object.keys(example.sources);
const directory = mkdtempSync(join(tmpdir(), "holdfast-every-"));
let stack: LocalStack;

beforeAll(async () => {
  const configFile = join(import.meta.dirname, "../../docs/examples/every-gateway.config.ts");
  stack = await startStack({ directory, configFile, port: 0, quiet: true });
});
afterAll(async () => {
  await stack.stop();
  rmSync(directory, { recursive: true, force: true });
});

const gatewayOf = (source: string): Gateway => findGateway(example.sources[source]?.gateway ?? "") as Gateway;

const secretsOf = () => readSecrets(homeOf(directory)) ?? {};

const genuine = (source: string): RawCallback => {
  const sample = sampleCallback({ config: stack.config, secrets: secretsOf(), source, url: stack.url, now: Date.now() });
  if (sample.kind === "none") throw new Error(sample.reason);
  return sample.raw;
};

const settingsOf = (source: string): SourceSettings => ({
  publicUrl: `${stack.url.replace("http:", "https:")}/callbacks/${source}`,
  ...publicSettings(stack.config, source),
  secrets: secretsOf()[sourceSecretName(stack.config, source)]?.secrets ?? [],
});

/** As the gateway would: its method, its headers, its exact bytes. */
const send = (raw: RawCallback): Promise<Reply> =>
  new Promise((done, failed) => {
    const query = raw.method === "GET" ? `?${Buffer.from(raw.body).toString("latin1")}` : "";
    const outgoing = request(`${stack.url}/callbacks/${raw.source}${query}`, { method: raw.method, headers: raw.headers });
    outgoing.on("error", failed);
    outgoing.on("response", async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk as Buffer);
      done({
        status: response.statusCode ?? 0,
        contentType: response.headers["content-type"] ?? "",
        body: Buffer.concat(chunks).toString("latin1"),
      });
    });
    outgoing.end(raw.method === "GET" ? undefined : raw.body);
  });

const inBytes = ({ body, ...rest }: Reply): Reply => ({ ...rest, body: Buffer.from(body).toString("latin1") });

describe("a forged callback is answered by its source's policy:", () => {
  /** None where nothing but the address is proven: on this machine there is nothing to forge. */
  const forge = (source: string) => {
    const forged = tamper(genuine(source), gatewayOf(source), settingsOf(source), () => 0.5);
    if (!forged) expect(["source address", "none"]).toContain(gatewayOf(source).strength);
    return forged;
  };
  const withPolicy = (policy: "accept" | "refuse") => sources.filter((source) => gatewayOf(source).onUnverified === policy);

  // First, and few: the quarantine takes five a second from one network, and what it does not keep is not accepted.
  test("acknowledged where a rejection does harm", async () => {
    const forged = withPolicy("accept").flatMap((source) => forge(source) ?? []);
    expect(forged.map(({ source }) => source)).toEqual(["epsilon", "gmo-pg", "sbps", "veritrans"]);
    for (const raw of forged) expect(await send(raw)).toEqual(inBytes(gatewayOf(raw.source).acknowledge(raw, settingsOf(raw.source))));
  });

  test.each(withPolicy("refuse"))("rejected by %s", async (source) => {
    const raw = forge(source);
    const word = gatewayOf(source).refuse(raw ?? genuine(source), settingsOf(source));
    if (raw) expect(await send(raw)).toEqual(inBytes({ ...word, status: gatewayOf(source).unverifiedStatus ?? word.status }));
  });
});

test.each(sources)("%s gets its own acknowledgement when it sends a callback, and when it redelivers it", async (source) => {
  const raw = genuine(source);
  const yes = inBytes(gatewayOf(source).acknowledge(raw, publicSettings(stack.config, source)));
  expect([await send(raw), await send(raw)]).toEqual([yes, yes]);
});

test("a gateway's registration challenge is answered, and is not a callback", async () => {
  const answer = await send({
    ...genuine("braintree"),
    method: "GET",
    headers: {},
    body: Buffer.from("bt_challenge=20f9f8ed05f77439fe955c977e4c8a53"),
  });
  expect([answer.status, answer.body]).toEqual([200, expect.stringMatching(/^5xg9ybfrrv8pt7dg\|[0-9a-f]{40}$/)]);
});

test("in the end every source's callback is delivered, the application's own is entered, and nothing is dead", async () => {
  const targeted = sources.filter((source) => example.sources[source]?.target !== undefined).length;
  await vi.waitFor(
    () => {
      const total = (name: string) => stack.metrics().find((one) => one.name === name && !one.dimensions.source)?.sum ?? 0;
      expect([total("Delivered"), total("Entered"), total("DeadLettered")]).toEqual([targeted, sources.length - targeted, 0]);
    },
    { timeout: 30_000, interval: 100 },
  );
});
