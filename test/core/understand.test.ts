import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ApplicationEvent } from "../../core/application/event.ts";
import { foundRecord } from "../../core/reconcile/recovery/found-record.ts";
import { type Parser, understand as understandOf } from "../../core/understand.ts";
import { callbackRecord, noon, paymentEvent, sampleConfig } from "../support/samples.ts";

const understand = (record: Parameters<typeof understandOf>[0], parser: Parser | undefined) => understandOf(record, parser, sampleConfig);

const record = callbackRecord("evt_1");
const events = [paymentEvent()];
const failing = (thrown: unknown): Parser => ({
  parse: () => {
    throw thrown;
  },
});

test("a record says what its gateway's parser reads in exactly what arrived, with the source's settings", () => {
  const read: unknown[] = [];
  const reading: Parser = {
    parse: (...what) => {
      read.push(...what);
      return events;
    },
  };
  expect(understand(record, reading)).toEqual({ kind: "understood", callback: record.raw, events });
  expect(read[0]).toBe(record.raw);
  expect(read[1]).toEqual({ options: { shopId: "7" } });
});

describe("a record is a test, or real", () => {
  const two = [paymentEvent({ id: "e1" }), paymentEvent({ id: "e2" })];
  const saying = (said: ReturnType<NonNullable<Parser["modeOf"]>>): Parser => ({ parse: () => two, modeOf: () => said });
  const forTests = {
    ...sampleConfig,
    sources: Object.fromEntries(Object.entries(sampleConfig.sources).map(([name, source]) => [name, { ...source, mode: "test" as const }])),
  };

  test("and is the other kind where it says what its source is not for", () => {
    expect(understand(record, saying("test"))).toMatchObject({ kind: "understood", otherMode: "test", events: two });
    expect(understandOf(record, saying("live"), forTests)).toMatchObject({ kind: "understood", otherMode: "live", events: two });
    for (const said of ["live", undefined] as const) expect(understand(record, saying(said))).not.toHaveProperty("otherMode");
    for (const said of ["test", undefined] as const) expect(understandOf(record, saying(said), forTests)).not.toHaveProperty("otherMode");
  });

  test("event by event: of both kinds only those of its source count, and all of the other are the other kind", () => {
    expect(understand(record, saying(["test", "live"]))).toEqual({ kind: "understood", callback: record.raw, events: two.slice(1) });
    expect(understand(record, saying([undefined, "test"]))).toEqual({ kind: "understood", callback: record.raw, events: two.slice(0, 1) });
    expect(understand(record, saying(["test", "test"]))).toMatchObject({ otherMode: "test", events: two });
    expect(understand(record, saying(["test"]))).toMatchObject({ events: two.slice(1) });
    const one = two.slice(0, 1);
    expect(understand(record, { parse: () => one, modeOf: () => ["test"] })).toMatchObject({ otherMode: "test", events: one });
    expect(understand(record, { parse: () => [], modeOf: () => [] })).toEqual({ kind: "understood", callback: record.raw, events: [] });
  });

  test("and cannot be understood where that cannot be read", () => {
    const careless: Parser = {
      ...saying("live"),
      modeOf: () => {
        throw new Error("the flag cannot be read");
      },
    };
    expect(understand(record, careless)).toMatchObject({ kind: "unintelligible", cause: { detail: "the flag cannot be read" } });
  });
});

describe("a record cannot be understood", () => {
  test("when its parser throws, and says why", () => {
    expect(understand(record, failing(new Error("the body has no id")))).toEqual({
      kind: "unintelligible",
      cause: { kind: "unintelligible", detail: "the body has no id" },
    });
  });

  test("whatever the parser throws, and that is an outcome, not a throw", () => {
    fc.assert(
      fc.property(fc.anything(), (thrown) => {
        const understood = understand(record, failing(thrown));
        expect(understood).toMatchObject({ kind: "unintelligible", cause: { kind: "unintelligible", detail: expect.stringMatching(/./) } });
      }),
    );
  });

  test("and what was thrown without a sentence is called what it is", () => {
    expect(understand(record, failing("a text"))).toMatchObject({ cause: { detail: "the parser threw" } });
  });

  test("for the first of its events that has no valid time, where there are several", () => {
    const broken: Parser = { parse: () => ["a", "b"].map((id) => paymentEvent({ id, occurredAt: Number.NaN })) };
    expect(understand(record, broken)).toMatchObject({
      cause: { detail: "event #1 has no valid time: NaN" },
    });
  });

  test("when its gateway is not deployed", () => {
    expect(understand(record, undefined)).toEqual({
      kind: "unintelligible",
      cause: { kind: "gateway not deployed", gateway: "sandbox" },
    });
  });

  test("before it was verified, and no parser sees it until then", () => {
    const unverified = { ...record, verification: "unverified" } as const;
    expect(understand(unverified, failing(new Error("seen")))).toEqual({
      kind: "unintelligible",
      cause: { kind: "unintelligible", detail: "it is not verified yet" },
    });
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, 1e300, -1e300])(
    "when one of its events happened at %d, which is not a valid time",
    (occurredAt) => {
      const broken: Parser = { parse: () => [paymentEvent(), paymentEvent({ id: "evt_1#2", occurredAt })] };
      expect(understand(record, broken)).toEqual({
        kind: "unintelligible",
        cause: { kind: "unintelligible", detail: `event #2 has no valid time: ${occurredAt}` },
      });
      expect(understand(record, { parse: () => [paymentEvent({ occurredAt: noon - 1e12 })] }).kind).toBe("understood");
    },
  );
});

describe("the application's own word", () => {
  const closed: ApplicationEvent = { type: "account.closed", id: "evt_1", occurredAt: noon, receivedAt: noon, account: "a-1" };
  const cancelled = (source: string): ApplicationEvent => ({ ...closed, type: "cancellation.requested", source, contract: "sub_1" });
  const saying = (...applicationEvents: readonly ApplicationEvent[]): Parser => ({
    ...failing(new Error("no gateway's")),
    applicationEvents: () => applicationEvents,
  });

  test("is what it says, of accounts and of contracts at a source that is configured", () => {
    const said = [closed, cancelled("sandbox")];
    expect(understand(record, saying(...said))).toEqual({ kind: "application", applicationEvents: said });
  });

  test.each([
    ["sandbax", 'source: the configuration has no source "sandbax"; did you mean "sandbox"?'],
    ["stripe-jp", 'source: the configuration has no source "stripe-jp"'],
    ["constructor", 'source: the configuration has no source "constructor"'],
  ])("of a source %j that is not configured is for the application to correct", (source, detail) => {
    expect(understand(record, saying(closed, cancelled(source)))).toEqual({
      kind: "unintelligible",
      cause: { kind: "unintelligible", detail, by: "application" },
    });
  });

  test("the first of several such sources is said", () => {
    const said = understand(record, saying(cancelled("stripe-jp"), cancelled("stripe-us")));
    expect(said).toMatchObject({ cause: { detail: 'source: the configuration has no source "stripe-jp"' } });
  });

  test("that cannot be read is for the application to correct too", () => {
    const broken: Parser = {
      ...saying(),
      applicationEvents: () => {
        throw new Error("data.account: it is missing; add it");
      },
    };
    expect(understand(record, broken)).toMatchObject({ cause: { detail: "data.account: it is missing; add it", by: "application" } });
  });
});

test("what was found in an export is read as we have written it, and no gateway's parser sees it", () => {
  const { id: _, ...event } = paymentEvent({ charge: "ch_1" });
  const entering = {
    source: "sandbox",
    gateway: "sandbox",
    found: { run: "r", by: "ann", isToBeDelivered: false },
    now: noon,
    orderedAt: noon,
  };
  const found = foundRecord(event, entering);
  expect(understand(found, failing(new Error("seen")))).toMatchObject({ kind: "understood", callback: found.raw, events: [event] });
});

test("what cannot be understood is quoted without what must not be shown", () => {
  expect(understand(record, failing(new Error("taro@example.com has no amount")))).toMatchObject({
    cause: { detail: "****@example.com has no amount" },
  });
});
