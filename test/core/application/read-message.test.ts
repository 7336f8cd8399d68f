import { describe, expect, test } from "vitest";
import { applicationEventTypes } from "../../../core/application/event.ts";
import { dataReaders, readMessage, sourcesNamedBy } from "../../../core/application/read-message.ts";

const come = { id: "grant-1", receivedAt: Date.UTC(2026, 10, 26) };
const timestamp = "2023-02-28T23:59:59+09:00";
const occurredAt = Date.UTC(2023, 1, 28, 14, 59, 59);
const price = { minor: 1_980, currency: "JPY" };
const grant = { account: "a-1", source: "sbps", contract: "c-1", plan: "premium", price, interval: "month" };

const read = (type: unknown, data: unknown, at: unknown = timestamp) => readMessage({ type, timestamp: at, data }, come);
const problems = (type: unknown, data: unknown, at?: unknown): string => {
  const found = read(type, data, at);
  return found.kind === "problems" ? found.problems.join("\n") : "";
};
const event = (type: string, data: object) => {
  const found = read(type, data);
  return found.kind === "read" ? found.event : found.problems;
};

const full = {
  "entitlement.granted": { ...grant, order: "o-1", customer: "cus-1", freeUntil: "2023-04-01T00:00:00+09:00", basis: "campaign 7" },
  "entitlement.revoked": { account: "a-1", source: "sbps", contract: "c-1", order: "o-1", reason: "non_payment" },
  "cancellation.requested": { account: "a-1", source: "sbps", contract: "c-1" },
  "account.closed": { account: "a-1" },
  "account.reopened": { account: "a-1" },
  "contract.linked": {
    contracts: [
      { source: "sbps", contract: "c-1" },
      { source: "stripe", contract: "c-1" },
    ],
  },
  "refund.requested": { account: "a-1", source: "sbps", contract: "c-1", charge: "p-1", amount: price },
} as const;

describe("R-APP-1: a message", () => {
  test.each(applicationEventTypes)("of type %s is read with every field that it can have", (type) => {
    const said = full[type];
    const moments = "freeUntil" in said ? { freeUntil: Date.UTC(2023, 2, 31, 15) } : {};
    expect(event(type, said)).toEqual({ ...come, type, occurredAt, ...said, ...moments });
    expect(Object.keys(said).sort()).toEqual(Object.keys(dataReaders[type].fields).sort());
  });

  test.each(applicationEventTypes)("of type %s has no other field, and lacks none that it needs", (type) => {
    expect(problems(type, { ...full[type], note: "x" })).toMatch(/^data\.note: there is nothing of that name/);
    for (const [name, field] of Object.entries(dataReaders[type].fields)) {
      const isOptional = "optional" in field;
      const { [name]: _, ...rest } = full[type] as Record<string, unknown>;
      expect(problems(type, rest).includes(`data.${name}: it is missing`)).toBe(!isOptional || name === "price" || name === "interval");
    }
  });

  test.each([
    ["", "not a JSON object"],
    ["entitlement.grant", 'did you mean "entitlement.granted"?'],
    [undefined, "Known: entitlement.granted"],
    ["constructor", "there is nothing of that name."],
  ])("of a type %j is refused: what is ignored silently would be missed by nobody", (type, says) => {
    const found = type === "" ? readMessage(undefined, come) : read(type, full["account.closed"]);
    expect(found.kind === "problems" && found.problems.join()).toContain(says);
  });

  test.each([
    1_700_000_000, // seconds or milliseconds?
    "2026-11-20",
    "2026-11-20T12:00:00",
    "2026-02-30T12:00:00Z",
    "Fri, 20 Nov 2026 12:00:00 GMT",
    undefined,
  ])("that happened at %j is refused: a moment is not guessed", (at) => {
    expect(readMessage({ type: "account.closed", timestamp: at, data: { account: "a-1" } }, come)).toMatchObject({
      problems: [expect.stringMatching(/^timestamp = .*write a moment in ISO 8601 with its zone/)],
    });
  });

  test.each([
    [{ minor: 19.8, currency: "USD" }, "data.price.minor = 19.8"],
    [{ minor: "1980", currency: "JPY" }, 'data.price.minor = "1980"'],
    [{ minor: -1, currency: "JPY" }, "data.price.minor = -1"],
    [{ minor: 1_980, currency: "jpy" }, 'data.price.currency = "jpy"'],
    [{ minor: 1_980, currency: "JPY", tax: 180 }, "data.price.tax"],
    [1_980, "data.price.minor = nothing"],
  ])("with the price %j is refused, by the name of the field", (wrong, says) => {
    expect(problems("entitlement.granted", { ...grant, price: wrong })).toContain(says);
  });

  test("with an empty, long or numeric id is refused", () => {
    expect(problems("account.closed", { account: " " })).toBe("data.account: write a text that is not empty");
    expect(problems("account.closed", { account: "x".repeat(501) })).toBe("data.account: 501 characters, where 500 are accepted");
    expect(problems("account.closed", { account: 12 })).toBe('data.account = 12: write it as a text, "12"');
  });

  test("says everything that is wrong with it at once", () => {
    expect(read("refund.requested", { account: "a-1", amount: { minor: 0, currency: "JPY" } }, "today")).toMatchObject({
      problems: [
        expect.stringMatching(/^timestamp = "today"/),
        "data.source: it is missing; add it",
        "data.charge: it is missing; add it",
        expect.stringMatching(/^data\.amount\.minor = 0: .*at least 1/),
      ],
    });
  });
});

describe("a grant", () => {
  test("R-APP-5: may name its order and customer only", () => {
    const { contract: _, ...rest } = grant;
    expect(event("entitlement.granted", { ...rest, order: "o-1", customer: "cus-1" })).toMatchObject({ order: "o-1" });
  });

  test("R-APP-4: that names neither says that it is a gift, and a forgotten field is none", () => {
    const { contract: _, ...rest } = grant;
    expect(problems("entitlement.granted", rest)).toMatch(/^data\.contract: name the contract, or the order .*"complimentary"$/);
    expect(event("entitlement.granted", { account: "a-1", source: "sbps", plan: "premium", basis: "complimentary" })).toMatchObject({
      basis: "complimentary",
    });
  });

  test("has a price and an interval unless nobody pays", () => {
    const { price: _, interval: __, ...rest } = grant;
    expect(problems("entitlement.granted", rest)).toMatch(/data\.price: it is missing.*\n.*data\.interval: it is missing/);
    expect(problems("entitlement.granted", { ...rest, price: null, interval: "month" })).toMatch(/^data\.price: it is missing/);
    expect(event("entitlement.granted", { ...rest, basis: "complimentary" })).toMatchObject({ contract: "c-1" });
  });
});

test("a revocation names a contract or an order", () => {
  expect(problems("entitlement.revoked", { account: "a-1", source: "sbps", reason: "cancelled" })).toBe(
    "data.contract: name the contract or the order",
  );
});

test("a link is between two contracts", () => {
  const one = { source: "sbps", contract: "c-1" };
  expect(problems("contract.linked", { contracts: [one, one] })).toMatch(/both are the same/);
  expect(problems("contract.linked", { contracts: [one] })).toMatch(/^data\.contracts: write a list of two/);
  expect(problems("contract.linked", { contracts: [one, { source: "sbps", contract: "c-2", x: 1 }] })).toMatch(/^data\.contracts\[1\]\.x/);
  expect(problems("contract.linked", { contracts: [one, null] })).toMatch(/^data\.contracts\[1\]\.source/);
});

test("an event names the sources of all its contracts", () => {
  const named = applicationEventTypes.map((type) => {
    const found = read(type, full[type]);
    return found.kind === "read" ? sourcesNamedBy(found.event) : [];
  });
  expect(named).toEqual([["sbps"], ["sbps"], ["sbps"], [], [], ["sbps", "stripe"], ["sbps"]]);
});
