import { hmacValidator as HmacValidator } from "@adyen/api-library";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RawCallback } from "../../core/callback.ts";
import { verifyCallback } from "../../core/receive/verify-callback.ts";
import { gateways } from "../../gateways/index.ts";
import { arrived, describeGateway, form, json, now, utf8, verifiedCallback } from "./conformance/conformance.ts";

const { adyen } = gateways;

const key = "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056";
const settings = { secrets: [key] };

interface Fields {
  readonly [name: string]: unknown;
  readonly additionalData?: Readonly<Record<string, string>>;
}

let count = 7_000;
const item = (eventCode: string, more: Fields = {}) => {
  count += 1;
  return {
    additionalData: {},
    amount: { currency: "EUR", value: 1130 },
    eventCode,
    eventDate: "2026-11-20T12:59:59+01:00",
    merchantAccountCode: "TestMerchant",
    merchantReference: "order-17",
    paymentMethod: "visa",
    pspReference: `79144836178${count}A`,
    reason: "",
    success: "true",
    ...more,
  };
};

const standard = (...items: readonly object[]) =>
  json({ live: "false", notificationItems: items.map((NotificationRequestItem) => ({ NotificationRequestItem })) });

const modification = (eventCode: string, more: Fields = {}) =>
  standard(item(eventCode, { pspReference: "8825408195409505", originalReference: payment, ...more }));

const payment = "7914483013255061";
const euros = { minor: 1130, currency: "EUR" };

const flat = (type: string, data: object, more: object = {}) =>
  json({ createdAt: "2026-11-20T12:59:59+01:00", environment: "test", type, data, ...more });

const token = { merchantAccount: "TestMerchant", shopperReference: "shopper-9", storedPaymentMethodId: "M5N7TQ4TG5PFWR50", type: "visa" };

const samples = [
  {
    name: "an authorisation, captured at once",
    body: standard(
      item("AUTHORISATION", {
        pspReference: payment,
        reason: "033899:1111:03/2030",
        additionalData: { shopperReference: "shopper-9", "recurring.recurringDetailReference": "M5N7TQ4TG5PFWR50", hmacSignature: "old" },
      }),
    ),
    means: [
      {
        type: "charge.succeeded" as const,
        gatewayType: "AUTHORISATION",
        charge: payment,
        contract: "M5N7TQ4TG5PFWR50",
        customer: "shopper-9",
        order: "order-17",
        amount: euros,
        occurredAt: now - 1_000,
      },
    ],
    key: `${payment}:AUTHORISATION:true:`,
  },
  {
    name: "an authorisation that was refused",
    body: standard(item("AUTHORISATION", { success: "false", reason: "Refused" })),
    means: [{ type: "charge.failed" as const, reason: "Refused" }],
  },
  {
    name: "an authorisation of nothing",
    body: standard(item("AUTHORISATION", { amount: { currency: "JPY", value: 0 } })),
    means: [{ type: "card.verified" as const }],
  },
  {
    name: "one of nothing that was refused",
    body: standard(item("AUTHORISATION", { success: "false", amount: { currency: "JPY", value: 0 } })),
    means: [{ type: "card.verification_failed" as const }],
  },
  {
    name: "a new amount",
    body: modification("AUTHORISATION_ADJUSTMENT"),
    means: [{ type: "charge.authorized" as const, charge: payment }],
  },
  {
    name: "a capture",
    body: modification("CAPTURE"),
    means: [{ type: "charge.succeeded" as const, charge: payment, part: "8825408195409505", amount: euros }],
    key: `8825408195409505:CAPTURE:true:${payment}`,
  },
  {
    name: "a capture not taken",
    body: modification("CAPTURE", { success: "false" }),
    means: [{ type: "notice" as const, charge: payment }],
  },
  {
    name: "a capture that failed later",
    body: modification("CAPTURE_FAILED", { reason: "Capture Failed" }),
    means: [
      { type: "charge.voided" as const, charge: payment, part: "8825408195409505", reason: "Capture Failed" },
      { type: "charge.voided" as const, charge: payment, reason: "Capture Failed" },
    ],
  },
  { name: "a cancellation", body: modification("CANCELLATION"), means: [{ type: "charge.voided" as const, charge: payment }] },
  { name: "a technical one", body: modification("TECHNICAL_CANCEL"), means: [{ type: "charge.voided" as const, charge: payment }] },
  { name: "an expiry", body: modification("EXPIRE"), means: [{ type: "charge.voided" as const, charge: payment }] },
  {
    name: "a cancel or refund that cancelled",
    body: modification("CANCEL_OR_REFUND", { additionalData: { "modification.action": "cancel" } }),
    means: [{ type: "charge.voided" as const, charge: payment }],
  },
  {
    name: "a cancel or refund that refunded",
    body: modification("CANCEL_OR_REFUND", { pspReference: "8825408195409506", additionalData: { "modification.action": "refund" } }),
    means: [{ type: "charge.refunded" as const, charge: payment, refund: "8825408195409506" }],
  },
  {
    name: "a refund",
    body: modification("REFUND", { amount: { currency: "EUR", value: 130 } }),
    means: [{ type: "charge.refunded" as const, charge: payment, refund: "8825408195409505", amount: { minor: 130, currency: "EUR" } }],
  },
  { name: "a refund not taken", body: modification("REFUND", { success: "false" }), means: [{ type: "refund.failed" as const }] },
  {
    name: "a refund that failed later",
    body: modification("REFUND_FAILED"),
    means: [{ type: "refund.failed" as const, refund: "8825408195409505", amount: euros }],
  },
  {
    name: "a refund that came back",
    body: modification("REFUNDED_REVERSED"),
    means: [{ type: "refund.failed" as const, refund: "8825408195409505", amount: euros }],
  },
  {
    name: "a stored payment method",
    body: standard(
      item("RECURRING_CONTRACT", { pspReference: "M5N7TQ4TG5PFWR50", originalReference: payment, amount: { currency: "EUR", value: 0 } }),
    ),
    means: [{ type: "contract.started" as const, contract: "M5N7TQ4TG5PFWR50" }],
  },
  {
    name: "a chargeback announced",
    body: modification("NOTIFICATION_OF_CHARGEBACK"),
    means: [{ type: "dispute.opened" as const, charge: payment, amount: euros }],
  },
  { name: "a chargeback", body: modification("CHARGEBACK"), means: [{ type: "dispute.opened" as const, charge: payment }] },
  { name: "a chargeback reversed", body: modification("CHARGEBACK_REVERSED"), means: [{ type: "dispute.won" as const, charge: payment }] },
  { name: "a second chargeback", body: modification("SECOND_CHARGEBACK"), means: [{ type: "dispute.lost" as const, charge: payment }] },
  { name: "a warning of fraud", body: modification("NOTIFICATION_OF_FRAUD"), means: [{ type: "notice" as const }] },
  {
    name: "a report",
    body: standard(item("REPORT_AVAILABLE", { pspReference: "settlement_report.csv", amount: { currency: "EUR", value: 0 } })),
    means: [{ type: "notice" as const }],
  },
  { name: "an event code that is new", body: standard(item("TELEPORTATION")), means: [{ type: "unknown" as const }] },
  {
    name: "two items at once",
    body: standard(item("AUTHORISATION"), item("CAPTURE", { originalReference: payment })),
    means: [{ type: "charge.succeeded" as const }, { type: "charge.succeeded" as const, charge: payment }],
  },
];

const ack = { status: 200, contentType: "text/plain; charset=utf-8", body: "[accepted]" };
const nack = { status: 500, contentType: "text/plain; charset=utf-8", body: "" };
const signedNames = ["pspReference", "originalReference", "merchantAccountCode", "merchantReference", "eventCode", "success"];

/** What Adyen signs of a body, as one text, with the proof; undefined when it is no standard JSON notification. */
const signedPart = (raw: RawCallback): string | undefined => {
  try {
    const { notificationItems } = JSON.parse(Buffer.from(raw.body).toString("utf8"));
    return notificationItems
      .map(
        ({
          NotificationRequestItem: one,
        }: {
          NotificationRequestItem: Record<string, unknown> & { amount: object; additionalData: object };
        }) =>
          JSON.stringify([
            signedNames.map((name) => one[name] ?? ""),
            { value: "", currency: "", ...one.amount },
            "hmacSignature" in one.additionalData && one.additionalData.hmacSignature,
          ]),
      )
      .join("\n");
  } catch {
    return undefined;
  }
};

describeGateway(adyen, {
  settings,
  samples,
  covers: (signed, _, flipped) => signedPart(signed) !== signedPart(flipped),
  ack,
  nack,
});

describe("flat notifications", () => {
  describeGateway(adyen, {
    settings,
    samples: [
      {
        name: "a token stored",
        body: flat("recurring.token.created", token, { eventId: "QBQQ9DLNRHHKGK38" }),
        means: [{ type: "contract.started", contract: "M5N7TQ4TG5PFWR50", customer: "shopper-9", occurredAt: now - 1_000 }],
        key: "QBQQ9DLNRHHKGK38",
      },
      {
        name: "a token disabled",
        body: flat("recurring.token.disabled", token, { eventId: "QBQQ9DLNRHHKGK39" }),
        means: [{ type: "contract.cancelled", contract: "M5N7TQ4TG5PFWR50" }],
      },
      {
        name: "a token that existed",
        body: flat("recurring.token.alreadyExisting", token, { eventId: "QBQQ9DLNRHHKGK40" }),
        means: [{ type: "notice" }],
      },
      {
        name: "a transfer, which has no id of its own",
        body: flat("balancePlatform.transfer.updated", { id: "1" }),
        means: [{ type: "notice" }],
      },
      { name: "a type that is new", body: flat("teleport.created", {}, { id: "T-1" }), means: [{ type: "unknown" }], key: "T-1" },
    ],
    proofHeader: "hmacsignature",
    ack,
    nack,
  });
});

const formItem = (more: Readonly<Record<string, string>> = {}) =>
  form({
    pspReference: payment,
    originalReference: "",
    merchantAccountCode: "TestMerchant",
    merchantReference: "order 17: blue & green",
    value: "1130",
    currency: "EUR",
    eventCode: "AUTHORISATION",
    success: "true",
    eventDate: "2026-11-20T11:59:59.00Z",
    live: "false",
    "additionalData.shopperReference": "shopper-9",
    ...more,
  });

describe("forms", () => {
  const covered = [...signedNames, "value", "currency", "additionalData.hmacSignature"];
  const part = (raw: RawCallback): string => {
    const fields = new URLSearchParams(Buffer.from(raw.body).toString("latin1"));
    return JSON.stringify(covered.map((name) => fields.get(name) ?? ""));
  };

  describeGateway(adyen, {
    settings,
    samples: [
      {
        name: "an authorisation",
        body: formItem(),
        means: [
          {
            type: "charge.succeeded",
            charge: payment,
            customer: "shopper-9",
            order: "order 17: blue & green",
            amount: euros,
            occurredAt: now - 1_000,
          },
        ],
        key: `${payment}:AUTHORISATION:true:`,
      },
    ],
    covers: (signed, _, flipped) => part(signed) !== part(flipped),
    ack,
    nack,
  });
});

describe("what is not signed", () => {
  const signed = arrived(adyen, standard(item("AUTHORISATION"), item("CAPTURE")), settings);
  const changed = (
    edit: (notification: { notificationItems: { NotificationRequestItem: Record<string, unknown> }[] }) => void,
  ): RawCallback => {
    const notification = JSON.parse(Buffer.from(signed.body).toString("utf8"));
    edit(notification);
    return { ...signed, body: json(notification) };
  };

  test("refuses the whole when one item of several is not signed", () => {
    const one = changed(({ notificationItems }) =>
      Object.assign(notificationItems[1]?.NotificationRequestItem ?? {}, { success: "false" }),
    );
    expect(verifyCallback(adyen, one, settings).kind).toBe("refused");
    const unsigned = changed(({ notificationItems }) =>
      Object.assign(notificationItems[1]?.NotificationRequestItem ?? {}, { additionalData: {} }),
    );
    expect(verifyCallback(adyen, unsigned, settings).kind).toBe("refused");
  });

  test("refuses more items than Adyen ever sends, however well each is signed, and reads none of them", () => {
    const { body } = arrived(adyen, standard(item("AUTHORISATION")), settings);
    const [one] = (JSON.parse(Buffer.from(body).toString()) as { readonly notificationItems: readonly object[] }).notificationItems;
    const many = (count: number) => ({ ...arrived(adyen, json({}), settings), body: json({ notificationItems: Array(count).fill(one) }) });
    expect(verifyCallback(adyen, many(100), settings).kind).toBe("verified");
    expect(verifyCallback(adyen, many(101), settings)).toEqual({ kind: "refused", reason: "there are more than 100 notification items" });
  });

  test("refuses a notification without items, whatever its header says", () => {
    const empty = json({ live: "false", notificationItems: [] });
    const header = arrived(adyen, utf8("{}"), settings).headers;
    expect(verifyCallback(adyen, { ...signed, body: empty }, settings).kind).toBe("refused");
    expect(verifyCallback(adyen, { ...signed, body: empty, headers: header }, settings).kind).toBe("refused");
  });

  test.each([[["order-17"]], [[]], [{}]])("ignores a field of an item that is a list or an object: %j", (merchantReference) => {
    const plain = arrived(adyen, standard(item("AUTHORISATION", { merchantReference: "" })), settings);
    const text = Buffer.from(plain.body).toString("utf8");
    const odd = text.replace('"merchantReference":""', `"merchantReference":${JSON.stringify(merchantReference)}`);
    expect(odd).not.toBe(text);
    expect(verifyCallback(adyen, plain, settings).kind).toBe("verified");
    expect(verifyCallback(adyen, { ...plain, body: utf8(odd) }, settings).kind).toBe("refused");
  });
});

describe("R-CONFLICT 2: what two notifications of one id have in common", () => {
  const one = item("AUTHORISATION");
  const content = (notification: Uint8Array, under = settings) => adyen.content?.(verifiedCallback(adyen, notification, under));

  test("is what is signed: a redelivery may have another date, and a new key's signature", () => {
    const again = standard({ ...one, eventDate: "2026-11-20T14:00:00+01:00" });
    const newKey = { secrets: ["00".repeat(32)] };
    expect(content(again)).toBe(content(standard(one)));
    expect(content(again, newKey)).toBe(content(standard(one)));
  });

  test("is no longer that with another amount, or with a colon that was moved between two fields", () => {
    expect(content(standard({ ...one, amount: { currency: "EUR", value: 1131 } }))).not.toBe(content(standard(one)));
    const moved = { ...one, merchantAccountCode: "Test", merchantReference: "Merchant:order-17" };
    expect(content(standard({ ...one, merchantAccountCode: "Test:Merchant" }))).not.toBe(content(standard(moved)));
  });

  test("of anything else is every byte", () => {
    expect(content(json({ eventId: "e-1", type: "a" }))).not.toBe(content(json({ eventId: "e-1", type: "b" })));
  });
});

test.each(["", "  ", "not hexadecimal", "44782DEF5", "ZZ"])("does not accept %j as a key", (secret) => {
  const body = standard(item("AUTHORISATION"));
  expect(verifyCallback(adyen, arrived(adyen, body, { secrets: [secret] }), { secrets: [secret] }).kind).toBe("refused");
});

test.each([
  ["JPY", 1980, 1980],
  ["CLP", 198_000, 1980],
  ["ISK", 100, 1],
  ["IDR", 1980, 198_000],
  ["CVE", 5, 500],
  ["KWD", 1980, 1980],
])("reads %s in the units of ISO 4217, not Adyen's", (currency, value, minor) => {
  const [event] = adyen.parse(verifiedCallback(adyen, standard(item("CAPTURE", { amount: { currency, value } })), settings));
  expect(event?.amount).toEqual({ minor, currency });
});

test.each(["5.0", "5 ", "-5", "", "5e3"])("reads %j of a currency with units of Adyen's own as no amount", (value) => {
  const [event] = adyen.parse(verifiedCallback(adyen, standard(item("CAPTURE", { amount: { currency: "IDR", value } })), settings));
  expect(event).toMatchObject({ type: "charge.succeeded" });
  expect(event?.amount).toBeUndefined();
});

test("reads a cancellation of zero as one of the whole amount", () => {
  const [event] = adyen.parse(verifiedCallback(adyen, modification("CANCELLATION", { amount: { currency: "EUR", value: 0 } }), settings));
  expect(event).toMatchObject({ type: "charge.voided", charge: payment });
  expect(event?.amount).toBeUndefined();
});

test("waits for the capture where the merchant account captures later", () => {
  const manual = { ...settings, options: { captureMode: "manual" } };
  const types = (code: string) =>
    adyen.parse(verifiedCallback(adyen, modification(code), settings), manual).map(({ type, part }) => [type, part]);
  expect(types("AUTHORISATION")).toEqual([["charge.authorized", undefined]]);
  expect(types("CAPTURE")).toEqual([["charge.succeeded", "8825408195409505"]]);
  expect(types("CAPTURE_FAILED")).toEqual([["charge.voided", "8825408195409505"]]);
});

test("keeps the digits and expiry of a card out of the reason", () => {
  const [event] = adyen.parse(verifiedCallback(adyen, standard(item("AUTHORISATION", { reason: "033899:1111:03/2030" })), settings));
  expect(event?.reason).toBeUndefined();
});

describe("compared with Adyen's own library", () => {
  const library = new HmacValidator();
  type LibraryItem = Parameters<typeof library.validateHMAC>[0];
  const itemsOf = (raw: RawCallback): LibraryItem[] =>
    JSON.parse(Buffer.from(raw.body).toString("utf8")).notificationItems.map(
      (one: { NotificationRequestItem: LibraryItem }) => one.NotificationRequestItem,
    );
  const judge = (raw: RawCallback, secret = key): boolean => itemsOf(raw).every((one) => library.validateHMAC(one, secret));

  test("agrees on standard items signed here", () => {
    for (const { body } of samples) expect(judge(arrived(adyen, body, settings))).toBe(true);
  });

  test("verifies what the library signs, and rejects what was tampered with, as the library does", () => {
    const text = fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom("a:b", "back\\slash", "", "日本"));
    const random = fc.record({
      pspReference: text,
      originalReference: fc.option(text, { nil: undefined }),
      merchantReference: text,
      amount: fc.record({ value: fc.nat(), currency: fc.constantFrom("EUR", "JPY") }),
      success: fc.constantFrom("true", "false"),
    });
    fc.assert(
      fc.property(random, (fields) => {
        const one = item("AUTHORISATION", fields);
        const hmacSignature = library.calculateHmac(one as object as LibraryItem, key);
        const signed = arrived(adyen, standard(one), settings);
        const raw = { ...signed, body: standard({ ...one, additionalData: { hmacSignature } }) };
        expect(verifyCallback(adyen, raw, settings).kind).toBe("verified");
        const dearer = { ...one, amount: { ...fields.amount, value: fields.amount.value + 1 }, additionalData: { hmacSignature } };
        const tampered = { ...raw, body: standard(dearer) };
        expect(judge(tampered)).toBe(false);
        expect(verifyCallback(adyen, tampered, settings).kind).toBe("refused");
      }),
      { seed: 1 },
    );
  });

  test("verifies an item whose success is not a text or whose original is null, as the library signs them", () => {
    for (const one of [item("PENDING", { success: true }), item("PENDING", { originalReference: null })]) {
      const hmacSignature = library.calculateHmac(one as object as LibraryItem, key);
      const raw = { ...arrived(adyen, standard(one), settings), body: standard({ ...one, additionalData: { hmacSignature } }) };
      expect(verifyCallback(adyen, raw, settings).kind).toBe("verified");
    }
  });

  test("agrees on flat notifications, and that two swapped signatures prove nothing", () => {
    const raw = arrived(adyen, flat("recurring.token.created", token, { eventId: "1" }), settings);
    const other = arrived(adyen, flat("recurring.token.created", token, { eventId: "2" }), settings);
    const judgeFlat = (one: RawCallback) =>
      library.validateHMACSignature(key, one.headers.hmacsignature ?? "", Buffer.from(one.body).toString("utf8"));
    expect(judgeFlat(raw)).toBe(true);
    const swapped = { ...raw, headers: other.headers };
    expect(judgeFlat(swapped)).toBe(false);
    expect(verifyCallback(adyen, swapped, settings).kind).toBe("refused");
  });

  test("knows every event code of the library", async () => {
    const { EventCodeEnum } = (await import("@adyen/api-library")).Types.notification.NotificationRequestItem;
    for (const code of Object.values(EventCodeEnum)) {
      const [event] = adyen.parse(verifiedCallback(adyen, standard(item(String(code))), settings));
      expect(event?.type, String(code)).not.toBe("unknown");
    }
  });
});
