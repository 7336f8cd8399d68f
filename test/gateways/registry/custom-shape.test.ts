/** A project's own gateway as the first version had it: it keeps working, its functions on a prototype or not. */
import { describe, expect, test } from "vitest";
import { verified } from "../../../core/callback.ts";
import { verifyCallback } from "../../../core/receive/verify-callback.ts";
import {
  addGateways,
  findGateway,
  findReadBack,
  fromAllowedAddress,
  gateways,
  numbered,
  request,
  secretsOf,
} from "../../../gateways/index.ts";
import type { Moment } from "../../../gateways/moment.ts";
import type { FirstGateway } from "../../../gateways/registry/custom-shape.ts";
import { findFront } from "../../../gateways/registry/find-front.ts";
import { addWriters, findWriter } from "../../../gateways/registry/find-writer.ts";
import { writers } from "../../../gateways/registry/writers.ts";
import { rawCallback } from "../../support/samples.ts";

class FirstBank implements FirstGateway {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
  readonly facts = { ...gateways.sandbox.facts, strength: "shared token", retries: "every minute, 5 times" } as const;
  readonly methods = ["POST"] as const;
  readonly unproven = "accept";
  readonly unprovenStatus = 401;
  readonly needsReadBack = "the amount: read back";
  verify: FirstGateway["verify"] = (raw, settings) =>
    fromAllowedAddress(raw, settings) && secretsOf(settings).includes(raw.headers.token ?? "")
      ? verified(raw)
      : { kind: "refused", reason: "no" };
  identify() {
    return "evt_1";
  }
  parse: FirstGateway["parse"] = (callback) =>
    numbered(this.identify(), [{ type: "notice", gatewayType: "ping", occurredAt: callback.receivedAt }]);
  acknowledge() {
    return { status: 200, contentType: "text/plain", body: this.name };
  }
  refuse: FirstGateway["refuse"] = () => ({ status: 500, contentType: "text/plain", body: "NG" });
  sign: FirstGateway["sign"] = (body, settings, now) =>
    request({ body, now, headers: { token: settings.secrets[0] ?? "" }, sourceIp: "203.0.113.7" });
}

describe("a gateway in the first version's shape", () => {
  const readBack = { url: "https://api.example.com", ask: () => undefined };
  addGateways([new FirstBank("first-bank")], { "first-bank": readBack });
  const front = findFront("first-bank");
  const gateway = findGateway("first-bank");

  test("is found with its facts under today's names", () => {
    expect(front).toMatchObject({ name: "first-bank", strength: "shared token", onUnverified: "accept", unverifiedStatus: 401 });
    expect(gateway?.facts).toMatchObject({ cannotSay: "the amount: read back", retries: "every minute, 5 times" });
    expect(findReadBack("first-bank")).toBe(readBack);
  });

  test("verifies, identifies, parses and answers as it did", () => {
    const settings = { secrets: ["token-1"], addresses: ["203.0.113.0/24"] };
    const signed = gateway?.sign(new Uint8Array(), settings, 1);
    expect(signed && front && verifyCallback(front, signed, settings).kind).toBe("verified");
    expect(front && verifyCallback(front, rawCallback({ headers: { token: "token-2" } }), settings).kind).toBe("refused");
    const { callback } = verified(rawCallback());
    expect(gateway?.parse(callback)).toEqual([{ id: "evt_1", type: "notice", gatewayType: "ping", occurredAt: callback.receivedAt }]);
    expect(front?.acknowledge(callback).body).toBe("first-bank");
  });

  test("must not have the name of a built-in gateway, nor one that cannot be a key", () => {
    expect(() => addGateways([new FirstBank("stripe")])).toThrow(/There is a gateway stripe already/);
    expect(() => addGateways([new FirstBank("First Bank")])).toThrow(/cannot name a gateway/);
  });
});

test("a writer in the first version's shape reports what it used to tell", () => {
  const body = new Uint8Array();
  addWriters({
    "first-bank": { ...writers.sandbox, scenes: { paid: () => [{ body, tells: ["charge.succeeded"] }], "card refused": () => [] } },
  });
  const written = findWriter("first-bank")?.scenes.paid?.({} as Moment, {});
  expect(written).toMatchObject([{ body, reports: ["charge.succeeded"] }]);
  expect(findWriter("first-bank")?.scenes["card declined"]).toBeDefined();
});
