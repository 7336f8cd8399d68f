import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { builtinModules } from "node:module";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { ApplicationData } from "../../../core/application/message.ts";
import { ApplicationClientError, createApplicationClient } from "../../../io/application/client.ts";
import type { Waiting } from "../../../io/application/post.ts";
import { createWorld, noon, secret } from "../../support/world/world.ts";

const url = "https://callbacks.example.com/callbacks/app";
const closed = { account: "a-1" };
const at = "2026-11-20T11:00:00Z";

/** The world's front behind `fetch`: what the client sends is what receive gets. */
const throughWorld = async (changes: Partial<Waiting> = {}) => {
  const world = await createWorld({ sources: { sandbox: { gateway: "sandbox", target: "app" }, app: { gateway: "app" } } });
  onTestFinished(() => world.close());
  const waiting: Waiting = {
    fetch: async (to, { method = "", headers, body }) => {
      const source = new URL(to).pathname.split("/").at(-1) ?? "";
      const reply = await world.receive({
        ...{ source, method, url: to, headers: headers as Record<string, string>, body: Buffer.from(String(body)) },
        ...{ sourceIp: "127.0.0.1", receivedAt: world.time.now },
      });
      return new Response(Buffer.from(reply.body), { status: reply.status });
    },
    pause: async () => {},
    now: () => world.time.now,
    random: () => 0.5,
    ...changes,
  };
  return { world, client: createApplicationClient({ url, secret }, waiting), waiting };
};

describe("what is sent", () => {
  test("is genuine, and in the ledger when the path has run", async () => {
    const { world, client } = await throughWorld();
    const granted: ApplicationData["entitlement.granted"] = {
      ...{ account: "a-1", source: "sandbox", contract: "sub_1", plan: "premium" },
      ...{ price: { minor: 1_980, currency: "JPY" }, interval: "month" },
    };
    const { id } = await client.send("entitlement.granted", granted, { at: new Date(noon - 1_000) });
    await world.settle();
    const { applicationEvents } = await world.ledger.related({ source: "sandbox", contract: "sub_1" });
    expect(applicationEvents).toEqual([
      {
        record: `app/${id}`,
        event: { ...granted, id, type: "entitlement.granted", occurredAt: noon - 1_000, receivedAt: noon },
      },
    ]);
  });

  test("twice is one event, unless it is given another id", async () => {
    const { world, client } = await throughWorld();
    const first = await client.send("account.closed", closed, { at });
    expect(await client.send("account.closed", closed, { at })).toEqual(first);
    await client.send("account.closed", closed, { at, id: "closing-2" });
    await world.settle();
    const { applicationEvents } = await world.ledger.related({ account: "a-1" });
    expect(applicationEvents.map(({ event }) => event.id).sort()).toEqual([first.id, "closing-2"].sort());
  });

  test("with a wrong secret is rejected with what to check, and is not tried again", async () => {
    const { world, waiting } = await throughWorld();
    const stranger = createApplicationClient({ url, secret: "another secret" }, waiting);
    await expect(stranger.send("account.closed", closed, { at })).rejects.toMatchObject({
      kind: "rejected",
      status: 401,
      message: expect.stringMatching(/secret of this source.*clock/),
    });
    await world.settle();
    expect((await world.ledger.related({ account: "a-1" })).applicationEvents).toEqual([]);
  });

  test("to a source that does not exist says so", async () => {
    const { waiting } = await throughWorld();
    const lost = createApplicationClient({ url: `${url}s`, secret }, waiting);
    await expect(lost.send("account.closed", closed, { at })).rejects.toMatchObject({ kind: "rejected", status: 404 });
  });
});

const answering = (answers: readonly (number | Error | Record<string, string>)[], settings: { readonly attempts?: number } = {}) => {
  const sent: RequestInit[] = [];
  const pauses: number[] = [];
  let now = noon;
  const client = createApplicationClient(
    { url, secret, ...settings },
    {
      fetch: async (_, init) => {
        const answer = answers[sent.push(init) - 1];
        if (answer instanceof Error) throw answer;
        if (typeof answer === "object") return new Response(null, { status: 429, headers: answer });
        return new Response(null, { status: answer ?? 200 });
      },
      pause: async (ms) => {
        pauses.push(ms);
        now += ms;
      },
      now: () => now,
      random: () => 1,
    },
  );
  return { client, sent, pauses };
};

describe("what is not acknowledged", () => {
  test("is sent again with the same id and body, signed at its own time", async () => {
    const { client, sent, pauses } = answering([
      503,
      new TypeError("fetch failed", { cause: new Error("ECONNREFUSED") }),
      { "retry-after": "2" },
    ]);
    await client.send("account.closed", closed, { at });
    expect(new Set(sent.map(({ body }) => body)).size).toBe(1);
    expect(new Set(sent.map(({ headers }) => (headers as Record<string, string>)["webhook-id"])).size).toBe(1);
    expect(new Set(sent.map(({ headers }) => (headers as Record<string, string>)["webhook-timestamp"])).size).toBeGreaterThan(1);
    expect(pauses).toEqual([500, 1_000, 2_000]);
  });

  test("after the last attempt says what it was answered, and that it may be sent again", async () => {
    const { client, sent } = answering([500, 502], { attempts: 2 });
    const error = await client.send("account.closed", closed, { at }).catch((one: unknown) => one);
    expect(error).toBeInstanceOf(ApplicationClientError);
    expect(error).toMatchObject({
      kind: "unreachable",
      status: 502,
      message: expect.stringMatching(/in 2 attempts: answered 502\. Send it again later/),
    });
    expect(sent).toHaveLength(2);
  });

  test.each([301, 400, 403])("for %i is not sent again: somebody else lives there", async (status) => {
    const { client, sent } = answering([status]);
    await expect(client.send("account.closed", closed, { at })).rejects.toMatchObject({ kind: "rejected", status });
    expect(sent).toHaveLength(1);
  });

  test("within its time is a failed attempt", async () => {
    const server = createServer(() => {});
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close().closeAllConnections());
    const silent = `http://127.0.0.1:${(server.address() as AddressInfo).port}/callbacks/app`;
    const client = createApplicationClient({ url: silent, secret, timeoutMs: 20, attempts: 1 });
    await expect(client.send("account.closed", closed, { at })).rejects.toMatchObject({
      kind: "unreachable",
      message: expect.stringContaining("no answer within 20 ms"),
    });
  });

  test("ends when its caller gives up", async () => {
    const caller = new AbortController();
    caller.abort(new Error("the request is over"));
    const { client, sent } = answering([]);
    await expect(client.send("account.closed", closed, { at, signal: caller.signal })).rejects.toThrow("the request is over");
    expect(sent).toHaveLength(0);
  });
});

describe("nothing is sent", () => {
  test.each([
    ["of a wrong field", { acount: "a-1" }, { at }, /data\.acount: .*did you mean "account"/],
    [
      "of a moment without a zone",
      closed,
      { at: "2026-11-20 11:00" },
      /^account\.closed cannot be sent: timestamp = "2026-11-20 11:00": write a moment/,
    ],
    ["of no moment", closed, { at: new Date("x") }, /`at` is no moment/],
    ["with an id that cannot be a header", closed, { at, id: "a b" }, /The id "a b" cannot be used/],
  ])("%s", async (_, data, options, says) => {
    const { client, sent } = answering([]);
    await expect(client.send("account.closed", data as never, options)).rejects.toMatchObject({
      kind: "invalid",
      message: expect.stringMatching(says),
    });
    expect(sent).toHaveLength(0);
  });

  test.each([
    [{ url: "callbacks.example.com" }, /^url: /],
    [{ url: "http://callbacks.example.com/callbacks/app" }, /^url: /],
    [{ secret: "whsec_" }, /^secret: /],
    [{ timeoutMs: 0 }, /^timeoutMs: /],
    [{ attempts: 2.5 }, /^attempts: /],
  ])("with the options %j", (wrong, says) => {
    expect(() => createApplicationClient({ url, secret, ...wrong })).toThrow(says);
  });
});

test("the client needs nothing but what Node has: no file that it loads imports a package", () => {
  const outside = new Set<string>();
  const seen = new Set<string>();
  const walk = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const [, name = ""] of readFileSync(file, "utf8").matchAll(/^(?:import|export) (?!type)[^;]*? from "([^"]+)";/gm))
      if (name.startsWith(".")) walk(join(dirname(file), name));
      else outside.add(name);
  };
  walk(join(import.meta.dirname, "../../../io/application/client.ts"));
  expect(seen.size).toBeGreaterThan(5);
  expect([...outside].filter((name) => !builtinModules.includes(name.replace(/^node:/, "")))).toEqual([]);
});
