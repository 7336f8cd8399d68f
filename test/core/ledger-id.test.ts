import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { entriesOf } from "../../core/ledger/entry.ts";
import { ledgerEventId, ledgerId, ledgerText } from "../../core/ledger-id.ts";
import { contractPartition, entrySortKey } from "../../io/table.ts";

const bytes = (text: string) => Buffer.byteLength(text);
const odd = fc.string({
  unit: fc.oneof(fc.constantFrom("\ud800", "\udfff", "\u0000", "\u001b", "円", "😀"), fc.string()),
  maxLength: 4_000,
});
const longestSource = "s".repeat(63);

describe("an id in the ledger", () => {
  test.each(["sub_1", "", "a b", "注文/1", "😀", "#?&=", "x".repeat(1_900)])("stays what it is when it can be read: %s", (id) => {
    expect(ledgerId(id)).toBe(id);
  });

  test.each(["x".repeat(1_901), "円".repeat(634), "sub_\ud800", "\udc00", "a\nb", "\u0000", "\u0085"])("is hashed otherwise: %j", (id) => {
    expect(ledgerId(id)).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(ledgerId(ledgerId(id))).toBe(ledgerId(id));
  });

  test("fits DynamoDB's keys and is one for one, whatever it is", () => {
    fc.assert(
      fc.property(odd, odd, (one, other) => {
        expect(bytes(contractPartition(longestSource, ledgerId(one)))).toBeLessThanOrEqual(2_048);
        expect(bytes(entrySortKey(ledgerEventId(one)))).toBeLessThanOrEqual(1_024);
        expect(ledgerId(one) === ledgerId(other)).toBe(one === other);
      }),
    );
    expect(ledgerId("a\ud800")).not.toBe(ledgerId("a\ud801"));
  });
});

test("the id of an event may have 1,000 bytes, and a text 1,000 characters before it is cut", () => {
  expect(ledgerEventId("x".repeat(1_000))).toBe("x".repeat(1_000));
  expect(ledgerEventId("x".repeat(1_001))).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(ledgerText("x".repeat(1_000))).toBe("x".repeat(1_000));
  expect(ledgerText(`a${"x".repeat(1_000)}`)).toBe(`a${"x".repeat(999)}...`);
});

test("an event enters the ledger with texts that an item holds, and under one id wherever it is named", () => {
  const long = "x".repeat(500_000);
  const [entry] = entriesOf("sandbox/evt_1", "sandbox", [
    {
      ...{ id: long, type: "contract.replaced", gatewayType: long, occurredAt: 0, reason: long },
      ...{ contract: long, charge: long, customer: long, order: long, refund: long, replacedBy: long },
      ...{ alsoKnownAs: [long], part: long, dispute: long },
    },
  ]);
  expect(JSON.stringify(entry).length).toBeLessThan(5_000);
  const id = entry?.contract;
  expect(entry?.event).toMatchObject({ contract: id, charge: id, replacedBy: id, alsoKnownAs: [id], part: id, dispute: id });
});
