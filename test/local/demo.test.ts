import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { isAlive } from "./tiny-stack.ts";

const demoModule = JSON.stringify(join(import.meta.dirname, "../../local/demo/demo.ts"));

/** The demo as a program of its own, with a directory of its own for temporary files. */
const run = (...args: readonly string[]) => {
  const temporary = mkdtempSync(join(tmpdir(), "holdfast-demo-test-"));
  onTestFinished(() => rmSync(temporary, { recursive: true, force: true }));
  const program = `import { demoCommand } from ${demoModule}; await demoCommand(${JSON.stringify(args)});`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, TMPDIR: temporary },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const said = { out: "", err: "" };
  child.stdout.on("data", (data) => {
    said.out += data;
  });
  child.stderr.on("data", (data) => {
    said.err += data;
  });
  const ended = new Promise<number | null>((done) => child.once("close", done));
  return { child, said, ended, temporary };
};

/** Process ids of the engines of the stack that the demo has started. */
const enginesIn = (temporary: string): readonly number[] => {
  const [demo = ""] = readdirSync(temporary);
  const home = join(temporary, demo, ".holdfast");
  return readdirSync(home, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".pid"))
    .map((file) => Number(readFileSync(join(home, file), "utf8")));
};

describe("npm run demo", () => {
  test("keeps all promises, counts what it saw, and leaves nothing behind", { timeout: 240_000 }, async () => {
    const { said, ended, temporary } = run("--json", "--seed", "20");
    expect(await ended, said.err).toBe(0);
    expect(said.err).toContain("All 8 promises kept");
    expect(said.err.match(/^P[1-8] kept /gm)).toHaveLength(8);
    expect(said.err.split("\n").filter((line) => line.length > 100)).toEqual([]);
    expect(said.err).not.toContain("\u001b");
    expect(readdirSync(temporary)).toEqual([]);

    expect(said.out.trimEnd().split("\n")).toHaveLength(1);
    const figures = JSON.parse(said.out);
    expect(Object.keys(figures)).toEqual(
      "sent genuine acknowledged recorded duplicates refused delivered dead replayed undelivered ackP50Ms ackP99Ms".split(" "),
    );
    const { sent, genuine, acknowledged, recorded, duplicates, refused, delivered, dead, replayed, undelivered } = figures;
    expect(genuine).toBeGreaterThan(300);
    expect([acknowledged, recorded]).toEqual([genuine, genuine]);
    // What was sent and is none of these: gateways that hung up, and forgeries that were acknowledged by policy.
    expect(sent - acknowledged - duplicates - refused).toBeGreaterThan(0);
    expect(sent).toBeGreaterThan(genuine + duplicates);
    expect([duplicates > 20, refused > 10]).toEqual([true, true]);
    // Dead are the one that the application refused and the one that cannot be parsed; only that one stays.
    expect([dead, replayed, undelivered]).toEqual([2, 2, 1]);
    expect(delivered).toBe(recorded - undelivered);
    expect(figures.ackP50Ms).toBeGreaterThan(0);
    expect(figures.ackP99Ms).toBeGreaterThanOrEqual(figures.ackP50Ms);
  });

  test("tells an incident on a stack of its own, to the finding and its remedy", { timeout: 240_000 }, async () => {
    const { said, ended, temporary } = run("--story", "closed-account", "--json", "--seed", "3");
    expect(await ended, said.err).toBe(0);
    expect(said.err).toMatch(/^ +Aiko +cannot cancel, and closes the account$/m);
    expect(said.err).toMatch(
      /^09-11 \d\d:\d\d +FINDING +Aiko +2,980 JPY +CLOSE\.charged: 1 charge after the account was closed on 2025-09-04$/m,
    );
    expect(said.err).toMatch(/CLOSED +Aiko +CLOSE\.charged: its cause is gone/);
    expect(said.err).not.toContain("\u001b");
    const { story, scenes, differences } = JSON.parse(said.out);
    expect([story, differences, scenes.at(-1).open]).toEqual(["closed-account", [], []]);
    expect(readdirSync(temporary)).toEqual([]);
  });

  test("leaves nothing behind either when it is interrupted", async () => {
    const { child, said, ended, temporary } = run();
    await vi.waitFor(() => expect(said.out).toContain("requests from five gateways"), { timeout: 30_000 });
    const engines = enginesIn(temporary);
    expect(engines.filter(isAlive)).toHaveLength(2);
    child.kill("SIGINT");
    expect(await ended).toBe(130);
    expect(readdirSync(temporary)).toEqual([]);
    expect(engines.filter(isAlive)).toEqual([]);
  });

  test("shows its usage on a usage error", async () => {
    const [{ said, ended }, other] = [run("--seed", "seven"), run("--story", "one-yes")];
    expect([await ended, await other.ended]).toEqual([2, 2]);
    expect(other.said.err.split("\n")[0]).toBe("There is no story one-yes; did you mean one-yen?");
    expect(said.err).toBe(
      [
        "--seed takes a whole number, not seven.",
        "Usage: npm run demo -- [--story NAME] [--json] [--seed NUMBER]",
        "  --story NAME    an incident, from its first callback to the finding and its remedy:",
        "                  membership, one-yen, closed-account, month-offline, domain-and-hosting",
        "  --json          one line of JSON on standard output, the text for people on standard error",
        "  --seed NUMBER   other callbacks; the same number gives the same ones\n",
      ].join("\n"),
    );
  });
});
