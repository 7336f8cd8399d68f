import { describe, expect, test } from "vitest";
import { verifyCallback } from "../../core/receive/verify-callback.ts";
import { gateways } from "../../gateways/index.ts";
import { arrived, describeGateway, utf8 } from "./conformance/conformance.ts";

const { epsilon } = gateways;

const settings = { secrets: [], addresses: ["203.0.113.0/24"], options: { contractCode: "12345670" } };

/** The name in Shift_JIS, as Epsilon would send it: 山田. */
const notice = (more: string) =>
  utf8(
    `trans_code=1234567&user_id=member-9&order_number=20261118-0001&item_price=1980&contract_code=12345670&user_name=%8ER%93c&state=1${more}`,
  );

describeGateway(epsilon, {
  settings,
  wrongSettings: { secrets: [], addresses: ["198.51.100.1"] },
  covers: () => false,
  ack: { status: 200, contentType: "text/plain", body: "1" },
  nack: { status: 200, contentType: "text/plain", body: "0 999 ERROR_01" },
  samples: [
    {
      name: "a slip paid",
      body: notice("&paid=1"),
      key: "1234567/20261118-0001/1/1",
      means: [
        {
          type: "charge.succeeded",
          charge: "1234567",
          order: "20261118-0001",
          customer: "member-9",
          amount: { minor: 1980, currency: "JPY" },
        },
      ],
    },
    {
      name: "a state nobody has explained",
      body: notice("&paid=0"),
      means: [{ type: "unknown", gatewayType: "paid=0", charge: "1234567" }],
    },
  ],
});

describe("Epsilon", () => {
  const raw = arrived(epsilon, notice("&paid=1"), settings);

  test("accepts anybody where no address and no contract code is configured, and says that this is not a proof", () => {
    expect(verifyCallback(epsilon, { ...raw, sourceIp: "192.0.2.1" }, { secrets: [] }).kind).toBe("verified");
    expect(epsilon.strength).toBe("none");
  });

  test("refuses another shop's contract code, and none", () => {
    expect(verifyCallback(epsilon, raw, settings).kind).toBe("verified");
    for (const body of ["trans_code=1&contract_code=99999999", "trans_code=1"]) {
      expect(verifyCallback(epsilon, { ...raw, body: utf8(body) }, settings).kind).toBe("refused");
    }
  });

  test("does not let an appended field override the first", () => {
    const [event] = epsilon.parse(verifiedOf(notice("&paid=1&item_price=1&trans_code=999")));
    expect(event).toMatchObject({ charge: "1234567", amount: { minor: 1980, currency: "JPY" } });
  });

  test("knows no customer where Epsilon sends a dash", () => {
    const [event] = epsilon.parse(verifiedOf(utf8("trans_code=1&order_number=2&user_id=-&paid=1&item_price=980")));
    expect(event).not.toHaveProperty("customer");
  });

  test("fails to understand a form without a transaction", () => {
    expect(() => epsilon.parse(verifiedOf(utf8("hello=world")))).toThrow("not an Epsilon notice");
  });

  const verifiedOf = (body: Uint8Array) => {
    const outcome = verifyCallback(epsilon, { ...raw, body }, { secrets: [] });
    if (outcome.kind !== "verified") throw new Error(outcome.reason);
    return outcome.callback;
  };
});
