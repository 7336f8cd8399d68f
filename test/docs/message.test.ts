/** docs/message.md and its schemas: held against the code, and against every message that it makes. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import type { PaymentMessage } from "holdfast/message";
import exactSchema from "holdfast/message.exact.schema.json" with { type: "json" };
import openSchema from "holdfast/message.schema.json" with { type: "json" };
import { describe, expect, test } from "vitest";
import { directMessage, signedMessage } from "../../core/delivery/delivery.ts";
import { eventTypes, type PaymentEvent } from "../../core/event.ts";
import type { Money } from "../../core/formats/money.ts";
import { playedBy } from "../../generate/gateways/play-gateways.ts";
import { pageFile, pages } from "../../generate/index.ts";
import { root } from "../lib/synthesize.ts";
import { callbackRecord, noon, paymentEvent } from "../support/samples.ts";

const ajv = new Ajv2020({ strict: true, allErrors: true });
const isExact = ajv.compile(exactSchema);
const isOpen = ajv.compile(openSchema);

/** As it is sent, in the types that are published. */
const sent = (event: PaymentEvent): PaymentMessage =>
  JSON.parse(
    Buffer.from(
      signedMessage(callbackRecord("evt_1"), event, { target: "https://app.example.com", keys: ["key"], attempt: 1, now: noon }).body,
    ).toString("utf8"),
  );

test("a target in AWS gets the same message, and `delivery` beside it", () => {
  const { delivery, ...message } = JSON.parse(JSON.stringify(directMessage(callbackRecord("evt_1"), paymentEvent(), 2)));
  expect(message).toEqual(sent(paymentEvent()));
  expect(delivery).toEqual({ id: "sandbox/evt_1", attempt: 2, receivedAt: "2026-11-20T12:00:00.000Z" });
  expect(isOpen({ ...message, delivery })).toBe(true);
});

const expectValid = (message: unknown): void => {
  expect([isExact(message), isExact.errors]).toEqual([true, null]);
  expect([isOpen(message), isOpen.errors]).toEqual([true, null]);
};

const text = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }));

const money: fc.Arbitrary<Money> = fc.record({ minor: fc.maxSafeInteger(), currency: fc.stringMatching(/^[A-Z]{3}$/) });

/** Of every type, with any of its fields, and with what a custom gateway in JavaScript may add. */
const event: fc.Arbitrary<PaymentEvent> = fc.record(
  {
    id: text,
    type: fc.constantFrom(...eventTypes),
    gatewayType: text,
    occurredAt: fc.integer({ min: -8_640_000_000_000_000, max: 8_640_000_000_000_000 }),
    contract: text,
    charge: text,
    customer: text,
    order: text,
    amount: money.chain((exact) => fc.constantFrom(exact, { ...exact, formatted: "1,980 JPY" })),
    refund: text,
    replacedBy: text,
    reason: text,
    incomplete: fc.array(text),
    card: fc.constant("4111111111111111"),
  },
  { requiredKeys: ["id", "type", "gatewayType", "occurredAt"] },
);

/** Every field there is. */
const full = sent({
  ...paymentEvent(),
  contract: "sub_1",
  charge: "ch_1",
  customer: "cus_1",
  order: "A-1",
  amount: { minor: 1_980, currency: "JPY" },
  refund: "re_1",
  replacedBy: "sub_2",
  reason: "card_declined",
  incomplete: ["amount"],
});

type Place = "message" | "data" | "amount";

/** The full message with one of its objects changed. */
const withChanged = (place: Place, change: (fields: Record<string, unknown>) => Record<string, unknown>): unknown => {
  const at = (here: Place, fields: object) => (here === place ? change({ ...fields }) : fields);
  return at("message", { ...full, data: at("data", { ...full.data, amount: at("amount", { ...full.data.amount }) }) });
};

const without = (place: Place, field: string): unknown => withChanged(place, ({ [field]: _, ...others }) => others);

const required = [
  ...["type", "timestamp", "data"].map((field) => ["message", field] as const),
  ...["id", "type", "gatewayType", "occurredAt", "source", "record"].map((field) => ["data", field] as const),
  ...["minor", "currency"].map((field) => ["amount", field] as const),
];

describe("every signed message is valid, as a receiver and as a test would check it,", () => {
  test.each([...playedBy()])("that a story at %s leads to", (_, kinds) => {
    const events = [...kinds.values()].flat();
    expect(events.length).toBeGreaterThan(0);
    for (const one of events) expectValid(sent(one));
  });

  test.each(eventTypes)("of type %s", (type) => {
    expectValid(sent(paymentEvent({ type })));
    expectValid({ ...full, type, data: { ...full.data, type } });
  });

  test("whatever an event says, and nothing is sent that is not in the schema", () => {
    fc.assert(
      fc.property(event, (one) => {
        const message = sent(one);
        expectValid(message);
        expect(message.data.type).toBe(message.type);
        expect(Date.parse(message.timestamp)).toBe(message.data.occurredAt);
        expect(JSON.stringify(message)).not.toContain("4111111111111111");
      }),
    );
  });
});

describe("a message is not valid", () => {
  test.each(required)("without %s %s", (place, field) => {
    expect([isExact(without(place, field)), isOpen(without(place, field))]).toEqual([false, false]);
  });

  const fields = [
    ...Object.keys(full).map((field) => ["message", field] as const),
    ...Object.keys(full.data).map((field) => ["data", field] as const),
    ...["minor", "currency"].map((field) => ["amount", field] as const),
  ];

  test.each(fields)("when %s %s is of another kind, or null", (place, field) => {
    for (const value of [null, true, 1.5]) {
      const changed = withChanged(place, (others) => ({ ...others, [field]: value }));
      expect([isExact(changed), isOpen(changed)]).toEqual([false, false]);
    }
  });

  test.each<Place>(["message", "data", "amount"])(
    "with a field too many in %s, unless a receiver looks, who survives additions",
    (place) => {
      const added = withChanged(place, (others) => ({ ...others, added: "later" }));
      expect([isExact(added), isOpen(added)]).toEqual([false, true]);
    },
  );

  test("of a type that there is not, unless a receiver looks, who survives additions", () => {
    const later = { ...full, type: "contract.transferred", data: { ...full.data, type: "contract.transferred" } };
    expect([isExact(later), isOpen(later)]).toEqual([false, true]);
  });
});

test.each(["message", "message.schema.json", "message.exact.schema.json"] as const)(
  "docs: %s is what `npm run generate` writes now",
  (name) => {
    expect(readFileSync(pageFile(name), "utf8")).toBe(pages[name]());
  },
);

test("docs/message.md links to files that are there", () => {
  const links = [...readFileSync(pageFile("message"), "utf8").matchAll(/\]\((?!https:)([^)#]+)\)/g)].map(([, link = ""]) => link);
  expect(links.length).toBeGreaterThan(5);
  expect(links.filter((link) => !existsSync(join(root, "docs", link)))).toEqual([]);
});

test("the types that are published as holdfast/message need no package: no AWS, no CDK", () => {
  const seen = new Set<string>();
  const packages = new Set<string>();
  const walk = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const [, specifier = ""] of readFileSync(file, "utf8").matchAll(/(?:from |import\(|^import )"([^"]+)"/gm))
      if (specifier.startsWith(".")) walk(join(dirname(file), specifier.replace(/\.[jt]s$/, file.endsWith(".d.ts") ? ".d.ts" : ".js")));
      else packages.add(specifier);
  };
  const published = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).exports["./message"];
  for (const file of [published.types, published.default]) walk(join(root, file));
  expect(seen.size).toBeGreaterThan(4);
  expect([...packages].filter((name) => !name.startsWith("node:"))).toEqual([]);
});
