/** A bounded run of the fuzzer, the same one each time; `npm run fuzz` looks further. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { checkCase, checkKept, explore } from "./attempt.ts";
import { caseFromText, caseToText } from "./case.ts";
import { keepCase, readCase } from "./corpus.ts";
import type { Target } from "./target.ts";
import { targets } from "./targets.ts";

const runs = 400;

describe.each(targets)("$name", (target) => {
  test("behaves with ordinary inputs, and with every kept one", () => {
    expect(target.seeds.flatMap((input) => checkCase(target, input)?.why ?? [])).toEqual([]);
    expect(checkKept(target).map(({ file, why }) => `${file}: ${why}`)).toEqual([]);
  });

  test("behaves with inputs that nobody has thought of", () => {
    const failure = explore(target, { seed: 1, runs });
    expect(failure && `${failure.why}\n${caseToText(failure.input)}`).toBeUndefined();
  });
});

describe("the fuzzer", () => {
  const failingWith = (breaks: (body: string) => boolean): Target => ({
    name: "planted",
    folders: ["planted"],
    seeds: [{ body: Buffer.from('{"id":"evt_1","list":[1]}') }],
    check: ({ body }) => {
      if (breaks(Buffer.from(body).toString("latin1"))) throw new TypeError("planted");
    },
  });

  test("finds what a rare byte or another type in a document breaks, and makes it small", () => {
    const rareByte = explore(
      failingWith((body) => body.includes("\u0081")),
      { seed: 1, runs: 5_000 },
    );
    expect(rareByte?.input.body.length).toBeLessThan(200);
    expect(
      explore(
        failingWith((body) => /"list":\[?\{"toString"/.test(body)),
        { seed: 1, runs: 5_000 },
      )?.why,
    ).toContain("planted");
    expect(
      explore(
        failingWith(() => false),
        { seed: 1, runs: 100 },
      ),
    ).toBeUndefined();
  });

  test("draws the same inputs from the same seed", () => {
    const drawn = (seed: number) => {
      const seen: string[] = [];
      const target = failingWith((body) => seen.push(body) < 0);
      explore(target, { seed, runs: 50 });
      return seen;
    };
    expect(drawn(1)).toEqual(drawn(1));
    expect(drawn(1)).not.toEqual(drawn(2));
  });

  test("keeps an input to the byte, and what fails once under one name", () => {
    const directory = mkdtempSync(join(tmpdir(), "holdfast-fuzz-"));
    onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
    const input = { body: Buffer.from([0x00, 0xff, 0x81, 0x22]), headers: { ["__proto__"]: "x" }, method: "GET" };
    const file = keepCase(directory, "planted", input);
    expect(keepCase(directory, "planted", input)).toBe(file);
    const read = readCase(file);
    expect([Buffer.from(read.body).equals(input.body), Object.keys(read.headers ?? {}), read.method]).toEqual([true, ["__proto__"], "GET"]);
    expect(caseFromText(caseToText({ body: Buffer.from("日本") })).body.toString()).toBe("日本");
  });

  test("runs from the command line, reruns a kept input, and shows its usage", () => {
    const run = (...args: readonly string[]) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, "run.ts"), ...args], { encoding: "utf8" });
      return { status, said: stdout + stderr };
    };
    expect(run("--target", "json", "--minutes", "0", "--seed", "7")).toMatchObject({
      status: 0,
      said: expect.stringMatching(/--seed 7 does the same again.*nothing fails/s),
    });
    const kept = join(import.meta.dirname, "corpus", "any-reader", "not-utf-8.json");
    expect(run("--target", "json", "--case", kept)).toMatchObject({ status: 0, said: expect.stringContaining("does as it should") });
    expect(run("--target", "moon")).toMatchObject({
      status: 2,
      said: expect.stringContaining("There is no target moon.\nUsage: npm run fuzz"),
    });
  });
});
