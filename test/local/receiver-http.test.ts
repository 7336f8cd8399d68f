/**
 * HTTP itself, asked of `npm start`: what a sender may write, and what it may not. Deployed, API Gateway speaks it for us and
 * hands over whole requests only; where the two differ, the test says so.
 */
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startFront } from "../../local/front/front.ts";
import { exchange, type Receiver, requestText, startReceiver, statusesIn } from "./receiver.ts";

let receiver: Receiver;

beforeAll(async () => {
  receiver = await startReceiver();
});
afterAll(() => receiver.stop());

const line = "POST /callbacks/sandbox HTTP/1.1";
let made = 0;
const signed = () => receiver.sign(JSON.stringify({ id: `evt_${process.pid}_${made++}`, type: "ping" }));
const asRequest = (sent = signed(), headers: Readonly<Record<string, string>> = {}) =>
  requestText(line, { "content-length": String(sent.body.length), ...sent.headers, ...headers }, sent.body);

const chunked = (body: Uint8Array): Buffer =>
  Buffer.concat([
    ...Array.from(body, (byte) => Buffer.concat([Buffer.from("1\r\n"), Buffer.from([byte]), Buffer.from("\r\n")])),
    Buffer.from("0\r\n\r\n"),
  ]);

describe("a request is understood", () => {
  test("with header names in any case", async () => {
    const sent = signed();
    const headers = Object.fromEntries(Object.entries(sent.headers).map(([name, value]) => [name.toUpperCase(), value]));
    expect(statusesIn(await exchange(receiver.port, asRequest({ ...sent, headers })))).toEqual([200]);
  });

  test("in chunks of a byte", async () => {
    const sent = signed();
    const head = requestText(line, { ...sent.headers, "transfer-encoding": "chunked" });
    expect(statusesIn(await exchange(receiver.port, head, chunked(sent.body)))).toEqual([200]);
  });

  test("that waits to be told to continue", async () => {
    const said = await exchange(receiver.port, asRequest(signed(), { expect: "100-continue" }));
    expect(statusesIn(said)).toEqual([100, 200]);
  });

  test("behind others on one connection, and written before they were answered", async () => {
    const keep = () => asRequest(signed(), { connection: "keep-alive" });
    expect(statusesIn(await exchange(receiver.port, keep(), keep(), keep(), asRequest()))).toEqual([200, 200, 200, 200]);
  });

  test("with its source's name escaped, and a meaningless query", async () => {
    const sent = signed();
    const headers = { ...sent.headers, "content-length": String(sent.body.length) };
    const request = requestText("POST /callbacks/s%61ndbox?from=%zz HTTP/1.1", headers, sent.body);
    expect(statusesIn(await exchange(receiver.port, request))).toEqual([200]);
  });
});

describe("a request is rejected", () => {
  test.each(["GET", "PUT", "DELETE", "PATCH", "OPTIONS"])("%s, with 405 and what is allowed instead", async (method) => {
    const answer = await fetch(`${receiver.url}/callbacks/sandbox`, { method });
    expect([answer.status, answer.headers.get("allow"), await answer.text()]).toEqual([405, "POST", "method not allowed"]);
  });

  test("HEAD, with the same and no body", async () => {
    const said = await exchange(receiver.port, requestText("HEAD /callbacks/sandbox HTTP/1.1", {}));
    expect(said).toMatch(/^HTTP\/1\.1 405 .*\r\n(?:.*\r\n)*allow: POST\r\n/i);
    expect(said.endsWith("\r\n\r\n")).toBe(true);
  });

  test.each([
    "/",
    "/callbacks",
    "/callbacks/",
    "/callbacks/sandbox/",
    "/callbacks/sandbox/more",
    "/callbacks/nobody",
    "/callbacks/__proto__",
    "/callbacks/%2e%2e",
  ])("at %s, with 404", async (path) => {
    const { body, headers } = signed();
    expect(
      statusesIn(
        await exchange(receiver.port, requestText(`POST ${path} HTTP/1.1`, { ...headers, "content-length": String(body.length) }, body)),
      ),
    ).toEqual([404]);
  });

  test("with headers that are too long, before it is looked at", async () => {
    expect(statusesIn(await exchange(receiver.port, asRequest(signed(), { "x-long": "y".repeat(11_000) })))).toEqual([431]);
  });

  test.each([
    ["a bad length", requestText(line, { "content-length": "ten" })],
    ["two lengths", requestText(line, { "content-length": "2", "Content-Length": "3" }, "{}")],
    ["a length and chunks", requestText(line, { "content-length": "2", "transfer-encoding": "chunked" }, "{}")],
    ["a control character in a header", requestText(line, { "x-odd": "a\u0000b" })],
    ["no HTTP at all", Buffer.from("\u0016\u0003\u0001 hello")],
  ])("with %s, with 400: two servers might take it for two different requests", async (_, request) => {
    expect(statusesIn(await exchange(receiver.port, request))).toEqual([400]);
  });

  test("that breaks off, and is not kept", async () => {
    const sent = signed();
    const half = asRequest(sent).subarray(0, -5);
    await new Promise<void>((done) => {
      const socket = connect(receiver.port, "127.0.0.1", () => socket.write(half, () => socket.destroy()));
      socket.on("close", () => done());
    });
    expect(await receiver.post(sent)).toMatchObject({ status: 200 });
    const metrics = (await (await fetch(`${receiver.url}/_local/metrics`)).json()) as { name: string; sum: number }[];
    expect(metrics.find(({ name }) => name === "Duplicates")?.sum ?? 0).toBe(0);
  });
});

describe("a body", () => {
  const ofBytes = (bytes: number, type: string) => {
    const sent = receiver.sign(Buffer.alloc(bytes, 0x61));
    return { ...sent, headers: { ...sent.headers, "content-type": type } };
  };

  test("of the largest size is acknowledged, however it travels; a byte more gets 413", async () => {
    for (const type of ["application/json", "application/octet-stream"]) {
      expect(await receiver.post(ofBytes(4_000_000, type))).toMatchObject({ status: 200, body: "OK" });
      expect(await receiver.post(ofBytes(4_000_001, type))).toMatchObject({ status: 413, body: "too large" });
    }
  });

  test("that does not fit through Lambda gets 413 from the front: base64 makes four bytes of three, JSON two of a quote", async () => {
    const tooLong = { status: 413, body: '{"message":"Request Too Long"}' };
    expect(await receiver.post(ofBytes(6_000_000, "application/json"))).toMatchObject({ status: 413, body: "too large" });
    expect(await receiver.post(ofBytes(4_720_000, "application/octet-stream"))).toMatchObject(tooLong);
    expect(await receiver.post(ofBytes(6_300_000, "application/json"))).toMatchObject(tooLong);
    const quotes = receiver.sign('"'.repeat(3_200_000));
    expect(await receiver.post(quotes)).toMatchObject(tooLong);
  });
});

describe("slow senders", () => {
  test("keep nobody else waiting", async () => {
    const slow = Array.from({ length: 200 }, () => connect(receiver.port, "127.0.0.1"));
    await Promise.all(slow.map((socket) => new Promise((done) => socket.once("connect", done))));
    for (const socket of slow) socket.on("error", () => {}).write(`${line}\r\nhost: a\r\ncontent-length: 100\r\n`);
    expect(await receiver.post(signed())).toMatchObject({ status: 200 });
    for (const socket of slow) socket.destroy();
  });

  test("get a time-out, for their headers and for their body", async () => {
    const front = await startFront(0, { headersTimeout: 100, requestTimeout: 200, connectionsCheckingInterval: 20 });
    expect(statusesIn(await exchange(front.port, `${line}\r\nhost: a\r\n`))).toEqual([408]);
    front.open({
      api: { routes: [{ key: "$default", functionName: "f", timeoutMs: 1 }], throttle: { ratePerSecond: 9, burst: 9 } },
      pages: {},
      clock: Date.now,
      invoke: () => expect.fail("half a request was handed on"),
    });
    expect(statusesIn(await exchange(front.port, `${line}\r\nhost: a\r\ncontent-length: 100\r\n\r\n{`))).toEqual([408]);
    await front.close();
  });
});
