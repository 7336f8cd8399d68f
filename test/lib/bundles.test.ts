/** What `npm run build` made of functions/, as it will lie in Lambda: alone, without this repository around it. */
import { execFile } from "node:child_process";
import { cpSync, globSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { gateways } from "../../gateways/index.ts";
import { root, temporaryDirectory } from "./synthesize.ts";

const names = globSync("functions/*.ts", { cwd: root }).map((file) => basename(file, ".ts"));

/** Modules that Node.js loaded from the directory when it imported the function, and what the function exports. */
const imported = async (
  name: string,
): Promise<{ readonly loaded: readonly string[]; readonly isWrapped: boolean; readonly said: string }> => {
  const directory = temporaryDirectory();
  cpSync(join(root, "dist/bundles", name), directory, { recursive: true });
  const script = `
    import { registerHooks } from "node:module";
    const loaded = [];
    registerHooks({ load: (url, context, next) => (url.startsWith("file:") && loaded.push(url), next(url, context)) });
    const { handler } = await import("./index.mjs");
    process.stderr.write(JSON.stringify({ loaded, isWrapped: typeof handler.use === "function" }));
  `;
  const run = promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], { cwd: directory, env: {} });
  const { stdout, stderr } = await run;
  return { ...JSON.parse(stderr), said: stdout };
};

const sandboxConfig = {
  name: "shop",
  sources: { sandbox: { gateway: "sandbox", target: "app" } },
  targets: { app: { kind: "http", url: "https://app.example.com", mode: "pass-through" } },
};
const callbackEvent = {
  rawPath: "/callbacks/sandbox",
  rawQueryString: "",
  headers: {},
  pathParameters: { source: "sandbox" },
  requestContext: { domainName: "example.com", timeEpoch: 1, http: { method: "POST", sourceIp: "203.0.113.7" } },
  body: "{}",
};
const nowhere = "http://127.0.0.1:9";
const unreachable = {
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: "none",
  AWS_SECRET_ACCESS_KEY: "none",
  AWS_ENDPOINT_URL: nowhere,
  RECORDS_TABLE: "none",
  BUCKET: "none",
  SPILL_QUEUE_URL: `${nowhere}/none`,
};

describe.each(names)("the bundle of %s", (name) => {
  test("runs without node_modules, exports a wrapped handler, and does nothing when it is only imported", async () => {
    const { isWrapped, said } = await imported(name);
    expect(isWrapped).toBe(true);
    expect(said).toBe("");
  });

  test("is ESM, each file with its source map, which Node does not read by itself", () => {
    const files = readdirSync(join(root, "dist/bundles", name));
    const code = files.filter((file) => file.endsWith(".mjs"));
    expect(files.toSorted()).toEqual(code.flatMap((file) => [file, `${file}.map`]).toSorted());
    for (const file of code) expect(readFileSync(join(root, "dist/bundles", name, file), "utf8")).not.toContain("sourceMappingURL");
    const sources = code.flatMap((file) => JSON.parse(readFileSync(join(root, "dist/bundles", name, `${file}.map`), "utf8")).sources);
    expect(sources).toContain(`functions/${name}.ts`);
    expect(sources.filter((source: string) => source.startsWith(".") || source.startsWith("/"))).toEqual([]);
  });

  test("names source files and lines in the log when it fails", async () => {
    const directory = temporaryDirectory();
    cpSync(join(root, "dist/bundles", name), directory, { recursive: true });
    writeFileSync(join(directory, "config.json"), JSON.stringify(sandboxConfig));
    const script = `
      const { handler } = await import("./index.mjs");
      const context = { functionName: "shop", awsRequestId: "1", getRemainingTimeInMillis: () => 0 };
      await handler(${JSON.stringify(callbackEvent)}, context).catch(() => {});
      process.exit();
    `;
    // Receive has all it needs but a store that answers; the others miss their variables.
    const env = name === "receive" ? unreachable : { AWS_REGION: "us-east-1" };
    const { stderr } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], { cwd: directory, env });
    expect(stderr).toMatch(/at functions\/[\w/-]+\.ts:\d+:\d+/);
    expect(stderr).not.toMatch(/at \S+ \(file:/);
  });
});

test("sweep names its steps, also minified, and works with a configuration that leaves everything out", async () => {
  const directory = temporaryDirectory();
  cpSync(join(root, "dist/bundles/sweep"), directory, { recursive: true });
  writeFileSync(join(directory, "config.json"), JSON.stringify({ name: "shop", sources: {}, targets: {} }));
  const script = `
    const { handler } = await import("./index.mjs");
    // With no time left it begins with nothing, and says with what.
    await handler({}, { functionName: "shop-sweep", awsRequestId: "1", getRemainingTimeInMillis: () => 0 });
  `;
  const names = ["RECORDS_TABLE", "LEDGER_TABLE", "BUCKET", "QUEUE_URL", "DEAD_LETTER_QUEUE_URL", "SPILL_QUEUE_URL", "ALARM_TOPIC_ARN"];
  const env = { AWS_REGION: "us-east-1", ...Object.fromEntries(names.map((name) => [name, "none"])) };
  await expect(promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], { cwd: directory, env })).rejects.toThrow(
    "the sweep could not finish: recordSpilled, audit, ringDue, verifyLate, lookAgain, tidyDeadLetters, keepWaiting, remindOfExports, measure, sendDigest, writeRun",
  );
});

test("receive starts without a character that would make Node read its code as UTF-16, and without log and metrics", async () => {
  const directory = join(root, "dist/bundles/receive");
  const early = (await imported("receive")).loaded.map((url) => readFileSync(new URL(url), "utf8"));
  expect(early.length).toBeGreaterThan(1);
  expect(early.filter((code) => Buffer.byteLength(code) > code.length)).toEqual([]);
  const metrics = readdirSync(directory).filter((file) => readFileSync(join(directory, file), "utf8").includes("CloudWatchMetrics"));
  expect(metrics).toHaveLength(1);
  expect(early.some((code) => code.includes("CloudWatchMetrics"))).toBe(false);
});

test("receive loads no client of the SDK before it needs it: the first put is signed without one", async () => {
  const directory = join(root, "dist/bundles/receive");
  const early = (await imported("receive")).loaded.map((url) => basename(new URL(url).pathname));
  const holding = (text: string) => readdirSync(directory).filter((file) => readFileSync(join(directory, file), "utf8").includes(text));
  expect(holding("DynamoDB_20120810.").some((file) => early.includes(file))).toBe(true);
  for (const call of ['"PutItem"', '"PutObject"', '"SendMessage"']) {
    expect(holding(call).length, call).toBeGreaterThan(0);
    expect(
      holding(call).filter((file) => early.includes(file)),
      call,
    ).toEqual([]);
  }
});

test("consume loads the clients of functions and event buses when a target is one, and no other function carries them", async () => {
  const [lambda, eventBridge] = ["/2015-03-31/functions/{FunctionName}/invocations", "AWSEvents"];
  const early = (await imported("consume")).loaded.map((url) => basename(new URL(url).pathname));
  for (const name of names) {
    const directory = join(root, "dist/bundles", name);
    const holding = (text: string) => readdirSync(directory).filter((file) => readFileSync(join(directory, file), "utf8").includes(text));
    for (const text of [lambda, eventBridge]) {
      expect(holding(text).length > 0, `${name}: ${text}`).toBe(name === "consume");
      expect(holding(text).filter((file) => early.includes(file))).toEqual([]);
    }
  }
});

test("receive holds the fronts of all gateways, and no parser", () => {
  const directory = join(root, "dist/bundles/receive");
  const sources = readdirSync(directory)
    .filter((file) => file.endsWith(".map"))
    .flatMap((file) => (JSON.parse(readFileSync(join(directory, file), "utf8")) as { readonly sources: readonly string[] }).sources);
  const rooms = sources.filter((source) => /^gateways\/[\w-]+\//.test(source));
  expect(rooms.filter((source) => source.endsWith("/front.ts")).length).toBe(Object.keys(gateways).length);
  expect(rooms.filter((source) => /\/(meaning|facts|writer|read-back)\.ts$/.test(source))).toEqual([]);
});
