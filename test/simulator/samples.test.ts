import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import type { RawCallback } from "../../core/callback.ts";
import type { Config } from "../../core/config/config.ts";
import type { PaymentEvent } from "../../core/event.ts";
import { findGateway, gateways } from "../../gateways/index.ts";
import { newSecret } from "../../local/secret-forms.ts";
import { localize } from "../../local/template/localize.ts";
import { asCurl, sampleCallback } from "../../simulator/sample-callback.ts";
import { samples } from "../../simulator/samples.ts";
import { newDirectory } from "../local/tiny-stack.ts";

const now = Date.UTC(2026, 10, 20, 12);
/** What some gateways cannot be without. */
const options: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  braintree: { publicKey: "local_public_key" },
  "gmo-pg": { shopId: "tshop00000001" },
  hmac: { header: "X-Signature", idPointer: "/id", typePointer: "/data/0/type", events: "paid=charge.succeeded", chargePointer: "/charge" },
  paypal: { webhookId: "5GP028458E2496506" },
};

const order = (gateway: string, at = now) => {
  const given = options[gateway];
  const secrets = { "test/mine": { secrets: [newSecret(gateway, given)] } };
  const config: Config = localize(
    {
      name: "test",
      targets: { app: { kind: "http", url: "https://app.example.com", mode: "pass-through" } },
      sources: { mine: { gateway, target: "app", ...(given && { options: given }) } },
    },
    { target: { kind: "built-in", url: "http://127.0.0.1:1" }, secrets },
  );
  return { config, secrets, source: "mine", url: "http://127.0.0.1:8787", now: at };
};

/** The callback and what its gateway, which may want the source's settings for it, makes of it. */
const understood = (gateway: string, at = now): { readonly key: string; readonly events: readonly PaymentEvent[] } => {
  const made = order(gateway, at);
  const sample = sampleCallback(made);
  if (sample.kind === "none") throw new Error(sample.reason);
  const settings = { ...made.config.sources.mine, secrets: made.secrets["test/mine"].secrets };
  const found = findGateway(gateway);
  const verification = found?.verify(sample.raw, settings);
  if (!found || verification?.kind !== "verified") throw new Error(`${gateway} does not verify its sample`);
  return { key: found.identify(verification.callback, settings), events: found.parse(verification.callback, settings) };
};
const registered = Object.keys(gateways).filter((name) => name in samples);

test("every gateway has a sample", () => {
  expect(Object.keys(gateways).filter((name) => !(name in samples))).toEqual([]);
});

describe("the sample of", () => {
  test.each(registered)("%s is proven by a local secret, and says that money came in", (name) => {
    const [event] = understood(name).events;
    expect(event?.type).toMatch(/^charge\.(succeeded|authorized)$/);
    if (event?.amount) expect(event.amount).toEqual({ minor: 1980, currency: "JPY" });
  });

  test.each(registered)("%s is a new callback at another time", (name) => {
    expect(understood(name).key).not.toBe(understood(name, now + 1_000).key);
  });

  test("a gateway that signs a time says for how long it is good", () => {
    expect(sampleCallback(order("sandbox"))).toMatchObject({ validSeconds: 300 });
    expect(sampleCallback(order("sbps"))).toMatchObject({ validSeconds: undefined });
  });

  test("a source that is not there, or cannot be signed for, is none, and says why", () => {
    expect(sampleCallback({ ...order("sandbox"), source: "other" })).toMatchObject({
      kind: "none",
      reason: "other is not a configured source",
    });
    expect(sampleCallback({ ...order("sandbox"), secrets: {} })).toMatchObject({
      kind: "none",
      reason: expect.stringContaining("no signature matches"),
    });
  });
});

describe("the curl command", () => {
  const raw = (changes: Partial<RawCallback>): RawCallback => ({
    source: "mine",
    method: "POST",
    url: "",
    headers: { "content-type": "application/json", "x-odd": "it's $HOME" },
    body: Buffer.from("{}"),
    sourceIp: "",
    receivedAt: now,
    ...changes,
  });
  /** What curl would be given, from a real shell. */
  const argumentsOf = (command: string): string[] =>
    execFileSync("sh", ["-c", `curl() { for one; do printf '%s\\0' "$one"; done; }; ${command}`], { encoding: "utf8" })
      .split("\0")
      .slice(0, -1);
  const told = { url: "http://127.0.0.1:8787", home: "" };

  test("gives a shell exactly the headers and the bytes", () => {
    const body = '{\n  "name": "山田\'s `x` $(y) !",\t"back": "\\\\"\n}';
    for (const separator of [" ", " \\\n  "])
      expect(argumentsOf(asCurl(raw({ body: Buffer.from(body) }), { ...told, separator }))).toEqual([
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
    expect(argumentsOf(asCurl(raw({ method: "GET", headers: {}, body: Buffer.from("a=1&name=%8ER") }), told))).toEqual([
      "-i",
      "http://127.0.0.1:8787/callbacks/mine?a=1&name=%8ER",
    ]);
  });

  test.each([[Buffer.from([0x8e, 0x52])], [Buffer.from("a\0b")], [Buffer.from("@file")]])(
    "takes a body that a shell or curl would change from a file: %j",
    async (body) => {
      const { readFileSync } = await import("node:fs");
      const data = argumentsOf(asCurl(raw({ body }), { ...told, home: newDirectory() })).at(-1) ?? "";
      expect(data).toMatch(/^@.*mine\.body$/);
      expect(readFileSync(data.slice(1))).toEqual(body);
    },
  );
});
