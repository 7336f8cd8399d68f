import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contractsOf, type Doorbell, deduplicationId, groupOf, readDoorbell, ringApart } from "../../../core/lifecycle/doorbell.ts";
import { paymentEvent } from "../../support/samples.ts";

const bell: Doorbell = { key: "stripe-jp/evt_1", source: "stripe-jp", group: "g", epoch: 3 };
const id = fc.string({ unit: "binary", minLength: 1, maxLength: 300 });
const key = id.map((text) => `stripe-jp/${text}` as const);

/** What SQS takes as a group and as a deduplication id. */
const fitsSqs = /^[\x21-\x7e]{1,128}$/;

describe("the contracts of a record", () => {
  test("are named once each, in the order in which its events first name them", () => {
    const events = [
      paymentEvent({ contract: "sub_2", charge: "ch_1" }),
      paymentEvent({ charge: "ch_2" }),
      paymentEvent({ contract: "sub_1" }),
      paymentEvent({}),
      paymentEvent({ contract: "sub_2" }),
    ];
    expect(contractsOf(events)).toEqual(["sub_2", "ch_2", "sub_1"]);
    expect(contractsOf([])).toEqual([]);
  });
});

describe("a group", () => {
  test("is a name that SQS accepts, whatever the contract is called, and reveals nothing about it", () => {
    fc.assert(
      fc.property(key, id, (key, contract) => {
        const group = groupOf("stripe-jp", key, [contract]);
        expect(group).toMatch(fitsSqs);
        expect(contract.length > 3 && group.includes(contract)).toBe(false);
      }),
    );
  });

  test("is the same for all records of one contract, and different for any other contract or source", () => {
    fc.assert(
      fc.property(key, key, id, id, (one, other, contract, another) => {
        const group = groupOf("stripe-jp", one, [contract]);
        expect(groupOf("stripe-jp", other, [contract])).toBe(group);
        expect(groupOf("stripe-us", other, [contract])).not.toBe(group);
        if (another !== contract) expect(groupOf("stripe-jp", one, [another])).not.toBe(group);
      }),
    );
  });

  test("is the record's own when its events concern no contract, or several", () => {
    fc.assert(
      fc.property(key, key, fc.uniqueArray(id, { maxLength: 3 }), (one, other, contracts) => {
        fc.pre(contracts.length !== 1);
        const group = groupOf("stripe-jp", one, contracts);
        expect(group).toMatch(fitsSqs);
        expect(groupOf("stripe-jp", one, [])).toBe(group);
        expect(groupOf("stripe-jp", other, contracts) === group).toBe(one === other);
      }),
    );
  });

  test("does not change from one version to the next: messages of the older one are still in the queue", () => {
    expect(groupOf("stripe-jp", "stripe-jp/evt_1", ["sub_1"])).toBe("xRCjxtuAZZ56K0gUp6oiyheAx4O0U0KIN25nCEmBcWc");
    expect(groupOf("stripe-jp", "stripe-jp/evt_1", [])).toBe("ngEVGsgSvD7B-QWoYaxx2xq1ZO1BX1UTqylXGRr_mnw");
  });
});

describe("a deduplication id", () => {
  test("is a name that SQS accepts, the same for the same ring, and different for every epoch and record", () => {
    fc.assert(
      fc.property(key, key, fc.nat(), fc.nat(), (one, other, epoch, later) => {
        const ring = deduplicationId({ ...bell, key: one, epoch });
        expect(ring).toMatch(fitsSqs);
        expect(deduplicationId({ ...bell, key: one, epoch, group: "another" })).toBe(ring);
        expect(deduplicationId({ ...bell, key: one, epoch: later }) === ring).toBe(epoch === later);
        expect(deduplicationId({ ...bell, key: other, epoch }) === ring).toBe(one === other);
      }),
    );
  });
});

describe("the ring for an attempt that follows a failed one", () => {
  test("is in the record's own group, whose ring nothing else of its contract waits for, and says when the attempt is due", () => {
    const ofContract = { ...bell, group: groupOf(bell.source, bell.key, ["sub_1"]), epoch: 4 };
    expect(ringApart(ofContract, 1_700_000_000_000)).toEqual({
      key: bell.key,
      source: bell.source,
      group: groupOf(bell.source, bell.key, []),
      epoch: 4,
      notBefore: 1_700_000_000_000,
    });
  });
});

describe("a message", () => {
  test("is read back as the doorbell it was, without what a dead letter adds", () => {
    fc.assert(
      fc.property(key, id, id, fc.maxSafeInteger(), fc.option(fc.maxSafeInteger()), (key, source, group, epoch, notBefore) => {
        const doorbell = { key, source, group, epoch, ...(notBefore !== null && { notBefore }) };
        expect(readDoorbell(JSON.stringify(doorbell))).toEqual(doorbell);
        expect(readDoorbell(JSON.stringify({ ...doorbell, reason: "refused", attempts: 2, next: "npx" }))).toEqual(doorbell);
      }),
    );
  });

  test("of any other text or JSON is not a doorbell, and reading it never throws", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.json()), (text) => {
        expect(readDoorbell(text)).toBeUndefined();
      }),
      { numRuns: 1_000 },
    );
  });

  test.each([
    ["no key", { key: undefined }],
    ["a key that names no source", { key: "evt_1" }],
    ["a key that is no text", { key: 1 }],
    ["no source", { source: undefined }],
    ["no group", { group: null }],
    ["an epoch that is no number", { epoch: "3" }],
    ["an epoch that is no whole number", { epoch: 0.5 }],
    ["an epoch beyond what can be counted", { epoch: 2 ** 53 }],
  ])("with %s is not a doorbell", (_, changes) => {
    expect(readDoorbell(JSON.stringify(bell))).toEqual(bell);
    expect(readDoorbell(JSON.stringify({ ...bell, ...changes }))).toBeUndefined();
  });

  test.each(["soon", 0.5, null])("whose time cannot be read (%j) is due at once: a doorbell must not be lost for that", (notBefore) => {
    expect(readDoorbell(JSON.stringify({ ...bell, notBefore }))).toEqual(bell);
  });
});
