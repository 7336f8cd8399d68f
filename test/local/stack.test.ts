import { type ChildProcess, spawn } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { startEmulators } from "../../local/engines/emulators.ts";
import { type LocalStack, startStack } from "../../local/stack.ts";
import { readStackFile } from "../../operator/connect/stack-file.ts";
import { delivered, isAlive, makeDirectory, newDirectory, post, startTiny, tinyApp } from "./tiny-stack.ts";

const soon = { timeout: 20_000, interval: 50 };

describe("a local stack", () => {
  const directory = makeDirectory();
  let stack: LocalStack;
  beforeAll(async () => {
    stack = await startStack({ directory, appCommand: tinyApp, port: 0, quiet: true });
  });
  afterAll(async () => {
    await stack.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  test("takes a callback all the way from the front to the application", async () => {
    const answer = await post(stack, { id: "evt_1" });
    expect([answer.status, answer.headers.get("content-type"), await answer.text()]).toEqual([201, "text/plain", "kept evt_1"]);
    await vi.waitFor(() => expect(delivered(directory)).toEqual(["evt_1"]), soon);
    expect(stack.tables).toEqual(["tiny-records"]);
    expect(Object.keys(stack.queues).sort()).toEqual(["tiny-dead.fifo", "tiny-doorbells.fifo"]);
    expect(stack.buckets).toEqual(["tiny-bodies-000000000000"]);
  });

  test("keeps from the function what the stream's filter excludes", async () => {
    await post(stack, { id: "excluded", what: "unrelayed" });
    await post(stack, { id: "included" });
    await vi.waitFor(() => expect(delivered(directory)).toContain("included"), soon);
    expect(delivered(directory)).not.toContain("excluded");
  });

  test("answers as HTTP API does when the function throws, ends, or says nothing", async () => {
    const said = async (what: string) => {
      const answer = await post(stack, { id: "x", what });
      return [answer.status, await answer.text()];
    };
    expect(await said("throw")).toEqual([500, '{"message":"Internal Server Error"}']);
    expect(await said("nothing")).toEqual([200, "null"]);
    expect(await said("exit")).toEqual([500, '{"message":"Internal Server Error"}']);
    expect(await said("after all that")).toEqual([201, "kept x"]);
    const elsewhere = await fetch(`${stack.url}/elsewhere`);
    expect([elsewhere.status, await elsewhere.text()]).toEqual([404, '{"message":"Not Found"}']);
  });

  test("gives functions the local secret, and reads it again after an edit", async () => {
    const read = async () => (await (await post(stack, { what: "secret" })).json()) as { secrets: string[] };
    const before = await read();
    expect(before.secrets).toHaveLength(1);
    writeFileSync(join(directory, ".holdfast", "secrets.json"), JSON.stringify({ "tiny/sandbox": { secrets: ["mine"] } }));
    expect(await read()).toEqual({ secrets: ["mine"] });
  });

  test("says to a start in its directory where it runs, and goes on", async () => {
    await expect(startTiny(directory)).rejects.toThrow(`already runs in ${directory}/.holdfast (${stack.url}, process ${process.pid})`);
    expect(await (await fetch(`${stack.url}/_local/health`)).json()).toMatchObject({ status: "ok" });
  });

  test("is not disturbed by a start on its port, which names the port and releases its directory", async () => {
    const other = newDirectory();
    const port = Number(new URL(stack.url).port);
    await expect(startTiny(other, { port })).rejects.toThrow(`Port ${port} is taken`);
    await startTiny(other);
    expect(await (await fetch(`${stack.url}/_local/health`)).json()).toMatchObject({ status: "ok", directory });
  });
});

describe("a local stack of its own", () => {
  test("rejects what is too long or too much, as the stage of the template says", async () => {
    vi.stubEnv("TINY_BURST", "3");
    // So slow that no machine is slower.
    vi.stubEnv("TINY_RATE", "0.01");
    onTestFinished(() => void vi.unstubAllEnvs());
    const stack = await startTiny(newDirectory());
    const long = await post(stack, "x".repeat(10 * 1024 * 1024 + 1));
    expect([long.status, await long.text()]).toEqual([413, '{"message":"Request Too Long"}']);
    const statuses = await Promise.all(Array.from({ length: 8 }, async (_, index) => (await post(stack, { id: `burst-${index}` })).status));
    expect(statuses).toContain(429);
    const headers = await post(stack, { id: "x" }, { "x-long": "y".repeat(11_000) });
    expect(headers.status).toBe(431);
  });

  test("runs the schedule, counts what the functions measure, and reports on itself", async () => {
    const directory = newDirectory();
    const stack = await startTiny(directory, { sweepEverySeconds: 0.2 });
    await post(stack, { id: "measured" });
    await vi.waitFor(async () => {
      const metrics = (await (await fetch(`${stack.url}/_local/metrics`)).json()) as { name: string; sum: number }[];
      expect(metrics.find(({ name }) => name === "Kept")?.sum).toBe(1);
      expect(metrics.find(({ name }) => name === "Swept")?.sum).toBeGreaterThan(2);
    }, soon);
    expect(await (await fetch(`${stack.url}/_local/health`)).json()).toMatchObject({ status: "ok", pid: process.pid });
    expect(await stack.invoke("sweep", { by: "hand" })).toMatchObject({
      kind: "returned",
      payload: { invocation: { by: "hand" }, name: "tiny-sweep" },
    });
    await expect(stack.invoke("nobody", {})).rejects.toThrow("there is no function nobody");
  });

  test("delivers to the application that the user names", async () => {
    const received: string[] = [];
    const server = createServer((request, response) => {
      received.push(`${request.url} ${request.headers["holdfast-record"]}`);
      response.end();
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
    const stack = await startTiny(newDirectory(), { target: { url } });
    await post(stack, { id: "evt_1" });
    await vi.waitFor(() => expect(received).toEqual(["/hooks evt_1"]), soon);
    expect(stack.config.targets.app).toMatchObject({ url, allowAddresses: ["127.0.0.0/8", "::1/128"] });
  });
});

test("the standard variables point a local stack at any other engine", async () => {
  const given = await startEmulators(newDirectory(), {});
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await given.stop();
  });
  vi.stubEnv("AWS_ENDPOINT_URL_DYNAMODB", given.endpoints.dynamodb);
  vi.stubEnv("AWS_ENDPOINT_URL_SQS", given.endpoints.sqs);
  vi.stubEnv("AWS_ENDPOINT_URL_S3", given.endpoints.s3);
  const directory = newDirectory();
  const stack = await startTiny(directory);
  expect(stack.endpoints).toMatchObject(given.endpoints);
  expect(Object.values(stack.engines())).toEqual([undefined, undefined]);
  await post(stack, { id: "evt_1" });
  await vi.waitFor(() => expect(delivered(directory)).toEqual(["evt_1"]), soon);
});

describe("what a local stack keeps", () => {
  test("survives a stop, and is not delivered again", async () => {
    const directory = newDirectory();
    const first = await startTiny(directory);
    await post(first, { id: "before" });
    await vi.waitFor(() => expect(delivered(directory)).toEqual(["before"]), soon);
    const engines = Object.values(first.engines());
    await first.stop();
    expect(engines.filter((pid) => isAlive(pid ?? 0))).toEqual([]);
    expect(readStackFile(directory)).toBeUndefined();

    const second = await startTiny(directory);
    await post(second, { id: "after" });
    await vi.waitFor(() => expect(delivered(directory)).toEqual(["before", "after"]), soon);
  });

  test("survives kill -9, with everything that was acknowledged, and no engine is left behind", async () => {
    const directory = newDirectory();
    const first = await startInProcess(directory);
    const acknowledged: string[] = [];
    const posting = Promise.all(
      Array.from({ length: 8 }, async (_, lane) => {
        for (let count = 0; count < 50; count++) {
          const id = `${lane}-${count}`;
          const answer = await post(first, { id }).catch(() => undefined);
          if (answer?.status !== 201) return;
          acknowledged.push(id);
        }
      }),
    );
    await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(40), soon);
    first.process.kill("SIGKILL");
    await posting;
    await vi.waitFor(() => expect(first.engines.filter(isAlive)).toEqual([]), soon);
    expect(readStackFile(directory)).toBeUndefined();

    await startTiny(directory);
    await vi.waitFor(() => expect(new Set(delivered(directory))).toEqual(new Set([...delivered(directory), ...acknowledged])), soon);
    expect(acknowledged.length).toBeGreaterThan(40);
  });

  test("survives the death of both engines while callbacks come in", async () => {
    const directory = newDirectory();
    const stack = await startTiny(directory);
    const acknowledged: string[] = [];
    let posting = true;
    const lanes = Array.from({ length: 4 }, async (_, lane) => {
      for (let count = 0; posting; count++) {
        const id = `${lane}-${count}`;
        if ((await post(stack, { id })).status === 201) acknowledged.push(id);
      }
    });
    await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(20), soon);
    const { dynamodb = 0, queues = 0 } = stack.engines();
    process.kill(dynamodb, "SIGKILL");
    process.kill(queues, "SIGKILL");
    await vi.waitFor(() => expect(Object.values(stack.engines())).not.toContain(undefined), soon);
    const healed = acknowledged.length;
    await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(healed + 20), soon);
    posting = false;
    await Promise.all(lanes);
    await vi.waitFor(() => expect(new Set(delivered(directory))).toEqual(new Set([...delivered(directory), ...acknowledged])), soon);
    expect(Object.values(stack.engines())).not.toContain(dynamodb);
  });
});

describe("a start that cannot succeed", () => {
  test("repeats what the app says about its configuration, without a stack trace, and leaves nothing running", async () => {
    const directory = newDirectory();
    vi.stubEnv("TINY_PROBLEM", "sources.sandbox.target is apq: write app");
    onTestFinished(() => void vi.unstubAllEnvs());
    await expect(startTiny(directory)).rejects.toThrow(/^sources\.sandbox\.target is apq: write app$/);
  });

  test("names a resource that the local stack does not play", async () => {
    vi.stubEnv("TINY_RESOURCES", JSON.stringify({ Machine: { Type: "AWS::StepFunctions::StateMachine", Properties: {} } }));
    onTestFinished(() => void vi.unstubAllEnvs());
    await expect(startTiny(newDirectory())).rejects.toThrow("Machine of type AWS::StepFunctions::StateMachine");
  });

  test("names an engine's variable under which nothing answers", async () => {
    vi.stubEnv("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:9");
    onTestFinished(() => void vi.unstubAllEnvs());
    await expect(startTiny(newDirectory())).rejects.toThrow("AWS_ENDPOINT_URL_DYNAMODB is http://127.0.0.1:9, where nothing answers");
  });
});

/** In a process that can be killed. */
const startInProcess = async (directory: string): Promise<{ process: ChildProcess; url: string; engines: number[] }> => {
  const program = `
    import { startStack } from ${JSON.stringify(join(import.meta.dirname, "../../local/stack.ts"))};
    const stack = await startStack({ directory: ${JSON.stringify(directory)}, appCommand: ${JSON.stringify(tinyApp)}, port: 0, quiet: true });
    console.log(JSON.stringify({ url: stack.url, engines: Object.values(stack.engines()) }));`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [line] = await Promise.race([
    new Promise<[string]>((done) => child.stdout.once("data", (data) => done([String(data)]))),
    new Promise<never>((_, failed) => child.once("exit", (code) => failed(new Error(`the stack ended with ${code}`)))),
  ]);
  return { process: child, ...(JSON.parse(line) as { url: string; engines: number[] }) };
};
