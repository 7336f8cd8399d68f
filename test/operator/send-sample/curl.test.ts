import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { RawCallback } from "../../../core/callback.ts";
import { asCurl } from "../../../operator/send-sample/curl.ts";
import { newDirectory } from "../../local/tiny-stack.ts";

const url = "http://127.0.0.1:8787/callbacks/mine";

describe("the curl command", () => {
  const raw = (changes: Partial<RawCallback>): RawCallback => ({
    source: "mine",
    method: "POST",
    url,
    headers: { "content-type": "application/json", "x-odd": "it's $HOME" },
    body: Buffer.from("{}"),
    sourceIp: "",
    receivedAt: 0,
    ...changes,
  });
  /** What curl would be given, from a real shell. */
  const argumentsOf = (command: string): string[] =>
    execFileSync("sh", ["-c", `curl() { for one; do printf '%s\\0' "$one"; done; }; ${command}`], { encoding: "utf8" })
      .split("\0")
      .slice(0, -1);
  test("gives a shell exactly the headers and the bytes", () => {
    const body = '{\n  "name": "山田\'s `x` $(y) !",\t"back": "\\\\"\n}';
    for (const separator of [" ", " \\\n  "])
      expect(argumentsOf(asCurl(raw({ body: Buffer.from(body) }), { home: "", separator }))).toEqual([
        "-i",
        "-X",
        "POST",
        "http://127.0.0.1:8787/callbacks/mine",
        "-H",
        "content-type: application/json",
        "-H",
        "x-odd: it's $HOME",
        "--data-binary",
        body,
      ]);
  });

  test("has the query of a GET callback in its URL", () => {
    expect(argumentsOf(asCurl(raw({ method: "GET", headers: {}, url: `${url}?a=1&name=%8ER` }), { home: "" }))).toEqual([
      "-i",
      "http://127.0.0.1:8787/callbacks/mine?a=1&name=%8ER",
    ]);
  });

  test.each([[Buffer.from([0x8e, 0x52])], [Buffer.from("a\0b")], [Buffer.from("@file")]])(
    "reads a body that a shell or curl would change from a file: %j",
    (body) => {
      const data = argumentsOf(asCurl(raw({ body }), { home: newDirectory() })).at(-1) ?? "";
      expect(data).toMatch(/^@.*mine\.body$/);
      expect(readFileSync(data.slice(1))).toEqual(body);
    },
  );
});
