import { execFile } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { newDirectory, startTiny } from "../../local/tiny-stack.ts";

const bin = join(import.meta.dirname, "..", "..", "..", "bin", "holdfast.ts");
/** What was loaded once is compiled: without it each start takes three times as long. */
const { PATH = "", NODE_COMPILE_CACHE = "" } = process.env;

const holdfast = (cwd: string, ...typed: readonly string[]): Promise<{ code: number | null; out: string; said: string }> =>
  new Promise((done) => {
    const child = execFile(process.execPath, [bin, "clock", ...typed], { cwd, env: { PATH, NODE_COMPILE_CACHE } }, (_, out, said) =>
      done({ code: child.exitCode, out, said }),
    );
  });

test("the clock of a running stack is shown, and moved on by a time or to a moment, and the command returns when it is there", async () => {
  const directory = newDirectory();
  const stack = await startTiny(directory, { clock: Date.UTC(2016, 10, 1) });
  const shown = await holdfast(directory, "show", "--local");
  expect(shown).toMatchObject({ code: 0, out: expect.stringMatching(/^2016-11-01T00:\d\d:\d\dZ\n$/) });
  expect(shown.said).toMatch(/^\d+ d.* behind this machine's clock\.\n$/);

  const advanced = await holdfast(directory, "advance", "36h", "--local", "--json");
  expect([advanced.code, advanced.said]).toEqual([0, ""]);
  expect(JSON.parse(advanced.out)).toEqual({ now: expect.stringMatching(/^2016-11-02T12:/), aheadSeconds: expect.any(Number) });
  expect(stack.now()).toBeGreaterThan(Date.UTC(2016, 10, 2, 12));

  expect(await holdfast(directory, "advance", "2016-12-01", "--local")).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^2016-12-01T00:00:/),
  });
  expect(await holdfast(directory, "advance", "2016-11-01", "--local")).toMatchObject({
    code: 2,
    out: "",
    said: expect.stringMatching(/^The clock is at 2016-12-01T.* and never goes back to 2016-11-01T00:00:00\.000Z\.\n$/),
  });
}, 120_000);

test("what cannot be done is said in one line, with the remedy", async () => {
  const directory = newDirectory();
  expect(await holdfast(directory, "advance", "31d")).toMatchObject({
    code: 2,
    said: "Only the local stack has a clock of its own: add --local.\n",
  });
  expect(await holdfast(directory, "show", "--local")).toMatchObject({
    code: 1,
    said: expect.stringContaining("start one there with `npm start`"),
  });
  expect(await holdfast(directory, "advance", "a month", "--local")).toMatchObject({ code: 2, said: expect.stringContaining("31d") });
}, 120_000);
