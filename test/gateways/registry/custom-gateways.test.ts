/** Gateways of a project of its own: how they are found, and what is said of a file that holds none. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { knownGateways } from "../../../gateways/config-checks.ts";
import { addGateways, allGateways, findGateway, findReadBack, gateways } from "../../../gateways/index.ts";
import { fromAllowedAddress, request, senderOf, signedRequest, withPublished } from "../../../gateways/public.ts";
import { customGatewaysFile, loadCustomGateways } from "../../../gateways/registry/custom-gateways.ts";
import { modernized } from "../../../gateways/registry/custom-shape.ts";
import { findFront } from "../../../gateways/registry/find-front.ts";
import { addWriters, findWriter } from "../../../gateways/registry/find-writer.ts";
import { writers } from "../../../gateways/registry/writers.ts";

const directory = mkdtempSync(join(tmpdir(), "holdfast-custom-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const fileWith = (name: string, text: string): string => {
  writeFileSync(join(directory, name), text);
  return `./${name}`;
};

const working = (name: string) => `{
  name: ${JSON.stringify(name)}, facts: { title: "T" }, strength: "none", methods: ["POST"], onUnverified: "accept",
  verify() {}, identify() {}, parse() {}, acknowledge() {}, refuse() {}, sign() {},
}`;

describe("a project's file", () => {
  test("is looked for in the folder that commands are run in, where the configuration names one", () => {
    expect(customGatewaysFile({ gateways: "./bank.cjs" }, "/project")).toBe("/project/bank.cjs");
    expect(customGatewaysFile({ gateways: "/elsewhere/bank.cjs" }, "/project")).toBe("/elsewhere/bank.cjs");
    expect(customGatewaysFile({}, "/project")).toBeUndefined();
    expect(customGatewaysFile({ gateways: 7 } as never, "/project")).toBeUndefined();
    expect(loadCustomGateways({}, directory)).toBeUndefined();
  });

  test("registers its gateways, with what reads back", () => {
    const text = `module.exports = { gateways: [${working("bank-one")}], readBacks: { "bank-one": { url: "u", ask() {} } }, writers: { w: 1 } };`;
    const custom = loadCustomGateways({ gateways: fileWith("one.cjs", text) }, directory);
    expect(custom?.writers).toEqual({ w: 1 });
    expect(findGateway("bank-one")).toMatchObject({ name: "bank-one", readBack: { url: "u" } });
    expect(findFront("bank-one")?.name).toBe("bank-one");
    expect(findReadBack("bank-one")?.url).toBe("u");
    expect(findReadBack("stripe")).toBeUndefined();
    expect(Object.keys(allGateways())).toEqual([...Object.keys(gateways), "bank-one"]);
    // Again changes nothing.
    loadCustomGateways({ gateways: "./one.cjs" }, directory);
    expect(Object.keys(allGateways())).toEqual([...Object.keys(gateways), "bank-one"]);
  });

  test.each([
    ["that does not load", "module.exports = {", /^gateways: .*bad\.cjs cannot be loaded: .+/],
    ["that throws no error", 'throw "no";', /^gateways: .*bad\.cjs cannot be loaded: no$/],
    [
      "that exports none",
      "module.exports = { gateways: {} };",
      /^gateways: .*bad\.cjs exports none; write `export const gateways: Gateway\[\] = \[ \.\.\. \]`\.$/,
    ],
    [
      "with half of one",
      'module.exports = { gateways: [{ name: "half", facts: {}, verify() {}, identify() {}, parse() {}, sign() {} }] };',
      /^gateways: half in .*bad\.cjs is not a Gateway: it has no strength, no methods, no onUnverified, no acknowledge, no refuse\.$/,
    ],
    [
      "with nothing in its place",
      "module.exports = { gateways: [null] };",
      /^gateways: one of those in .*bad\.cjs is not a Gateway: it has no name, no facts, no strength, .*no verify, no identify, no parse, .*no sign\.$/,
    ],
    [
      "with a name of ours",
      `module.exports = { gateways: [${working("stripe")}] };`,
      /^There is a gateway stripe already: give yours another name\.$/,
    ],
    [
      "with a name that cannot be a key",
      `module.exports = { gateways: [${working("Bank_1")}] };`,
      /^"Bank_1" cannot name a gateway: use lower-case letters, digits and hyphens\.$/,
    ],
  ])("%s is reported in one sentence", (_, text, sentence) => {
    // A folder for each: what was loaded once is not read again.
    const folder = mkdtempSync(join(directory, "x-"));
    writeFileSync(join(folder, "bad.cjs"), text);
    expect(() => loadCustomGateways({ gateways: "bad.cjs" }, folder)).toThrow(sentence);
  });
});

describe("a gateway's name", () => {
  const named = (name: string) => ({ ...gateways.sandbox, name });

  test.each(["a", "bank", "bank-2", "2nd", "a-b-c"])("may be %s", (name) => {
    addGateways([named(name)]);
    expect(findGateway(name)?.name).toBe(name);
  });

  test.each(["", "-a", "a-", "a--b", "A", "a_b", "a b", "é"])("may not be %j", (name) => {
    expect(() => addGateways([named(name)])).toThrow("cannot name a gateway");
    expect(findGateway(name)).toBeUndefined();
  });

  test("brings a read-back of its own only", () => {
    addGateways([named("to-string")], { "to-string": { url: "u", ask: () => undefined } });
    addGateways([named("other")], {});
    expect(findReadBack("to-string")?.url).toBe("u");
    expect(findReadBack("other")).toBeUndefined();
  });
});

describe("in the first version's shape", () => {
  const { strength, onUnverified, unverifiedStatus, ...rest } = gateways.sandbox;

  test("a gateway is made today's, with what it has", () => {
    const first = { ...rest, facts: { ...rest.facts, strength: "none" as const }, unproven: "accept" as const };
    const now = modernized(first);
    expect([now.strength, now.onUnverified, now.unverifiedStatus, now.facts.cannotSay]).toEqual(["none", "accept", undefined, undefined]);
    expect([Object.hasOwn(now, "unverifiedStatus"), Object.hasOwn(now.facts, "cannotSay")]).toEqual([false, false]);
    const more = modernized({ ...first, unprovenStatus: 401 as const, needsReadBack: "the amount" });
    expect([more.unverifiedStatus, more.facts.cannotSay, more.facts.title]).toEqual([401, "the amount", rest.facts.title]);
  });

  test("what is today's already stays the object it is", () => {
    expect(modernized(gateways.sandbox)).toBe(gateways.sandbox);
  });

  test("its helpers work as they did", () => {
    const from = (addresses?: readonly string[]) =>
      fromAllowedAddress(
        signedRequest({ body: new Uint8Array(), now: 0, headers: {} }, { addresses: ["203.0.113.7"] }),
        addresses ? { addresses } : {},
      );
    expect([from(), from([]), from(["203.0.113.0/24"]), from(["192.0.2.1"])]).toEqual([true, true, true, false]);
    expect(withPublished({ addresses: ["203.0.113.7"] }, ["192.0.2.1"])).toEqual({ addresses: ["203.0.113.7"] });
    expect(withPublished({ addresses: [] }, ["192.0.2.1"])).toEqual({ addresses: ["192.0.2.1"] });
    expect(withPublished({}, ["192.0.2.1"])).toEqual({ addresses: ["192.0.2.1"] });
    expect(senderOf({ addresses: [" 203.0.113.0/24", "192.0.2.1"] })).toEqual({ sourceIp: "203.0.113.0" });
    expect(senderOf({ addresses: [" 203.0.113.7 "] })).toEqual({ sourceIp: "203.0.113.7" });
    expect(senderOf({ addresses: [""] })).toEqual({});
    expect(senderOf({})).toEqual({});
    const sent = { body: new Uint8Array(), now: 7, headers: { "x-a": "b" } };
    expect(request({ ...sent, sourceIp: "203.0.113.7" })).toEqual({ ...signedRequest(sent, {}), sourceIp: "203.0.113.7" });
    expect(request(sent)).toEqual(signedRequest(sent, {}));
  });
});

describe("writers", () => {
  test("are found by the gateway's own name, a project's too", () => {
    expect(findWriter("stripe")).toBe(writers.stripe);
    expect(findWriter("toString")).toBeUndefined();
    addWriters({ "my-writer": writers.zeus });
    expect(findWriter("my-writer")?.ids).toBe(writers.zeus.ids);
  });

  test("there is one for every gateway", () => {
    expect(Object.keys(writers)).toEqual(Object.keys(gateways));
  });
});

describe("the check of a configuration", () => {
  test("knows what each gateway says of its settings, and of reading back", () => {
    const { stripe, square, komoju } = knownGateways();
    expect(stripe?.checkSettings?.({})).toEqual([]);
    expect(square?.checkSettings?.({})).toHaveLength(1);
    expect(stripe?.checkSettings?.({ options: { readBackSecret: "s" } })).toHaveLength(1);
    expect(komoju?.checkSettings?.({ options: { readBackSecret: "s" } })).toEqual([]);
  });

  test("knows that only the application's own events are delivered nowhere", () => {
    const undelivered = Object.entries(knownGateways()).filter(([, { isUndelivered }]) => isUndelivered);
    expect(undelivered).toEqual([["app", expect.objectContaining({ isUndelivered: true })]]);
  });

  test("knows whose events come over EventBridge too", () => {
    const partners = Object.entries(knownGateways()).filter(([, known]) => "partner" in known);
    expect(partners).toEqual([["stripe", expect.objectContaining({ partner: "stripe.com" })]]);
  });

  test("knows whose signatures nobody else can make again", () => {
    const { paypal, stripe, "standard-webhooks": standard } = knownGateways();
    expect(paypal?.resignProblems?.({})).toHaveLength(1);
    expect(stripe?.resignProblems?.({})).toEqual([]);
    expect(standard?.resignProblems?.({})).toEqual([]);
    expect(standard?.resignProblems?.({ options: { publicKey: "whpk_x" } })).toHaveLength(1);
  });
});
