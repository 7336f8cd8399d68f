import { expect, test } from "vitest";
import { verifyCallback } from "../../core/receive/verify-callback.ts";
import { gateways } from "../../gateways/index.ts";
import { arrived, describeGateway, json, now, verifiedCallback } from "./conformance/conformance.ts";

const { sandbox } = gateways;

const settings = { secrets: ["sandbox-secret-1"] };
const created = 1_795_175_990;

describeGateway(sandbox, {
  settings,
  samples: [
    {
      name: "a renewal",
      body: json({ id: "evt_1", type: "contract.renewed", created, contract: "sub_1", customer: "cus_1" }),
      means: [{ id: "evt_1", type: "contract.renewed", contract: "sub_1", customer: "cus_1", occurredAt: created * 1000 }],
      key: "evt_1",
    },
    {
      name: "a charge in yen",
      body: json({ id: "evt_2", type: "charge.succeeded", created, contract: "sub_1", charge: "ch_1", amount: 1980, currency: "jpy" }),
      means: [{ type: "charge.succeeded", charge: "ch_1", amount: { minor: 1980, currency: "JPY" } }],
    },
    {
      name: "a refund",
      body: json({ id: "evt_3", type: "charge.refunded", created, charge: "ch_1", refund: "re_1", amount: 980, currency: "jpy" }),
      means: [{ type: "charge.refunded", charge: "ch_1", refund: "re_1", amount: { minor: 980, currency: "JPY" } }],
    },
    {
      name: "a type that does not exist yet",
      body: json({ id: "evt_4", type: "contract.teleported", created }),
      means: [{ type: "unknown", gatewayType: "contract.teleported" }],
    },
    {
      name: "a ping without a time",
      body: json({ id: "evt_5", type: "ping" }),
      means: [{ type: "notice", occurredAt: now }],
    },
  ],
  proofHeader: "sandbox-signature",
  toleranceSeconds: 300,
  ack: { status: 200, contentType: "text/plain; charset=utf-8", body: "OK" },
  nack: { status: 500, contentType: "text/plain; charset=utf-8", body: "NG" },
});

test("accepts any one of several signatures in the header", () => {
  const raw = arrived(sandbox, json({ id: "evt_1", type: "ping" }), settings);
  const header = raw.headers["sandbox-signature"] ?? "";
  const headers = { ...raw.headers, "sandbox-signature": header.replace("v1=", `v1=${"0".repeat(64)},v1=`) };
  expect(verifyCallback(sandbox, { ...raw, headers }, settings).kind).toBe("verified");
});

test("reads a name that every object has as an unknown type", () => {
  const [event] = sandbox.parse(verifiedCallback(sandbox, json({ id: "evt_1", type: "constructor" }), settings));
  expect(event?.type).toBe("unknown");
});
