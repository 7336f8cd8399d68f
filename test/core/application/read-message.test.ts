import { describe, expect, test } from "vitest";
import { applicationEventTypes } from "../../../core/application/event.ts";
import { dataReaders, readMessage, readSaid, sourcesNamedBy } from "../../../core/application/read-message.ts";

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

const whole = ": write a whole number of minor units, at least 0: 1980 for 1,980 yen or 19.80 dollars";
const letters = ": write three capital letters of ISO 4217, JPY";

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

  const known =
    "Known: entitlement.granted, entitlement.revoked, cancellation.requested, account.closed, account.reopened, contract.linked, refund.requested";
  test.each([
    ["entitlement.grant", `type: there is nothing of that name; did you mean "entitlement.granted"? ${known}`],
    [undefined, `type: there is nothing of that name. ${known}`],
    ["constructor", `type: there is nothing of that name. ${known}`],
  ])("of a type %j is refused: what is ignored silently would be missed by nobody", (type, says) => {
    expect(read(type, full["account.closed"])).toEqual({ kind: "problems", problems: [says] });
  });

  test.each([undefined, null, "account.closed", 7, [full["account.closed"]]])("that is %j is not one", (body) => {
    expect(readMessage(body, come)).toMatchObject({ problems: ["the body is not a JSON object; send type, timestamp and data"] });
  });

  test.each([undefined, null, "a-1", ["a-1"]])("with the data %j is refused, and so is its moment", (data) => {
    expect(read("account.closed", data, "today")).toMatchObject({
      problems: [expect.stringMatching(/^timestamp = "today"/), "data: write an object with what is said"],
    });
  });

  test("has nothing beside type, timestamp and data", () => {
    expect(readMessage({ type: "account.closed", timestamp, data: { account: "a-1" }, acount: "a-1" }, come)).toEqual({
      kind: "problems",
      problems: ["acount: there is nothing of that name. Known: type, timestamp, data"],
    });
  });

  test.each(applicationEventTypes)("of type %s may have null for what it may leave out, and for nothing else", (type) => {
    for (const [name, field] of Object.entries(dataReaders[type].fields)) {
      const found = read(type, { ...full[type], [name]: null });
      const isNeeded = !("optional" in field) || ["price", "interval"].includes(name);
      if (isNeeded) expect(found).toMatchObject({ problems: [expect.stringContaining(`data.${name}: it is missing; add it`)] });
      else expect(found).toMatchObject({ kind: "read" });
    }
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
    [{ minor: 19.8, currency: "USD" }, `data.price.minor = 19.8${whole}`],
    [{ minor: "1980", currency: "JPY" }, `data.price.minor = "1980"${whole}`],
    [{ minor: -1, currency: "JPY" }, `data.price.minor = -1${whole}`],
    [1_980, `data.price.minor = nothing${whole}`],
    [[1_980, "JPY"], `data.price.minor = nothing${whole}`],
    [{ minor: 1_980, currency: "jpy" }, `data.price.currency = "jpy"${letters}`],
    [{ minor: 1_980, currency: "JPYX" }, `data.price.currency = "JPYX"${letters}`],
    [{ minor: 1_980, currency: "XJPY" }, `data.price.currency = "XJPY"${letters}`],
    [{ minor: 1_980 }, `data.price.currency = nothing${letters}`],
    [{ minor: 1_980, currency: "JPY", tax: 180 }, "data.price.tax: there is nothing of that name. Known: minor, currency"],
  ])("with the price %j is refused, by the name of the field", (wrong, says) => {
    expect(problems("entitlement.granted", { ...grant, price: wrong })).toBe(says);
  });

  test("may have a price of nothing, and asks for a refund of one minor unit or more", () => {
    const nothing = { minor: 0, currency: "JPY" };
    expect(event("entitlement.granted", { ...grant, price: nothing })).toMatchObject({ price: nothing });
    expect(event("refund.requested", { ...full["refund.requested"], amount: { minor: 1, currency: "JPY" } })).toMatchObject({
      amount: { minor: 1 },
    });
    expect(problems("refund.requested", { ...full["refund.requested"], amount: nothing })).toMatch(
      /^data\.amount\.minor = 0: .*at least 1:/,
    );
  });

  test("with an empty, long or numeric id is refused", () => {
    expect(event("account.closed", { account: "x".repeat(500) })).toMatchObject({ account: "x".repeat(500) });
    expect(problems("account.closed", { account: " " })).toBe("data.account: write a text that is not empty");
    expect(problems("account.closed", { account: "x".repeat(501) })).toBe("data.account: 501 characters, where 500 are accepted");
    expect(problems("account.closed", { account: 12 })).toBe('data.account = 12: write it as a text, "12"');
  });

  test("is shown what stands there, cut after a hundred characters", () => {
    const ofLength = (length: number) => problems("entitlement.revoked", { ...full["entitlement.revoked"], reason: "r".repeat(length) });
    const words = "write one of cancelled, paused, non_payment, plan_change, account_closed";
    // With the quotes around it.
    expect(ofLength(98)).toBe(`data.reason = "${"r".repeat(98)}": ${words}`);
    expect(ofLength(99)).toBe(`data.reason = "${"r".repeat(99)}...: ${words}`);
    expect(ofLength(5_000)).toBe(ofLength(99));
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
    const unless = `it is missing; add it, or say that nobody pays by basis "complimentary"`;
    expect(problems("entitlement.granted", rest)).toBe(`data.price: ${unless}\ndata.interval: ${unless}`);
    expect(problems("entitlement.granted", { ...rest, price: null, interval: "month" })).toMatch(/^data\.price: it is missing/);
    expect(event("entitlement.granted", { ...rest, basis: "complimentary" })).toMatchObject({ contract: "c-1" });
  });
});

describe("a revocation", () => {
  const revoked = { account: "a-1", source: "sbps", reason: "cancelled" };

  test("names a contract or an order", () => {
    expect(problems("entitlement.revoked", revoked)).toBe("data.contract: name the contract or the order");
    expect(event("entitlement.revoked", { ...revoked, contract: "c-1" })).toMatchObject({ contract: "c-1" });
    expect(event("entitlement.revoked", { ...revoked, order: "o-1" })).toMatchObject({ order: "o-1" });
  });

  test.each(["cancelled", "paused", "non_payment", "plan_change", "account_closed"])("may be because of %s", (reason) => {
    expect(event("entitlement.revoked", { ...revoked, contract: "c-1", reason })).toMatchObject({ reason });
  });
});

describe("a link", () => {
  const one = { source: "sbps", contract: "c-1" };
  const pair = "data.contracts: write a list of two, [{ source, contract }, { source, contract }]";

  test.each([
    ["the same", [one, { ...one }], "data.contracts: both are the same contract; name two"],
    ["one", [one], pair],
    ["three", [one, one, one], pair],
    ["no list", one, pair],
    ["a first one of nothing", [null, one], "data.contracts[0].source: write a text that is not empty"],
    ["a second one of nothing", [one, null], "data.contracts[1].source: write a text that is not empty"],
    ["one without its id", [one, { source: "sbps" }], "data.contracts[1].contract: write a text that is not empty"],
    ["more than two names", [one, { ...one, x: 1 }], "data.contracts[1].x: there is nothing of that name. Known: source, contract"],
  ])("of %s is refused", (_, contracts, says) => {
    expect(problems("contract.linked", { contracts })).toBe(says);
  });

  test.each([
    ["of one source", { source: "sbps", contract: "c-2" }],
    ["of two sources, also of one number", { source: "stripe", contract: "c-1" }],
  ])("is between two contracts %s", (_, other) => {
    expect(event("contract.linked", { contracts: [one, other] })).toMatchObject({ contracts: [one, other] });
  });
});

test("an event names the sources of all its contracts", () => {
  const named = applicationEventTypes.map((type) => {
    const found = read(type, full[type]);
    return found.kind === "read" ? sourcesNamedBy(found.event) : [];
  });
  expect(named).toEqual([["sbps"], ["sbps"], ["sbps"], [], [], ["sbps", "stripe"], ["sbps"]]);
});

describe("what is said now", () => {
  const closedAt = (at: string) => readSaid({ type: "account.closed", timestamp: at, data: { account: "a-1" } }, come);

  test("has happened: local time that is written as UTC lies ahead, and names both", () => {
    expect(closedAt("2026-11-26T09:00:00Z")).toEqual({
      kind: "problems",
      problems: [
        "timestamp: 2026-11-26T09:00:00.000Z lies ahead of 2026-11-26T00:00:00.000Z, when it was said; write when it happened, in the zone that it is written in, and say it no sooner",
      ],
    });
    expect(closedAt("2026-11-26T00:30:00Z").kind).toBe("problems");
    expect(closedAt("2062-11-26T00:00:00Z").kind).toBe("problems");
  });

  test("did not happen in 1970: seconds were read as milliseconds", () => {
    const problems = [expect.stringMatching(/^timestamp: 1970-01-21T\S+ is before 2000; write when it happened/)];
    expect(closedAt(new Date(come.receivedAt / 1000).toISOString())).toEqual({ kind: "problems", problems });
    expect(closedAt("1999-12-31T23:59:59.999Z").kind).toBe("problems");
  });

  test("may be minutes ahead of our clock, and years behind it", () => {
    for (const at of ["2000-01-01T00:00:00Z", "2026-11-26T00:15:00Z", "2026-11-26T09:00:00+09:00", "2003-01-01T00:00:00Z"])
      expect(closedAt(at).kind).toBe("read");
  });

  test("names what is wrong with it otherwise as ever", () => {
    expect(readSaid({ type: "account.closed", timestamp: "2062-11-26T00:00:00Z", data: {} }, come)).toEqual({
      kind: "problems",
      problems: ["data.account: it is missing; add it"],
    });
  });
});
