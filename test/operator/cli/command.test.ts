import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, inject, onTestFinished, test } from "vitest";
import { createWorld } from "../../support/world/world.ts";

const bin = join(import.meta.dirname, "..", "..", "..", "bin", "holdfast.ts");

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly said: string;
}

/** What a program has loaded once is compiled: without it each start takes three times as long. */
const { PATH = "", NODE_COMPILE_CACHE = "" } = process.env;

/** A folder of its own, without anything of this machine's AWS set-up. */
const setup = (config?: object) => {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-command-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  if (config) writeFileSync(join(folder, "holdfast.config.ts"), `export default ${JSON.stringify(config)};`);
  const holdfast = (typed: readonly string[], environment: Record<string, string> = {}): Promise<Ended> =>
    new Promise((done) => {
      const env = { PATH, NODE_COMPILE_CACHE, HOME: folder, AWS_EC2_METADATA_DISABLED: "true", ...environment };
      const child = execFile(process.execPath, [bin, ...typed], { cwd: folder, env }, (_, out, said) =>
        done({ code: child.exitCode, out, said }),
      );
    });
  return { folder, holdfast };
};

const minimal = {
  name: "nobody",
  targets: { app: { kind: "http", url: "https://app.example.com/", mode: "pass-through" } },
  sources: { sandbox: { gateway: "sandbox", target: "app" } },
};

const inRegion = { AWS_REGION: "us-east-1" };
const withKeys = { ...inRegion, AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };

describe("holdfast --help", () => {
  test("lists the commands and the exit codes", async () => {
    const { code, out } = await setup().holdfast(["--help"]);
    expect(code).toBe(0);
    for (const command of ["list", "show", "contract", "dead", "replay", "status", "doctor", "try", "start", "demo"])
      expect(out).toMatch(new RegExp(`^  ${command} `, "m"));
    expect(out).toMatch(/Exit codes:\n {2}0 .*\n {2}1 .*\n {2}2 .*\n {2}3 .*\n {2}4 /);
  });
});

describe("a usage error ends with 2, says what to type instead, and leaves standard output empty", () => {
  test.each([
    [["lst"], "Did you mean list?"],
    [["list", "--state", "ded"], "Did you mean dead?"],
    [["list", "--since", "yesterday"], "Use a time ago"],
    [["list", "--limit", "0"], "Use a whole number, 1 or more"],
    [["show"], "missing required argument 'record'"],
    [["list", "--source", "sandbx"], "did you mean sandbox?"],
    [["replay"], "Name what to replay"],
    [["replay", "a", "--dead"], "not both"],
    [["replay", "--dead", "--rate", "-1"], "Use a number per second"],
    [["try", "stripe", "--url", "https://x.example.com"], "There is no source stripe. Configured: sandbox."],
    [["try", "sandbox"], "--url"],
    [["list", "--config", "nowhere.ts"], "--config takes the path"],
    [["list", "--csv", "--json"], "'--csv' cannot be used with option '--json'"],
    [["charges", "--between", "2026-10-01"], "--between takes two times"],
    [["charges", "--between", "2026-11-01", "2026-10-01"], "the earlier time first"],
    [["note", "contract", "sub_1", " "], "Write 1 to 1,000 characters"],
  ])("%s", async (typed, told) => {
    const { code, out, said } = await setup(minimal).holdfast(typed, withKeys);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(said).toContain(told);
    expect(said).not.toMatch(/^ +at /m);
  });

  test("a configuration that cannot work: all of its problems", async () => {
    const { code, said } = await setup({ ...minimal, sources: { s: { gateway: "stripey", target: "ap" } } }).holdfast(["list"], withKeys);
    expect(code).toBe(2);
    expect(said).toMatch(/sources\.s\.gateway = "stripey".*did you mean "stripe"\?/);
    expect(said).toMatch(/sources\.s\.target = "ap"/);
  });
});

describe("a failure ends with 1 and one line that names the remedy", () => {
  test.each<[string, Record<string, string>, string]>([
    ["no region", {}, "set AWS_REGION"],
    ["no credentials", inRegion, "There are no AWS credentials: run `aws sso login` or set AWS_PROFILE"],
    ["nothing answers", { ...withKeys, AWS_ENDPOINT_URL_DYNAMODB: "http://127.0.0.1:9" }, "cannot be reached (ECONNREFUSED)"],
  ])("%s", async (_, environment, told) => {
    const { code, out, said } = await setup(minimal).holdfast(["list"], environment);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(said).toContain(told);
    expect(said.trimEnd().split("\n")).toHaveLength(1);
  });

  test("no local stack in this folder", async () => {
    const { code, said } = await setup(minimal).holdfast(["list", "--local"]);
    expect(code).toBe(1);
    expect(said).toMatch(/^No local stack runs in .*npm start/);
  });

  test("no configuration in this folder", async () => {
    const { code, said } = await setup().holdfast(["list"], withKeys);
    expect(code).toBe(2);
    expect(said).toMatch(/^There is no holdfast\.config\.ts in /);
  });

  test("a stack that is not deployed", async () => {
    const { code, said } = await setup(minimal).holdfast(["list"], {
      ...withKeys,
      AWS_ENDPOINT_URL_DYNAMODB: inject("endpoints").dynamodb,
    });
    expect(code).toBe(1);
    expect(said).toMatch(/^The stack .*is not deployed in this account and region/);
  });
});

describe("a deployed stack", () => {
  const deployed = async () => {
    const world = await createWorld({ retentionDays: 14 });
    onTestFinished(() => world.close());
    const name = world.aws.recordsTable.replace(/-records$/, "");
    const { dynamodb, sqs, s3 } = inject("endpoints");
    const environment = { ...withKeys, AWS_ENDPOINT_URL_DYNAMODB: dynamodb, AWS_ENDPOINT_URL_SQS: sqs, AWS_ENDPOINT_URL_S3: s3 };
    const { holdfast } = setup({ ...minimal, name });
    return { world, holdfast: (...typed: readonly string[]) => holdfast(typed, environment) };
  };

  test("is found by the configuration's name: listed, shown, replayed, with exit codes for scripts", async () => {
    const { world, holdfast } = await deployed();
    world.time.now = Date.now();
    world.application.behave(() => ({ status: 422 }));
    await world.receive(world.signed({ id: "a1", contract: "a" }));
    await world.settle();
    const listed = await holdfast("list", "--json");
    expect(listed.code).toBe(0);
    expect(JSON.parse(listed.out)).toMatchObject([{ key: "sandbox/a1", state: "dead" }]);
    expect((await holdfast("show", "a1")).out).toContain("npx holdfast replay sandbox/a1 --yes");
    expect((await holdfast("show", "nobody")).code).toBe(3);
    expect((await holdfast("dead")).code).toBe(4);
    expect((await holdfast("replay", "--dead")).said).toContain("Add --yes");
    world.application.behave(() => ({ status: 200 }));
    const replayed = await holdfast("replay", "--dead", "--yes", "--json", "--watch", "0");
    expect(JSON.parse(replayed.out)).toMatchObject({ outcomes: [{ key: "sandbox/a1", outcome: "rung" }] });
    await world.settle();
    expect((await holdfast("dead")).code).toBe(0);
    const audited = await holdfast("audit", "--json");
    expect(JSON.parse(audited.out)).toMatchObject([{ what: "replay", to: expect.stringMatching(/^1 record: state dead/) }]);
  });
});
