/** docs/examples/receivers: each of them started on a port, and sent what the product's own delivery signs and sends. */
import { createServer } from "node:http";
import { serve } from "@hono/node-server";
import express from "express";
import Fastify from "fastify";
import { Hono } from "hono";
import { Webhook } from "standardwebhooks";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { withDefaults } from "../../../core/config/defaults.ts";
import { type Outgoing, signedMessage } from "../../../core/delivery/delivery.ts";
import { messageOf, type PaymentMessage } from "../../../core/delivery/message.ts";
import type { PaymentEvent } from "../../../core/event.ts";
import * as expressExample from "../../../docs/examples/receivers/express.ts";
import * as fastifyExample from "../../../docs/examples/receivers/fastify.ts";
import * as honoExample from "../../../docs/examples/receivers/hono.ts";
import * as lambdaExample from "../../../docs/examples/receivers/lambda.ts";
import type { Receiver } from "../../../docs/examples/receivers/receive.ts";
import { SqliteStore } from "../../../docs/examples/receivers/sqlite-store.ts";
import type { Store } from "../../../docs/examples/receivers/store.ts";
import { createDeliver } from "../../../io/targets/deliver.ts";
import { sendHttp } from "../../../io/targets/http.ts";
import { toAnswer, toEvent } from "../../../local/front/http-event.ts";
import { listenOn } from "../../../local/front/listening.ts";
import { callbackRecord, noon, paymentEvent } from "../../support/samples.ts";

const key = `whsec_${Buffer.from("a key that is long enough").toString("base64")}`;

/** Remembers what was applied; fails as often as it is told to. */
class MemoryStore implements Store {
  readonly applied = new Map<string, PaymentMessage>();
  calls = 0;
  failures = 0;

  async applyOnce(id: string, message: PaymentMessage): Promise<void> {
    this.calls++;
    if (this.failures-- > 0) throw new Error("the database does not answer");
    if (!this.applied.has(id)) this.applied.set(id, message);
  }
}

interface Started {
  readonly url: string;
  close(): Promise<unknown>;
}

const starts: Readonly<Record<string, (receiver: Receiver) => Promise<Started>>> = {
  Express: (receiver) => listenOn(createServer(express().use(expressExample.webhooks(receiver)).use(express.json())), 0),
  Fastify: async (receiver) => {
    const app = Fastify();
    await app.register(fastifyExample.webhooks, receiver);
    return { url: await app.listen({ port: 0, host: "127.0.0.1" }), close: () => app.close() };
  },
  Hono: async (receiver) => {
    const app = new Hono().route("/", honoExample.webhooks(receiver));
    return new Promise((started) => {
      const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) =>
        started({ url: `http://127.0.0.1:${port}`, close: () => new Promise((closed) => server.close(closed)) }),
      );
    });
  },
  Lambda: (receiver) => behindHttpApi(lambdaExample.webhooks(receiver)),
};

/** As HTTP API and a function URL call it; a function that throws is answered with a 500. */
const behindHttpApi = (handler: ReturnType<typeof lambdaExample.webhooks>): Promise<Started> =>
  listenOn(
    createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const { method = "", url: target = "", rawHeaders } = request;
      const arrived = {
        method,
        target,
        rawHeaders,
        body: Buffer.concat(chunks),
        sourceIp: "127.0.0.1",
        protocol: "HTTP/1.1",
        now: Date.now(),
      };
      const result = await handler(toEvent(arrived, { key: "$default", parameters: {}, functionName: "receiver", timeoutMs: 10_000 })).then(
        toAnswer,
        () => ({ status: 500, body: "" }),
      );
      response.writeHead(result.status).end(result.body);
    }),
    0,
  );

const setUp = async (name: string, store: Store = new MemoryStore()) => {
  const start = starts[name];
  if (!start) throw new Error(`there is no receiver ${name}`);
  const { url, close } = await start({ webhook: new Webhook(key), store });
  onTestFinished(() => void close());
  const config = withDefaults({
    name: "shop",
    sources: {},
    targets: { app: { kind: "http", url: `${url}/webhooks`, mode: "signed", allowAddresses: ["127.0.0.1"] } },
  });
  const deliver = ({ events = [paymentEvent()], signWith = key, age = 0, attempt = 1 }: Partial<Delivered> = {}) =>
    createDeliver({
      config,
      findGateway: () => undefined,
      secrets: { read: async () => ({ kind: "readable", secrets: [signWith] }), renew: async () => false },
      clock: () => Date.now() - age,
    })({ record: callbackRecord("evt_1"), events, target: "app", attempt });
  /** What an attacker sends, who has seen a message. */
  const post = async (changes: Partial<Outgoing> = {}, headers: Outgoing["headers"] = {}, event = paymentEvent()) => {
    const message = signedMessage(callbackRecord("evt_1"), event, { target: `${url}/webhooks`, keys: [key], attempt: 1, now: Date.now() });
    const outcome = await sendHttp({
      ...message,
      headers: { ...message.headers, ...headers },
      ...changes,
      timeoutMs: 10_000,
      allowAddresses: ["127.0.0.1"],
    });
    return outcome.kind === "answered" ? outcome.status : outcome.kind;
  };
  return { deliver, post };
};

interface Delivered {
  readonly events: readonly PaymentEvent[];
  readonly signWith: string;
  /** How long ago it was signed. */
  readonly age: number;
  readonly attempt: number;
}

const minute = 60_000;

const sqliteStore = () => {
  const store = new SqliteStore(":memory:");
  onTestFinished(() => store.close());
  return store;
};

afterEach(() => void vi.restoreAllMocks());

describe.each(Object.keys(starts))("a receiver with %s", (name) => {
  test("applies each message of a record and answers 2xx", async () => {
    const store = new MemoryStore();
    const { deliver } = await setUp(name, store);
    const event = paymentEvent({ contract: "契約-1", amount: { minor: 1_980, currency: "JPY" } });
    expect(await deliver({ events: [event, paymentEvent({ id: "evt_1#2", type: "contract.renewed" })] })).toMatchObject({
      kind: "delivered",
    });
    expect([...store.applied.keys()]).toEqual(["sandbox/evt_1", "sandbox/evt_1#2"]);
    expect(store.applied.get("sandbox/evt_1")?.data).toEqual({ ...event, source: "sandbox", record: "sandbox/evt_1" });
  });

  test("applies a message once, however often it comes, and answers 2xx each time", async () => {
    const store = new MemoryStore();
    const { deliver, post } = await setUp(name, store);
    for (const attempt of [1, 2, 3]) expect(await deliver({ attempt })).toMatchObject({ kind: "delivered" });
    expect(await post()).toBe(204);
    expect([store.applied.size, store.calls]).toEqual([1, 4]);
  });

  test("applies nothing and answers 401 to what is forged, altered, unsigned, or signed too long ago", async () => {
    const store = new MemoryStore();
    const { deliver, post } = await setUp(name, store);
    const another = `whsec_${Buffer.from("the key of another shop").toString("base64")}`;
    expect(await deliver({ signWith: another })).toMatchObject({ kind: "answered", status: 401 });
    expect(await deliver({ age: 6 * minute })).toMatchObject({ kind: "answered", status: 401 });
    expect(await deliver({ age: -6 * minute })).toMatchObject({ kind: "answered", status: 401 });
    expect(await post({ body: Buffer.from("{}") })).toBe(401);
    expect(await post({ body: Buffer.alloc(0) })).toBe(401);
    expect(await post({ body: Buffer.from('{"type":'), headers: { "content-type": "application/json" } })).toBe(401);
    for (const signature of ["", "v1", "v1,", "v2,AAAA", "v1,%"])
      expect(await post({ headers: { "webhook-id": "a", "webhook-timestamp": "1", "webhook-signature": signature } })).toBe(401);
    expect(store.calls).toBe(0);
  });

  test("goes by the bytes and not by the content type", async () => {
    const store = new MemoryStore();
    const { deliver, post } = await setUp(name, store);
    await deliver();
    for (const contentType of ["application/octet-stream", "text/plain", "application/x-www-form-urlencoded"])
      expect(await post({}, { "content-type": contentType })).toBe(204);
    expect(store.applied.size).toBe(1);
  });

  test("takes a message with very long ids, and applies nothing of what is larger than any message", async () => {
    const store = new MemoryStore();
    const { deliver, post } = await setUp(name, store);
    expect(await deliver({ events: [paymentEvent({ order: "注".repeat(100_000) })] })).toMatchObject({ kind: "delivered" });
    expect(store.applied.size).toBe(1);
    // Lambda itself rejects what is over 6 MB; the other three close the door at 1 MB, also before it is whole.
    expect([401, 413, "unanswered"]).toContain(await post({ body: Buffer.alloc(5_000_000, "a") }));
    expect(store.calls).toBe(1);
  });

  test("answers 5xx while its store fails, so that the message comes again and is applied then", async () => {
    vi.spyOn(console, "error").mockReturnValue();
    const store = new MemoryStore();
    store.failures = 1;
    const { deliver } = await setUp(name, store);
    expect(await deliver()).toMatchObject({ kind: "answered", status: 500 });
    expect(store.applied.size).toBe(0);
    expect(await deliver({ attempt: 2 })).toMatchObject({ kind: "delivered" });
    expect(store.applied.size).toBe(1);
  });

  test("answers 2xx to a type that a later version sends", async () => {
    const store = sqliteStore();
    const { post } = await setUp(name, store);
    expect(await post({}, {}, JSON.parse(JSON.stringify({ ...paymentEvent(), type: "contract.transferred", contract: "sub_1" })))).toBe(
      204,
    );
  });
});

describe("the example of a store", () => {
  const record = callbackRecord("evt_1");
  const message = (changes: Partial<PaymentEvent>) => messageOf(record, paymentEvent({ contract: "sub_1", ...changes }));

  test("applies a message once", async () => {
    const store = sqliteStore();
    const started = message({ type: "contract.started" });
    await store.applyOnce("sandbox/evt_1", started);
    await store.applyOnce("sandbox/evt_2", message({ type: "contract.paused" }));
    await store.applyOnce("sandbox/evt_1", started);
    expect(store.stateOf("sandbox", "sub_1")).toBe("suspended");
  });

  test("keeps the state of the latest moment, in whatever order the messages come", async () => {
    const store = sqliteStore();
    await store.applyOnce("sandbox/evt_2", message({ type: "contract.cancelled", occurredAt: noon }));
    await store.applyOnce("sandbox/evt_1", message({ type: "contract.renewed", occurredAt: noon - minute }));
    expect(store.stateOf("sandbox", "sub_1")).toBe("ended");
  });

  test("forgets the id of a message that it could not apply, so that the next attempt applies it", async () => {
    const store = sqliteStore();
    const broken = {
      ...message({ type: "contract.paused" }),
      get data(): PaymentMessage["data"] {
        throw new Error("cannot be applied");
      },
    };
    await expect(store.applyOnce("sandbox/evt_1", broken)).rejects.toThrow("cannot be applied");
    await store.applyOnce("sandbox/evt_1", message({ type: "contract.paused" }));
    expect(store.stateOf("sandbox", "sub_1")).toBe("suspended");
  });
});
