import dns from "node:dns";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { syncBuiltinESMExports } from "node:module";
import {
  type AddressInfo,
  createServer as createTcpServer,
  getDefaultAutoSelectFamily,
  isIP,
  type Socket,
  setDefaultAutoSelectFamily,
} from "node:net";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { type HttpOutcome, type HttpRequest, sendHttp } from "../../../io/targets/http.ts";

/** What names resolve to: one answer per look-up, the last one staying. Names that are not here do not exist. */
const names = new Map<string, string[][]>();

const answerLookup = (name: string, { all }: { all?: boolean }, done: (error: Error | null, found: unknown, family?: number) => void) => {
  const answers = names.get(name);
  const addresses = (answers && answers.length > 1 ? answers.shift() : answers?.[0])?.map((address) => ({
    address,
    family: isIP(address),
  }));
  // Empty: the name server never answers.
  if (answers?.length === 0) return;
  process.nextTick(() => {
    if (!addresses) done(Object.assign(new Error("no such name"), { code: "ENOTFOUND" }), all ? [] : "");
    else if (all) done(null, addresses);
    else done(null, addresses[0]?.address, addresses[0]?.family);
  });
};

// Also where it was imported already: the files of a worker share its modules.
beforeAll(() => {
  const { lookup } = dns;
  const named = (name: string, ...how: readonly unknown[]) => Reflect.apply(isIP(name) ? lookup : answerLookup, dns, [name, ...how]);
  vi.spyOn(dns, "lookup").mockImplementation(named as typeof dns.lookup);
  syncBuiltinESMExports();
});
afterAll(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
});
afterEach(() => names.clear());

interface Seen {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

/** An application on this machine; `connections` counts whoever knocked, heard or not. */
const startServer = async (
  answer: (response: ServerResponse, request: IncomingMessage) => void = (response) => void response.end("ok"),
) => {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    seen.push({ method: request.method, path: request.url, headers: request.headers, body: Buffer.concat(chunks) });
    answer(response, request);
  });
  const counted = { connections: 0 };
  server.on("connection", () => counted.connections++);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { seen, counted, port, url: `http://127.0.0.1:${port}/hooks` };
};

/** A server below HTTP, for what no HTTP server would do. */
const startTcp = async (onConnection: (socket: Socket) => void) => {
  const server = createTcpServer((socket) => {
    socket.on("error", () => {});
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
};

const send = (url: string, changes: Partial<HttpRequest> = {}): Promise<HttpOutcome> =>
  sendHttp({
    url: new URL(url),
    method: "POST",
    headers: {},
    body: Buffer.from("body"),
    timeoutMs: 5_000,
    allowAddresses: ["127.0.0.0/8", "::1"],
    ...changes,
  });

describe("what is sent", () => {
  test("arrives byte for byte, with its method, headers, path and query", async () => {
    const { url, seen } = await startServer();
    const body = Buffer.from(Array.from({ length: 256 }, (_, at) => at));
    await send(`${url}?a=%83%5C&b=1`, { method: "PUT", headers: { "content-type": "x/y", "x-sign": "caf\xe9" }, body });
    expect(seen).toEqual([expect.objectContaining({ method: "PUT", path: "/hooks?a=%83%5C&b=1", body })]);
    expect(seen[0]?.headers).toMatchObject({ "content-type": "x/y", "x-sign": "caf\xe9", "content-length": "256" });
  });

  test("has no body and no length when it is a GET", async () => {
    const { url, seen } = await startServer();
    await send(url, { method: "GET" });
    expect(seen).toEqual([expect.objectContaining({ method: "GET", body: Buffer.alloc(0) })]);
    expect(seen[0]?.headers).not.toHaveProperty("content-length");
    expect(seen[0]?.headers).not.toHaveProperty("transfer-encoding");
  });

  test.each([
    ["a header with a line feed in it", { headers: { "x-sign": "a\nb" } }],
    ["a header with a character that no header has", { headers: { "x-sign": "円" } }],
    ["a header whose name is none", { headers: { "x sign": "a" } }],
    ["a method that is none", { method: "PO ST" }],
    ["a protocol that is not HTTP", { url: new URL("ftp://app.example.com/") }],
  ])("is an outcome, and a permanent one, with %s", async (_, changes) => {
    const { url } = await startServer();
    expect(await send(url, changes)).toMatchObject({
      kind: "unsendable",
      cause: { kind: "cannot be sent" },
    });
  });

  test("never throws, whatever headers and method it has", async () => {
    const { url } = await startServer();
    const word = fc.oneof(
      fc.string({ unit: "binary", maxLength: 5 }),
      fc.constantFrom("content-length", "host", "x-sign", "transfer-encoding"),
    );
    await fc.assert(
      fc.asyncProperty(fc.dictionary(word, word), fc.oneof(word, fc.constantFrom("POST", "PUT")), async (headers, method) => {
        expect(["answered", "unanswered", "unsendable"]).toContain((await send(url, { headers, method, timeoutMs: 300 })).kind);
      }),
      { numRuns: 60 },
    );
  });
});

describe("an answer", () => {
  test("is its status, its headers and the beginning of its text in one line", async () => {
    const { url } = await startServer((response) => response.writeHead(503, { "retry-after": "7" }).end("out of\r\n   order\n"));
    expect(await send(url)).toMatchObject({ kind: "answered", status: 503, excerpt: "out of order", headers: { "retry-after": "7" } });
  });

  test("that redirects is what it is, and is not followed", async () => {
    const elsewhere = await startServer();
    for (const status of [301, 302, 303, 307, 308]) {
      const { url } = await startServer((response) => response.writeHead(status, { location: elsewhere.url }).end());
      expect(await send(url)).toMatchObject({ kind: "answered", status });
    }
    expect(elsewhere.counted.connections).toBe(0);
  });

  test("that never ends is read no further than its first 512 bytes", async () => {
    let closed: (() => void) | undefined;
    const hungUp = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const { url } = await startServer((response) => {
      response.on("close", () => closed?.());
      const more = () => {
        while (response.write("a".repeat(1_000)));
      };
      response.on("drain", more);
      more();
    });
    expect(await send(url)).toMatchObject({ kind: "answered", status: 200, excerpt: "a".repeat(512) });
    await hungUp;
  });

  test("that stops in the middle counts by its status, at the latest when the time is up", async () => {
    const { url } = await startServer((response) => {
      response.writeHead(200, { "content-length": "100" }).write("taken");
    });
    expect(await send(url, { timeoutMs: 150 })).toMatchObject({ kind: "answered", status: 200, excerpt: "taken" });
  });

  test.each(["destroy", "resetAndDestroy"] as const)("that breaks off in the middle (%s) counts by its status", async (hangUp) => {
    const { url } = await startServer((response) => {
      response.writeHead(500, { "content-length": "100" });
      response.write("broken", () => response.socket?.[hangUp]());
    });
    expect(await send(url)).toMatchObject({ kind: "answered", status: 500 });
  });
});

/** Answers that no application should give, each as the bytes of its connection. `drip` writes until the connection ends. */
const drip = (socket: Socket, piece: string | Buffer, everyMs: number): void => {
  const timer = setInterval(() => socket.write(piece), everyMs);
  socket.on("close", () => clearInterval(timer));
};
const odd: readonly (readonly [what: string, answer: (socket: Socket) => void, outcome: object])[] = [
  [
    "101 with an upgrade",
    (socket) => socket.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"),
    { kind: "unanswered", cause: { detail: expect.stringContaining("answered 101") } },
  ],
  [
    "101 without an upgrade",
    (socket) => socket.write("HTTP/1.1 101 Switching Protocols\r\n\r\n"),
    { kind: "unanswered", cause: { detail: expect.stringContaining("answered 101") } },
  ],
  [
    "101, and then frames without end",
    (socket) => {
      socket.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n");
      drip(socket, Buffer.alloc(1_000), 5);
    },
    { kind: "unanswered" },
  ],
  ...[100, 102, 103, 199].map(
    (status) =>
      [
        `${status} and nothing after it`,
        (socket: Socket) => socket.write(`HTTP/1.1 ${status} Wait\r\n\r\n`),
        { kind: "unanswered" },
      ] as const,
  ),
  ["103 without end", (socket) => drip(socket, "HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n", 5), { kind: "unanswered" }],
  [
    "100, 103 and then its answer",
    (socket) => socket.write("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n"),
    { kind: "answered", status: 204, isWhole: true },
  ],
  ["a status that is none", (socket) => socket.write("HTTP/1.1 099 What\r\ncontent-length: 0\r\n\r\n"), { kind: "unanswered" }],
  [
    "headers of megabytes",
    (socket) => socket.write(`HTTP/1.1 200 OK\r\n${`x-more: ${"a".repeat(1_000)}\r\n`.repeat(3_000)}\r\n`),
    { kind: "unanswered" },
  ],
  ["a reason of megabytes", (socket) => socket.write(`HTTP/1.1 200 ${"a".repeat(3_000_000)}`), { kind: "unanswered" }],
  [
    "a body that trickles",
    (socket) => {
      socket.write("HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n");
      drip(socket, "a", 10);
    },
    { kind: "answered", status: 200, isWhole: false },
  ],
  [
    "a chunked body that never ends",
    (socket) => {
      socket.write("HTTP/1.1 500 No\r\ntransfer-encoding: chunked\r\n\r\n");
      drip(socket, "1\r\na\r\n", 10);
    },
    { kind: "answered", status: 500, isWhole: false },
  ],
  [
    "a connection that stays open after `close` was announced",
    (socket) => socket.write("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nok"),
    { kind: "answered", status: 200, excerpt: "ok" },
  ],
  [
    "a second answer after the first",
    (socket) => socket.write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nokHTTP/1.1 500 No\r\ncontent-length: 0\r\n\r\n"),
    { kind: "answered", status: 200, excerpt: "ok", isWhole: true },
  ],
  ["its end without a word", (socket) => void socket.end(), { kind: "unanswered" }],
  ["half a status, and its end", (socket) => void socket.end("HTTP/1.1 2"), { kind: "unanswered" }],
];

describe("an odd answer", () => {
  test.each(odd)("is over within the time limit: %s", async (_, answer, outcome) => {
    const url = await startTcp((socket) => socket.once("data", () => answer(socket)));
    expect(await send(url, { timeoutMs: 300 })).toMatchObject(outcome);
  });

  test("that switches protocols leaves no connection behind", async () => {
    const closed = Promise.withResolvers<void>();
    const url = await startTcp((socket) => {
      socket.on("close", () => closed.resolve());
      socket.once("data", () => socket.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n"));
    });
    await send(url);
    await closed.promise;
  });

  test("to a body that it never reads is over within the time limit", async () => {
    const url = await startTcp((socket) => void socket.pause());
    expect(await send(url, { timeoutMs: 300, body: Buffer.alloc(8_000_000) })).toMatchObject({ kind: "unanswered" });
  });

  test("to a look-up that never ends is over within the time limit", async () => {
    names.set("silent.example", []);
    expect(await send("http://silent.example/", { timeoutMs: 300 })).toMatchObject({
      kind: "unanswered",
      cause: { detail: "timed out after 0.3 s (silent.example)" },
    });
  });
});

describe("no answer", () => {
  test("within the time limit is an outcome that another attempt may change", async () => {
    const { url } = await startServer(() => {});
    expect(await send(url, { timeoutMs: 150 })).toEqual({
      kind: "unanswered",
      cause: { kind: "no answer", detail: expect.stringMatching(/^timed out after 0.15 s \(127\.0\.0\.1:\d+\)$/) },
    });
  });

  test("comes from one that sends headers forever", async () => {
    const url = await startTcp((socket) => {
      socket.write("HTTP/1.1 200 OK\r\n");
      const timer = setInterval(() => socket.write("x-more: 1\r\n"), 20);
      socket.on("close", () => clearInterval(timer));
    });
    expect(await send(url, { timeoutMs: 150 })).toMatchObject({ kind: "unanswered" });
  });

  test("within a limit that is not a whole number of milliseconds is the same", async () => {
    const { url } = await startServer(() => {});
    expect(await send(url, { timeoutMs: 123.4 })).toMatchObject({ kind: "unanswered" });
  });

  test.each(["destroy", "resetAndDestroy"] as const)("because the connection is cut (%s) may be one next time", async (hangUp) => {
    const { url } = await startServer((_, request) => request.socket[hangUp]());
    expect(await send(url)).toEqual({ kind: "unanswered", cause: { kind: "no answer", detail: expect.stringContaining("ECONNRESET") } });
  });

  test("because nobody listens, the name does not exist or it is not HTTP that is spoken may be one next time", async () => {
    const closed = await startTcp(() => {});
    const { port } = new URL(closed);
    const talker = await startTcp((socket) => socket.end("SSH-2.0-OpenSSH\r\n"));
    names.set("free.example", [["127.0.0.1"]]);
    const { url } = await startServer();
    const outcomes = await Promise.all([
      send("http://127.0.0.1:1/"),
      send("http://nobody.example/"),
      send(talker),
      send(`https://127.0.0.1:${new URL(url).port}/`),
      send(`https://free.example:${port}/`, { timeoutMs: 150 }),
    ]);
    for (const outcome of outcomes) expect(outcome).toMatchObject({ kind: "unanswered" });
    expect(outcomes[0]).toMatchObject({ cause: { detail: "ECONNREFUSED (127.0.0.1:1)" } });
    expect(outcomes[1]).toMatchObject({ cause: { detail: "ENOTFOUND (nobody.example)" } });
  });
});

describe("an address that no delivery may go to", () => {
  const refused = (address: string) => ({ kind: "unsendable", cause: { kind: "forbidden address", address } });

  test.each([
    ["127.0.0.1", "127.0.0.1"],
    ["127.1", "127.0.0.1"],
    ["2130706433", "127.0.0.1"],
    ["0x7f000001", "127.0.0.1"],
    ["017700000001", "127.0.0.1"],
    ["[::1]", "::1"],
    ["[::ffff:127.0.0.1]", "::ffff:7f00:1"],
    ["169.254.169.254", "169.254.169.254"],
    ["[fd00:ec2::254]", "fd00:ec2::254"],
  ])("fails permanently when the URL says %s, without a connection", async (host, address) => {
    const { port, counted } = await startServer();
    expect(await send(`http://${host}:${port}/`, { allowAddresses: [] })).toEqual(refused(address));
    expect(counted.connections).toBe(0);
  });

  test("is rejected when a name resolves to it, without a connection", async () => {
    const { port, counted } = await startServer();
    names.set("inside.example", [["127.0.0.1"]]);
    names.set("metadata.example", [["169.254.169.254"]]);
    expect(await send(`http://inside.example:${port}/`, { allowAddresses: [] })).toEqual(refused("127.0.0.1"));
    expect(await send(`http://metadata.example:${port}/`)).toEqual(refused("169.254.169.254"));
    expect(counted.connections).toBe(0);
  });

  test("is rejected when it is only one of several that a name has", async () => {
    const { port, counted } = await startServer();
    names.set("both.example", [["203.0.114.1", "127.0.0.1"]]);
    names.set("mixed.example", [["127.0.0.1", "10.0.0.1"]]);
    expect(await send(`http://both.example:${port}/`, { allowAddresses: [] })).toEqual(refused("127.0.0.1"));
    expect(await send(`http://mixed.example:${port}/`)).toEqual(refused("10.0.0.1"));
    expect(counted.connections).toBe(0);
  });

  test("is rejected although the name resolved to another one a moment ago", async () => {
    const { port, counted } = await startServer((response) => response.writeHead(200, { connection: "close" }).end());
    names.set("changing.example", [["127.0.0.1"], ["192.168.0.1"]]);
    expect(await send(`http://changing.example:${port}/`)).toMatchObject({ kind: "answered", status: 200 });
    expect(await send(`http://changing.example:${port}/`)).toEqual(refused("192.168.0.1"));
    expect(counted.connections).toBe(1);
  });

  test("is delivered to when the target allows it, by address and by name", async () => {
    const { port, url } = await startServer();
    names.set("inside.example", [["127.0.0.1"]]);
    for (const one of [url, `http://inside.example:${port}/`])
      expect(await send(one, { allowAddresses: ["127.0.0.1"] })).toMatchObject({ kind: "answered", status: 200 });
  });

  test("is guarded against in the same way when Node asks for one address only", async () => {
    const before = getDefaultAutoSelectFamily();
    onTestFinished(() => setDefaultAutoSelectFamily(before));
    setDefaultAutoSelectFamily(false);
    const { port, counted } = await startServer();
    names.set("both.example", [["127.0.0.1", "10.0.0.1"]]);
    expect(await send(`http://both.example:${port}/`)).toEqual(refused("10.0.0.1"));
    expect(counted.connections).toBe(0);
    names.set("inside.example", [["127.0.0.1"]]);
    expect(await send(`http://inside.example:${port}/`)).toMatchObject({ kind: "answered", status: 200 });
    expect(await send(`http://nobody.example:${port}/`)).toMatchObject({ cause: { detail: `ENOTFOUND (nobody.example:${port})` } });
  });
});

describe("what is ended by its signal", () => {
  test("is an outcome that another attempt may change, and leaves no connection behind", async () => {
    const [arrived, ending] = [Promise.withResolvers<ServerResponse>(), new AbortController()];
    const { url } = await startServer((response) => arrived.resolve(response));
    const sending = send(url, { signal: ending.signal });
    const response = await arrived.promise;
    const closed = new Promise((done) => response.once("close", done));
    ending.abort();
    expect(await sending).toMatchObject({
      kind: "unanswered",
      cause: { kind: "no answer", detail: expect.stringMatching(/^the function's time was over/) },
    });
    await closed;
  });

  test("is not sent when it has ended before", async () => {
    const { url, counted } = await startServer();
    expect(await send(url, { signal: AbortSignal.abort() })).toMatchObject({ kind: "unanswered" });
    expect(counted.connections).toBe(0);
  });
});
