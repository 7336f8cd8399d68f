import { spawn } from "node:child_process";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { delivered, isAlive, newDirectory, post, tinyApp } from "./tiny-stack.ts";

const soon = { timeout: 20_000, interval: 50 };
const startModule = JSON.stringify(join(import.meta.dirname, "../../local/start.ts"));
const app = tinyApp.map((part) => `'${part}'`).join(" ");

/** `start` as a program of its own. */
const run = (options: object, { through = [], env = {} }: { through?: readonly string[]; env?: Record<string, string> } = {}) => {
  const program = `import { start } from ${startModule}; await start(${JSON.stringify({ app, port: 0, ...options })});`;
  const [command = "", ...args] = [...through, process.execPath, "--input-type=module", "-e", program];
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } });
  onTestFinished(() => void child.kill("SIGKILL"));
  const said = { out: "", err: "" };
  child.stdout.on("data", (data) => {
    said.out += data;
  });
  child.stderr.on("data", (data) => {
    said.err += data;
  });
  const ended = new Promise<number | null>((done) => child.once("close", done));
  return { child, said, ended };
};

describe("npm start", () => {
  test("prints one line of JSON for programs with where everything is, and ends cleanly when it is interrupted", async () => {
    const directory = newDirectory();
    const { child, said, ended } = run({ directory, json: true });
    await vi.waitFor(() => expect(said.out).toMatch(/\n$/), soon);
    const told = JSON.parse(said.out);
    expect(told).toMatchObject({
      pid: child.pid,
      sources: [{ name: "sandbox", gateway: "sandbox", url: `${told.url}/callbacks/sandbox`, secrets: [expect.any(String)] }],
      endpoints: { dynamodb: expect.stringMatching(/^http/), sqs: expect.any(String), s3: expect.any(String) },
    });
    expect(told.sources[0].curl).toMatch(/^curl -i -X POST http:.*\/callbacks\/sandbox -H .*sandbox-signature: t=\d+,v1=[0-9a-f]{64}/);
    await post(told, { id: "evt_1" });
    await vi.waitFor(() => expect(delivered(directory)).toEqual(["evt_1"]), soon);
    child.kill("SIGINT");
    expect(await ended).toBe(0);
    expect([said.err, said.out.trim().split("\n").length]).toEqual(["", 1]);
  });

  test("prints for people where to post, what to type next, and how long a signature is valid", async () => {
    const { child, said, ended } = run({ directory: newDirectory() });
    await vi.waitFor(() => expect(said.out).toContain("Ctrl-C stops"), soon);
    expect(said.out).toContain('# valid for 5 minutes; "npx holdfast try sandbox --local" prints a fresh one');
    expect(said.out).toContain('--data-binary \'{"id":"evt_');
    expect(said.out).toContain("npx holdfast list --local");
    expect(said.out).toContain("secrets.json");
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
  });

  test("says in one line why it cannot start, and ends with 1", async () => {
    const { said, ended } = run({ directory: newDirectory() }, { env: { TINY_PROBLEM: "name is A: write lower-case letters" } });
    expect(await ended).toBe(1);
    expect(said).toEqual({ out: "", err: "name is A: write lower-case letters\n" });
  });

  test("ends when npm, which started it, is killed with -9, so that the next start finds the directory free", async () => {
    const directory = newDirectory();
    // npm, its shell, and the program: a process that starts a shell that starts the program.
    const npm = `const { spawn } = require("node:child_process"); spawn("sh", ["-c", '"$@" && true', "sh", ...process.argv.slice(1)], { stdio: "inherit" });`;
    const { child, said } = run(
      { directory, json: true },
      { through: [process.execPath, "-e", npm, "--"], env: { npm_lifecycle_event: "start" } },
    );
    await vi.waitFor(() => expect(said.out).toMatch(/\n$/), soon);
    const { pid } = JSON.parse(said.out) as { pid: number };
    onTestFinished(() => {
      if (isAlive(pid)) process.kill(pid, "SIGKILL");
    });
    expect(pid).not.toBe(child.pid);
    child.kill("SIGKILL");
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), soon);
  });
});
