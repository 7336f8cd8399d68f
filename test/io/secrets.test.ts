import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { createSecretReader, parseSecrets, verifiesForMs } from "../../io/secrets.ts";
import { noon } from "../support/samples.ts";

const second = 1_000;
const minute = 60 * second;

/** A Secrets Manager of our own, which answers as it is told, and counts who asks. */
const setup = async ({ staleForMs }: { staleForMs?: number } = {}) => {
  const manager = {
    secrets: new Map<string, string>([["shop/stripe", '{"secrets":["one","two"]}']]),
    mode: "answers" as "answers" | "fails" | "hangs" | "freezes",
    /** What is sent to those who asked while it froze, when they are thawed. */
    thaw: Promise.withResolvers<void>(),
    asked: [] as string[],
  };
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { SecretId } = JSON.parse(body);
    manager.asked.push(SecretId);
    if (manager.mode === "hangs") return;
    const text = manager.secrets.get(SecretId);
    // The answer as it was when it was asked for.
    if (manager.mode === "freezes") await manager.thaw.promise;
    const failure = manager.mode === "fails" ? "InternalServiceError" : text === undefined ? "ResourceNotFoundException" : undefined;
    response.writeHead(failure ? (failure === "InternalServiceError" ? 500 : 400) : 200, { "content-type": "application/x-amz-json-1.1" });
    response.end(JSON.stringify(failure ? { __type: failure, message: failure } : { Name: SecretId, SecretString: text }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  vi.stubEnv("AWS_ENDPOINT_URL_SECRETS_MANAGER", `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.stubEnv("AWS_REGION", "us-east-1");
  vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
  onTestFinished(() => {
    vi.unstubAllEnvs();
    server.closeAllConnections();
    server.close();
  });
  const time = { now: noon };
  const reader = createSecretReader({
    limits: { attempts: 1, requestTimeoutMs: 400 },
    clock: () => time.now,
    ...(staleForMs !== undefined && { staleForMs }),
  });
  const rotate = (...secrets: readonly string[]) => void manager.secrets.set("shop/stripe", JSON.stringify({ secrets }));
  return { manager, reader, time, rotate };
};

const name = "shop/stripe";
const readable = (...secrets: readonly string[]) => ({ kind: "readable", secrets });

describe("a secret", () => {
  test("is read from Secrets Manager once, and not again within four minutes", async () => {
    const { reader, manager, time } = await setup();
    expect(await reader.read(name)).toEqual(readable("one", "two"));
    for (const later of [10 * second, 3 * minute, 49 * second]) {
      time.now += later;
      expect(await reader.read(name)).toEqual(readable("one", "two"));
      // Another secret's way there and back: had this one been asked for behind our back, it would have been by now.
      await reader.read("shop/other");
    }
    expect(manager.asked.filter((asked) => asked === name)).toEqual([name]);
  });

  test("is read once for any number of first readers", async () => {
    const { reader, manager } = await setup();
    const read = await Promise.all(Array.from({ length: 50 }, () => reader.read(name)));
    expect(new Set(read.map((one) => JSON.stringify(one)))).toEqual(new Set([JSON.stringify(readable("one", "two"))]));
    expect(manager.asked).toEqual([name]);
  });

  test("is not used for another one", async () => {
    const { reader, manager } = await setup();
    manager.secrets.set("shop/zeus", '{"secrets":["three"],"note":"new since May"}');
    expect(await Promise.all([reader.read(name), reader.read("shop/zeus")])).toEqual([readable("one", "two"), readable("three")]);
  });

  test("is renewed in the background after four minutes, so that a process at work never waits for it", async () => {
    const { reader, manager, time, rotate } = await setup();
    await reader.read(name);
    rotate("three");
    time.now += 4 * minute;
    expect(await reader.read(name)).toEqual(readable("one", "two"));
    await vi.waitFor(async () => expect(await reader.read(name)).toEqual(readable("three")));
    expect(manager.asked).toHaveLength(2);
  });

  test("that was revoked no longer counts for the first reader of a process that was idle for five minutes or hours", async () => {
    for (const idle of [5 * minute, 6 * 60 * minute]) {
      const { reader, time, rotate } = await setup({ staleForMs: verifiesForMs });
      await reader.read(name);
      rotate("three");
      time.now += idle;
      expect(await reader.read(name)).toEqual(readable("three"));
    }
  });

  test("that was asked for just before the process was frozen is as old as the question", async () => {
    const { reader, manager, time, rotate } = await setup({ staleForMs: verifiesForMs });
    await reader.read(name);
    manager.mode = "freezes";
    time.now += 4 * minute;
    await reader.read(name);
    await vi.waitFor(() => expect(manager.asked).toHaveLength(2));
    rotate("three");
    manager.mode = "answers";
    time.now += 6 * 60 * minute;
    manager.thaw.resolve();
    expect(await reader.read(name)).toEqual(readable("three"));
    await reader.read("shop/other");
    expect(await reader.read(name)).toEqual(readable("three"));
  });

  test("is read again when the clock was set back, instead of being fresh for as long", async () => {
    const { reader, time, rotate } = await setup({ staleForMs: verifiesForMs });
    await reader.read(name);
    rotate("three");
    time.now -= 6 * 60 * minute;
    for (let times = 0; times < 2; times++) expect(await reader.read(name)).toEqual(readable("three"));
  });

  test.each(["fails", "hangs"] as const)("counts for an hour, and no longer, while Secrets Manager %s", async (mode) => {
    const { reader, manager, time } = await setup({ staleForMs: verifiesForMs });
    await reader.read(name);
    manager.mode = mode;
    for (let minutes = 10; minutes <= 60; minutes += 10) {
      time.now += 10 * minute;
      expect(await reader.read(name)).toEqual(readable("one", "two"));
    }
    for (const later of [1, 1, 6 * 60 * minute]) {
      time.now += later;
      expect(await reader.read(name)).toMatchObject({ kind: "unreadable", reason: expect.stringContaining(name) });
    }
    manager.mode = "answers";
    time.now += 10 * second;
    expect(await reader.read(name)).toEqual(readable("one", "two"));
  });

  test.each(["fails", "hangs"] as const)(
    "that is signed or asked with is used for as long as Secrets Manager %s: the other side decides whether it counts",
    async (mode) => {
      const { reader, manager, time } = await setup();
      await reader.read(name);
      manager.mode = mode;
      for (let hour = 1; hour <= 5; hour++) {
        time.now += 9 * 60 * minute;
        expect(await reader.read(name)).toEqual(readable("one", "two"));
      }
    },
  );

  test("is asked for every ten seconds at most while Secrets Manager fails, however many read it", async () => {
    const { reader, manager, time } = await setup();
    await reader.read(name);
    manager.mode = "fails";
    time.now += 5 * minute;
    for (let round = 1; round <= 3; round++) {
      time.now += 10 * second;
      for (let times = 0; times < 20; times++) {
        await reader.read(name);
        // Another secret's way there and back gives this one's time to fail.
        await reader.read("shop/other");
      }
      expect(manager.asked.filter((asked) => asked === name)).toHaveLength(1 + round);
    }
  });

  test("is read again as soon as Secrets Manager is back", async () => {
    const { reader, manager, time, rotate } = await setup();
    await reader.read(name);
    manager.mode = "fails";
    time.now += 10 * minute;
    await reader.read(name);
    await vi.waitFor(() => expect(manager.asked).toHaveLength(2));
    rotate("three");
    manager.mode = "answers";
    time.now += 10 * second;
    await vi.waitFor(async () => expect(await reader.read(name)).toEqual(readable("three")));
  });
});

describe("a secret that cannot be read", () => {
  test("is reported with its name and the error's, and read again by the next reader", async () => {
    const { reader, manager } = await setup();
    manager.mode = "fails";
    expect(await reader.read(name)).toEqual({
      kind: "unreadable",
      error: expect.objectContaining({ name: "InternalServiceError" }),
      reason: expect.stringMatching(/^the secret shop\/stripe cannot be read: \w+$/),
    });
    manager.mode = "answers";
    expect(await reader.read(name)).toEqual(readable("one", "two"));
  });

  test("because Secrets Manager does not answer is reported within its time limit", async () => {
    const { reader, manager } = await setup();
    manager.mode = "hangs";
    expect(await reader.read(name)).toMatchObject({ kind: "unreadable" });
    expect(manager.asked).toHaveLength(1);
  });

  test("because there is none is reported as such", async () => {
    const { reader } = await setup();
    expect(await reader.read("shop/other")).toEqual({
      kind: "unreadable",
      reason: "the secret shop/other cannot be read: ResourceNotFoundException",
      because: "not put",
    });
  });

  test("because it is not of our form is reported without showing it", async () => {
    const { reader, manager } = await setup();
    manager.secrets.set(name, "sk_live_123");
    const read = await reader.read(name);
    expect(read).toMatchObject({
      kind: "unreadable",
      reason: expect.stringContaining('is not JSON of the form {"secrets": ["..."]}'),
      because: "not put",
    });
    expect(JSON.stringify(read)).not.toContain("sk_live_123");
  });

  test("any more is used as it was", async () => {
    const { reader, manager, time } = await setup();
    await reader.read(name);
    manager.secrets.set(name, "no longer JSON");
    time.now += 10 * minute;
    await reader.read(name);
    await vi.waitFor(() => expect(manager.asked).toHaveLength(2));
    expect(await reader.renew(name)).toBe(false);
    expect(await reader.read(name)).toEqual(readable("one", "two"));
  });
});

describe("renewing", () => {
  test("finds a secret that was rotated, and says whether there was anything new", async () => {
    const { reader, time, rotate } = await setup();
    await reader.read(name);
    time.now += 10 * second;
    expect(await reader.renew(name)).toBe(false);
    rotate("three");
    time.now += 10 * second;
    expect(await reader.renew(name)).toBe(true);
    expect(await reader.read(name)).toEqual(readable("three"));
  });

  test("does nothing within ten seconds of the last attempt: a forger cannot make us ask more often", async () => {
    const { reader, manager, time, rotate } = await setup();
    await reader.read(name);
    rotate("three");
    time.now += 10 * second - 1;
    for (let forged = 0; forged < 100; forged++) expect(await reader.renew(name)).toBe(false);
    expect(manager.asked).toHaveLength(1);
    time.now += 1;
    expect(await reader.renew(name)).toBe(true);
    for (let forged = 0; forged < 100; forged++) expect(await reader.renew(name)).toBe(false);
    expect(manager.asked).toHaveLength(2);
  });

  test.each(["fails", "hangs"] as const)("is bounded in the same way while Secrets Manager %s", async (mode) => {
    const { reader, manager, time } = await setup();
    await reader.read(name);
    manager.mode = mode;
    for (let round = 1; round <= 3; round++) {
      time.now += 10 * second;
      for (let forged = 0; forged < 50; forged++) expect(await reader.renew(name)).toBe(false);
      expect(manager.asked).toHaveLength(1 + round);
    }
    expect(await reader.read(name)).toEqual(readable("one", "two"));
  });

  test("asks once for all concurrent renewals, and gives all of them what is new", async () => {
    const { reader, manager, time, rotate } = await setup();
    await reader.read(name);
    rotate("three");
    time.now += 10 * second;
    expect(await Promise.all(Array.from({ length: 20 }, () => reader.renew(name)))).toEqual(Array(20).fill(true));
    expect(manager.asked).toHaveLength(2);
  });
});

test("secrets are texts in a list under that name, and nothing else is", () => {
  expect(parseSecrets('{"secrets":[]}')).toEqual([]);
  expect(parseSecrets('{"secrets":["a","b"],"since":"May"}')).toEqual(["a", "b"]);
  for (const text of [
    "",
    "a",
    "null",
    "[]",
    '"a"',
    "{}",
    '{"secrets":"a"}',
    '{"secrets":[1]}',
    '{"secrets":["a",null]}',
    '{"Secrets":["a"]}',
  ])
    expect(parseSecrets(text)).toBeUndefined();
});
