import { describe, expect, test, vi } from "vitest";
import { createConnections } from "../../../io/direct/connections.ts";
import { type Answer, cut, half, json, silence, startService } from "../../support/aws/scripted-service.ts";

const request = { headers: { "content-type": "text/plain" }, body: "ring" };
const limits = { timeoutMs: 2_000 };
const ok = json(200, "{}");

const setup = async (...answers: readonly Answer[]) => {
  const service = await startService(...answers);
  const { hostname, port } = new URL(service.url);
  return { ...service, connections: createConnections({ isSecure: false, hostname, port: Number(port) }), opened: service.connections };
};

describe("connections", () => {
  test("are kept from one request to the next, the first one opened before it", async () => {
    const { connections, asked, opened } = await setup(ok);
    connections.open();
    await vi.waitFor(() => expect(opened()).toBe(1));
    for (let at = 0; at < 3; at++) expect(await connections.send(request, limits)).toMatchObject({ status: 200, body: Buffer.from("{}") });
    expect(asked.map(({ connection, body }) => [connection, body])).toEqual([
      [1, "ring"],
      [1, "ring"],
      [1, "ring"],
    ]);
  });

  test("that the other side has closed while nobody used them cost no request", async () => {
    const { connections, asked, hangUp, opened } = await setup(ok);
    connections.open();
    await vi.waitFor(() => expect(opened()).toBe(1));
    // Closed behind our back, also the one opened early; nothing gives this process the time to see it before the next request.
    for (let at = 0; at < 20; at++) {
      hangUp();
      expect(await connections.send(request, limits)).toMatchObject({ status: 200 });
    }
    expect(asked).toHaveLength(20);
  });

  test("that are closed at the sight of a request cost another one, and a fresh one that is closed so costs the call", async () => {
    const { connections, asked } = await setup(ok, cut, ok, cut);
    for (let at = 0; at < 2; at++) expect(await connections.send(request, limits)).toMatchObject({ status: 200 });
    await expect(connections.send(request, limits)).rejects.toThrow();
    expect(asked.map(({ connection }) => connection)).toEqual([1, 1, 2, 2, 3]);
  });

  test("to nowhere cost the call, whether opened early or not, and nothing else", async () => {
    const connections = createConnections({ isSecure: false, hostname: "127.0.0.1", port: 9 });
    connections.open();
    await expect(connections.send(request, limits)).rejects.toThrow("ECONNREFUSED");
    await expect(connections.send(request, limits)).rejects.toThrow("ECONNREFUSED");
  });
});

describe("a request fails", () => {
  test.each([
    ["half an answer comes", half],
    ["more comes than any item is large", json(200, "x".repeat(1_100_000))],
  ])("when %s", async (_, answer) => {
    const { connections } = await setup(answer);
    await expect(connections.send(request, limits)).rejects.toThrow();
  });

  test("when there is no answer within its time, or only the beginning of one", async () => {
    const begun: Answer = (response) => void response.write("{");
    const { connections } = await setup(silence, begun);
    for (let at = 0; at < 2; at++) await expect(connections.send(request, { timeoutMs: 30 })).rejects.toThrow();
  });

  test("when its caller has no more time", async () => {
    const { connections } = await setup(silence);
    for (const signal of [AbortSignal.timeout(30), AbortSignal.abort()])
      expect(await connections.send(request, { ...limits, signal }).catch((error) => error)).toBe(signal.reason);
  });
});
