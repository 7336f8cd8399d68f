/** A project with a gateway of its own, outside of this repository: its app synthesizes, and the bundles speak to that gateway. */
import { execFile } from "node:child_process";
import { cpSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, onTestFinished, test } from "vitest";
import { makeCustomProject } from "../support/custom-project.ts";
import { temporaryDirectory, unvalidated } from "./synthesize.ts";

const setUp = () => {
  const { folder, remove } = makeCustomProject();
  onTestFinished(remove);
  const synthesize = async (): Promise<string> => {
    const outdir = temporaryDirectory();
    await promisify(execFile)(process.execPath, ["app.ts"], { cwd: folder, env: { ...process.env, ...unvalidated, CDK_OUTDIR: outdir } });
    return outdir;
  };
  const said = async (): Promise<string> => {
    try {
      await synthesize();
    } catch (error) {
      return (error as { stderr: string }).stderr;
    }
    return "";
  };
  return { folder, synthesize, said };
};

const bundleOf = (outdir: string, verb: string): string => dirname(globSync(`functions/*${verb}*/index.mjs`, { cwd: outdir })[0] ?? "");

/** What the function of that bundle answers, alone, to a GET of a source: 405 from a gateway it knows, with nothing stored. */
const answered = async (directory: string, source: string): Promise<number> => {
  const event = {
    version: "2.0",
    rawPath: `/callbacks/${source}`,
    rawQueryString: "",
    headers: { host: "x.example.com" },
    isBase64Encoded: false,
    pathParameters: { source },
    requestContext: {
      domainName: "x.example.com",
      http: { method: "GET", path: `/callbacks/${source}`, sourceIp: "203.0.113.7" },
      timeEpoch: 0,
    },
  };
  const script = `
    const { handler } = await import("./index.mjs");
    const { statusCode } = await handler(${JSON.stringify(event)}, { getRemainingTimeInMillis: () => 5000 });
    process.stderr.write(String(statusCode));
  `;
  const env = { RECORDS_TABLE: "r", BUCKET: "b", SPILL_QUEUE_URL: "http://127.0.0.1:1/q", AWS_REGION: "us-east-1" };
  const { stderr } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], { cwd: directory, env });
  return Number(stderr);
};

describe("a project with a custom gateway", () => {
  test("has it in every function's bundle, which runs alone, and whose bytes do not depend on the project's directory", async () => {
    const [one, other] = [setUp(), setUp()];
    const [outdir, again] = await Promise.all([one.synthesize(), other.synthesize()]);
    for (const verb of ["Receiver", "Relay", "Consumer", "Sweeper"]) {
      const code = readFileSync(join(outdir, bundleOf(outdir, verb), "index.mjs"), "utf8");
      expect(code).toContain("THANKS");
      expect(code).not.toContain(one.folder);
      expect(code.includes("/own-payments/"), `${verb} can read back`).toBe(verb !== "Receiver");
      expect(readFileSync(join(again, bundleOf(again, verb), "index.mjs"), "utf8")).toBe(code);
      const map = readFileSync(join(outdir, bundleOf(outdir, verb), "index.mjs.map"), "utf8");
      expect(readFileSync(join(again, bundleOf(again, verb), "index.mjs.map"), "utf8")).toBe(map);
      expect(map).not.toContain(one.folder.slice(1));
    }
    const alone = temporaryDirectory();
    cpSync(join(outdir, bundleOf(outdir, "Receiver")), alone, { recursive: true });
    expect([await answered(alone, "bank"), await answered(alone, "stripe"), await answered(alone, "nobody")]).toEqual([405, 405, 404]);
  }, 60_000);

  // What else its file can lack is in test/gateways/registry/custom-gateways.test.ts.
  test.each([
    ["a setting it needs is missing", "holdfast.config.ts", 'branch: "101", ', "", /sources\.bank: options\.branch is missing/],
    ["it lacks something", "gateways.ts", 'methods: ["POST"],', "", /house-bank in .* is not a Gateway: it has no methods/],
  ])(
    "is rejected with a reason when %s",
    async (_, file, from, to, message) => {
      const { folder, said } = setUp();
      const path = join(folder, file);
      writeFileSync(path, readFileSync(path, "utf8").replace(from, to));
      expect(await said()).toMatch(message);
    },
    60_000,
  );
});
