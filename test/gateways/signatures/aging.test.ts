/** Signatures that age, made again: judged by the libraries that applications verify them with. */
import { Paddle } from "@paddle/paddle-node-sdk";
import { Webhook as StandardWebhook } from "standardwebhooks";
import Stripe from "stripe";
import { Webhook as SvixWebhook } from "svix";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { RawCallback } from "../../../core/callback.ts";
import { agingWith, type ResignableAging, resignProblems } from "../../../core/delivery/aging.ts";
import { passThrough } from "../../../core/delivery/delivery.ts";
import { verifyCallback } from "../../../core/receive/verify-callback.ts";
import { findGateway, type Gateway, gateways, type SourceSettings } from "../../../gateways/index.ts";
import { callbackRecord, noon } from "../../support/samples.ts";

const hour = 3_600_000;
const base64 = (text: string) => Buffer.from(text).toString("base64");
const [newer, older] = [`whsec_${base64("the newer secret, 24 bytes")}`, `whsec_${base64("the older secret, 24 bytes")}`];
const body = Buffer.from('{"id":"evt_1","event_id":"evt_1","event_type":"transaction.paid","type":"invoice.paid","data":{}}');

type Headers = Readonly<Record<string, string>>;
type Judge = (headers: Headers, secret: string) => unknown;

const text = body.toString("utf8");
const asItIs = (headers: Headers): Headers => headers;
const svixHeaders = (headers: Headers): Headers =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.replace("webhook-", "svix-"), value]));

/** Throws when the library refuses. All of them go by the machine's clock. */
const judges: readonly (readonly [what: string, gateway: Gateway, judge: Judge, rename: (headers: Headers) => Headers])[] = [
  [
    "Stripe",
    gateways.stripe,
    (headers, secret) => new Stripe("sk").webhooks.constructEvent(text, headers["stripe-signature"] ?? "", secret),
    asItIs,
  ],
  [
    "Paddle",
    gateways.paddle,
    async (headers, secret) => {
      const isValid = await new Paddle("key").webhooks.isSignatureValid(text, secret, headers["paddle-signature"] ?? "");
      if (!isValid) throw new Error("not valid");
    },
    asItIs,
  ],
  [
    "standardwebhooks",
    gateways["standard-webhooks"],
    (headers, secret) => new StandardWebhook(secret).verify(text, { ...headers }),
    asItIs,
  ],
  ["svix", gateways["standard-webhooks"], (headers, secret) => new SvixWebhook(secret).verify(text, { ...headers }), svixHeaders],
];

const atTime = (now: number) => {
  vi.useFakeTimers({ now, toFake: ["Date"] });
  onTestFinished(() => void vi.useRealTimers());
};

const receivedBy = (gateway: Gateway, settings: SourceSettings, rename = asItIs): RawCallback => {
  const raw = gateway.sign(body, settings, noon);
  return { ...raw, source: "sandbox", url: "https://callbacks.example.com/callbacks/sandbox", headers: rename(raw.headers) };
};

const agingOf = ({ aging }: Gateway, settings: Partial<SourceSettings> = {}): ResignableAging => {
  const found = agingWith(aging, settings);
  if (!found) throw new Error("it does not age");
  return found;
};

describe.each(judges)("a callback of %s that is delivered an hour after it was received", (_, gateway, judge, rename) => {
  const settings = { secrets: [newer] };
  const raw = receivedBy(gateway, settings, rename);
  const sentAt = noon + hour;
  const sent = (secrets?: readonly string[]) =>
    passThrough(callbackRecord("evt_1", raw), {
      target: "https://app.example.com/",
      attempt: 1,
      carries: gateway.facts.headers,
      ...(secrets && { resigned: agingOf(gateway).resign(raw, { secrets }, sentAt) }),
    });

  test("is accepted at once by the gateway's own library, and refused an hour later", async () => {
    atTime(noon);
    await judge(sent().headers, newer);
    atTime(sentAt);
    await expect((async () => judge(sent().headers, newer))()).rejects.toThrow();
  });

  test("is accepted when its signature was made again, and says so", async () => {
    atTime(sentAt);
    const { headers } = sent([newer]);
    await judge(headers, newer);
    const changed = Object.keys(headers).filter((name) => headers[name] !== sent().headers[name]);
    expect(changed).toContain("holdfast-resigned");
    expect(headers["holdfast-resigned"]?.split(", ").toSorted()).toEqual(changed.filter((name) => name !== "holdfast-resigned").toSorted());
  });

  test("is accepted by an application that has the newest of several secrets", async () => {
    atTime(sentAt);
    await judge(sent([newer, older]).headers, newer);
  });

  // Paddle's SDK looks at one signature only.
  test.skipIf(gateway.aging === gateways.paddle.aging)("is accepted by an application that still has the older one", async () => {
    atTime(sentAt);
    await judge(sent(["", newer, older]).headers, older);
  });

  test("is refused when it was made again with somebody else's secret", async () => {
    atTime(sentAt);
    await expect((async () => judge(sent(["whsec_c29tZWJvZHkgZWxzZSdzIHNlY3JldA=="]).headers, newer))()).rejects.toThrow();
  });

  test("says when it was signed", () => expect(agingOf(gateway).signedAt(raw, {})).toBe(noon));
});

describe("a signature that was made again", () => {
  const options = { header: "x-signature", timestampHeader: "x-time", signed: "{timestamp}.{id}.{body}", idHeader: "x-id" };
  const all: readonly (readonly [what: string, gateway: Gateway, settings: SourceSettings])[] = [
    ["stripe", gateways.stripe, { secrets: [newer] }],
    ["paddle", gateways.paddle, { secrets: [newer] }],
    ["sandbox", gateways.sandbox, { secrets: [newer] }],
    ["standard-webhooks", gateways["standard-webhooks"], { secrets: [newer] }],
    ["standard-webhooks with Polar's secrets", gateways["standard-webhooks"], { secrets: ["polar"], options: { secretEncoding: "utf8" } }],
    ["hmac with a timestamp", gateways.hmac, { secrets: [newer], options }],
    ["hmac with milliseconds", gateways.hmac, { secrets: [newer], options: { ...options, timestampUnit: "ms", prefix: "v1=" } }],
  ];

  test.each(all)("is genuine to %s at that time, is the same callback, and was not before", (_, gateway, settings) => {
    const raw = receivedBy(gateway, settings);
    const later = { ...raw, receivedAt: noon + hour };
    expect(verifyCallback(gateway, later, settings).kind).toBe("refused");
    const resigned = { ...later, headers: { ...raw.headers, ...agingOf(gateway, settings).resign(raw, settings, noon + hour) } };
    const outcome = verifyCallback(gateway, resigned, settings);
    expect(outcome.kind).toBe("verified");
    const before = verifyCallback(gateway, raw, settings);
    if (outcome.kind === "verified" && before.kind === "verified")
      expect(gateway.identify(outcome.callback, settings)).toBe(gateway.identify(before.callback, settings));
    expect(agingOf(gateway, settings).signedAt(resigned, settings)).toBe(noon + hour);
  });
});

describe("a gateway", () => {
  test("ages when it signs the time and its library checks it", () => {
    for (const name of ["hmac", "paddle", "sandbox", "standard-webhooks", "stripe"])
      expect([name, agingWith(findGateway(name)?.aging, { options: { timestampHeader: "x" } })]).not.toEqual([name, undefined]);
    expect(agingWith(gateways.hmac.aging, { options: { header: "x-signature" } })).toBeUndefined();
  });

  test("rejects its own callbacks after the tolerance that its library has", () => {
    for (const gateway of [gateways.stripe, gateways.paddle, gateways.sandbox, gateways["standard-webhooks"]]) {
      const settings = { secrets: [newer] };
      const raw = receivedBy(gateway, settings);
      const { toleranceSeconds } = agingOf(gateway);
      const aged = (seconds: number) => verifyCallback(gateway, { ...raw, receivedAt: noon + seconds * 1_000 }, settings).kind;
      expect([gateway.name, aged(toleranceSeconds), aged(toleranceSeconds + 1)]).toEqual([gateway.name, "verified", "refused"]);
    }
  });

  test("that cannot be signed for says what to do instead, and those that need nothing say nothing", () => {
    expect(resignProblems(gateways.paypal.aging, {})).toEqual([expect.stringContaining("certificate")]);
    expect(resignProblems(gateways["standard-webhooks"].aging, { options: { publicKey: "whpk_x" } })).toEqual([
      expect.stringContaining("v1a"),
    ]);
    for (const { name } of Object.values(gateways).filter(({ name }) => name !== "paypal"))
      expect([name, resignProblems(findGateway(name)?.aging, {})]).toEqual([name, []]);
  });
});
