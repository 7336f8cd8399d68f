/** `holdfast start` and `holdfast simulate` in a project outside of this repository that has a gateway of its own. */
import { execFile, spawn } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test, vi } from "vitest";
import { makeCustomProject } from "../support/custom-project.ts";

const soon = { timeout: 40_000, interval: 50 };

test("the local stack of a project acknowledges its custom gateway, and the simulator plays it", async () => {
  const { folder, remove } = makeCustomProject();
  onTestFinished(remove);
  const command = join(folder, "node_modules", "holdfast", "dist", "bin", "holdfast.js");
  const stack = spawn(process.execPath, [command, "start", "--port", "0", "--json"], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void stack.kill("SIGKILL"));
  const said = { out: "", err: "" };
  stack.stdout.on("data", (data) => {
    said.out += data;
  });
  stack.stderr.on("data", (data) => {
    said.err += data;
  });
  await vi.waitFor(() => expect(said.out + said.err).toMatch(/\n$/), soon);
  const { sources } = JSON.parse(said.out) as { sources: readonly { name: string; curl: string }[] };
  expect(sources.map(({ name }) => name)).toEqual(["bank", "stripe"]);

  const answers = await Promise.all(sources.map(({ curl }) => promisify(execFile)("sh", ["-c", `${curl} -s`])));
  expect(answers.map(({ stdout }) => stdout.split("\r\n\r\n")[1])).toEqual(["THANKS", '{"received":true}']);

  const holdfast = async (...words: readonly string[]) => {
    const { stdout } = await promisify(execFile)(process.execPath, [command, ...words, "--json"], { cwd: folder });
    return JSON.parse(stdout);
  };
  const played = await holdfast("simulate", "house-bank", "--story", "sign-up", "--contract", "m_1", "--rate", "100");
  expect(played).toMatchObject({ source: "bank", callbacks: 2, acknowledged: 2, givenUp: 0 });
  await vi.waitFor(async () => {
    expect(await holdfast("contract", "m_1", "--local")).toMatchObject({ state: "active", charges: [{ state: "succeeded" }] });
  }, soon);
  stack.kill("SIGTERM");
  await new Promise((done) => stack.once("close", done));
}, 90_000);
