/** What the generator makes, in a copy of this project: it has to work, and to keep all rules, before anybody has touched it. */
import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { gateways } from "../../../gateways/index.ts";
import type { Writer } from "../../../gateways/writer.ts";
import { namesOf } from "../../../local/new-gateway/names.ts";
import { type Made, madeText, newGateway } from "../../../local/new-gateway/new-gateway.ts";
import { withSource } from "../../../local/new-gateway/registration.ts";
import { refund, scenesOf } from "../../gateways/meanings/row.ts";

const project = join(import.meta.dirname, "..", "..", "..");
const left = ["node_modules", ".git", "dist", "cdk.out", ".holdfast"];

const copies: string[] = [];
afterAll(() => {
  for (const copy of copies) rmSync(copy, { recursive: true, force: true });
});

const copyOfProject = (): string => {
  const copy = mkdtempSync(join(tmpdir(), "holdfast-new-gateway-"));
  copies.push(copy);
  cpSync(project, copy, { recursive: true, filter: (path) => !left.includes(path.slice(project.length + 1).split("/")[0] ?? "") });
  for (const shared of ["node_modules", "dist"]) symlinkSync(join(project, shared), join(copy, shared));
  return copy;
};

const run = async (copy: string, command: string, ...words: readonly string[]): Promise<string> => {
  const bin = join(copy, "node_modules", ".bin");
  try {
    const { stdout, stderr } = await promisify(execFile)(join(bin, command), words, { cwd: copy, env: { ...process.env, NO_COLOR: "1" } });
    return `${stdout}${stderr}`;
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    return `failed:\n${stdout}${stderr}`;
  }
};

describe("a new gateway", () => {
  let copy: string;
  let made: Made;
  let untimed: Made;
  beforeAll(() => {
    copy = copyOfProject();
    made = newGateway("testing-bank", copy);
    untimed = newGateway("zebra", copy, "body");
    newGateway("aardvark-pay2", copy);
  }, 300_000);

  test("passes the conformance suite, the registry's tests, every story and the documents' test as it is", async () => {
    const config = join(copy, "new-gateway.config.mjs");
    writeFileSync(config, 'export default { test: { include: ["test/**/*.test.ts"], testTimeout: 60_000, isolate: false } };\n');
    const files = [
      "test/gateways/testing-bank.test.ts",
      "test/gateways/zebra.test.ts",
      "test/gateways/aardvark-pay2.test.ts",
      "test/gateways/conformance/modes.test.ts",
      "test/gateways/conformance/passed-through.test.ts",
      "test/gateways/meanings",
      "test/gateways/written",
      "test/gateways/registry",
      "test/architecture.test.ts",
      "test/gateways/read-back",
      "test/docs/gateways.test.ts",
      "test/docs/example-config.test.ts",
      "test/simulator/stories.test.ts",
      "test/simulator/sample.test.ts",
    ];
    // A filter that matches nothing leaves its tests out without a word.
    expect(files.filter((file) => !existsSync(join(copy, file)))).toEqual([]);
    // What is about another gateway is tested where it belongs, and so is the example's stack.
    const another = `(.* )?(${Object.keys(gateways).join("|")})( |:|$)`;
    const without = ["--testNamePattern", `^(?!the example synthesizes|${another})`];
    const said = await run(copy, "vitest", "run", "--config", config, ...without, ...files);
    expect(said).not.toMatch(/^failed:/);
    expect(Number(/Tests .*?(\d+) passed/.exec(said)?.[1])).toBeGreaterThan(150);
  }, 300_000);

  test("is formatted, linted and typed as the rest is", async () => {
    const own = [...made.files, ...untimed.files, ...made.changed.filter((file) => file.endsWith(".ts"))];
    expect(await run(copy, "biome", "check", "--vcs-enabled=false", ...own)).not.toMatch(/^failed:/);
    // With all that they import, which is not all of the project.
    writeFileSync(join(copy, "tsconfig.made.json"), JSON.stringify({ extends: "./tsconfig.json", include: own }));
    expect(await run(copy, "tsc", "--project", "tsconfig.made.json")).toBe("");
  }, 120_000);

  test("has its seven places numbered, each once or more, and none that is unfinished", () => {
    const text = made.files.map((file) => readFileSync(join(copy, file), "utf8")).join("\n");
    for (const [index] of made.places.entries()) expect(text).toMatch(new RegExp(`Place ${index + 1}\\b`));
    expect(made.places).toHaveLength(7);
    expect(text).not.toMatch(/Place 8|TODO|FIXME|not implemented/i);
    expect(madeText(made)).toContain("7. the samples");
  });

  test("has no trace of a time in its signature where it signs none", () => {
    expect(untimed.files).not.toContain("gateways/zebra/aging.ts");
    expect(untimed.files.map((file) => readFileSync(join(copy, file), "utf8")).join("\n")).not.toMatch(/tolerance|timestamp|timed\|/i);
    expect(made.files.map((file) => readFileSync(join(copy, file), "utf8")).join("\n")).not.toContain("timed|");
  });

  test("names the id of a refund where money goes back, and nowhere else", async () => {
    const { writer } = (await import(join(copy, "gateways", "testing-bank", "writer.ts"))) as { readonly writer: Writer };
    const scene = scenesOf(writer, { contract: "sub_1", customer: "cus_1", charge: "pay_1", order: "order-1", part: "ref_1" });
    expect(Buffer.from(scene("refunded", 0, { refund }).body).toString()).toContain("ref_1");
    expect(Buffer.from(scene("paid").body).toString()).not.toContain("ref_1");
  });

  test("is followed by the commands of the guide's last step, in its own name", () => {
    expect(made.next).toContainEqual(expect.stringMatching(/^npx holdfast simulate testing-bank /));
    expect(made.next).toContainEqual(expect.stringContaining("test/gateways/written/testing-bank.txt"));
    for (const command of made.next) expect(madeText(made)).toContain(`  ${command}\n`);
    expect(madeText(made)).not.toContain("my-bank");
  });

  test("is not created twice, nor over another", () => {
    for (const name of ["testing-bank", "stripe"]) expect(() => newGateway(name, copy)).toThrow(/is there already|already/);
  });

  test("is created only in Holdfast's sources", () => {
    const elsewhere = mkdtempSync(join(tmpdir(), "holdfast-elsewhere-"));
    copies.push(elsewhere);
    expect(() => newGateway("testing-bank", elsewhere)).toThrow(/docs\/add-a-gateway\.md/);
  });
});

describe("a gateway's name", () => {
  test("is spelt as each place needs it", () => {
    expect(namesOf("my-bank-24")).toEqual({ key: "my-bank-24", code: "myBank24", title: "My Bank 24", header: "My-Bank-24" });
  });

  test.each(["", "Bank", "2bank", "my_bank", "my--bank", "-bank", "bank-", "class", "../bank", "a".repeat(41)])("cannot be %j", (name) => {
    expect(() => namesOf(name)).toThrow(/cannot name a gateway/);
  });
});

describe("the example configuration", () => {
  test("gets a source in its place, and leaves the next one's comment where it is", () => {
    const example = '  sources: {\n    alpha: { gateway: "alpha", target },\n    // Of gamma.\n    gamma: {\n      x,\n    },\n  },\n';
    const [before = "", after = ""] = example.split("    // Of");
    expect(withSource(example, "beta")).toBe(`${before}    beta: { gateway: "beta", target },\n    // Of${after}`);
    expect(withSource(example, "z-pay")).toContain('    },\n    "z-pay": { gateway: "z-pay", target },\n  },');
  });

  test("that has no sources is left alone", () => {
    expect(() => withSource("", "beta")).toThrow(/no sources/);
  });
});
