import { describe, expect, test } from "vitest";
import type { EntitlementGranted } from "../../../core/application/event.ts";
import { erasedApplicationEvent, erasedEvent, erasedFinding } from "../../../core/erasure/erased.ts";
import { pseudonym, renaming } from "../../../core/erasure/pseudonym.ts";
import type { Finding } from "../../../core/findings/finding.ts";
import { findingId } from "../../../core/findings/finding.ts";
import type { StoredFinding } from "../../../core/findings/lifecycle/stored.ts";
import { balance } from "../../../core/ledger/ledger.ts";
import { noon, paymentEvent } from "../../support/samples.ts";

const rename = renaming(new Set(["a-17"]));
const mail = "taro@example.com";
const price = { minor: 1980, currency: "JPY" };

describe("an event of a gateway", () => {
  const event = paymentEvent({ contract: "sub_1", charge: "ch_1", customer: mail, order: "o-1", amount: price, reason: "Taro's card" });

  test("loses its text and its names, and nothing that adds up", () => {
    const { reason: _, ...rest } = event;
    const erased = erasedEvent(event, rename);
    expect(erased).toEqual({ ...rest, customer: pseudonym(mail) });
    const of = (one: typeof event) => balance("shop", "sub_1", [{ source: "shop", contract: "sub_1", record: "shop/evt_1", event: one }]);
    expect(of(erased).sums).toEqual(of(event).sums);
  });

  test("is the same when it is erased again", () => {
    const once = erasedEvent(event, rename);
    expect(erasedEvent(once, rename)).toEqual(once);
  });
});

describe("an event of the application", () => {
  const grant: EntitlementGranted = {
    ...{ id: "g1", type: "entitlement.granted", occurredAt: noon, receivedAt: noon, account: "a-17", source: "shop" },
    ...{ contract: "sub_1", customer: mail, plan: "premium", price, interval: "month" },
  };

  test("has a hash for the account and the customer, and says nothing else to people", () => {
    const erased = { ...grant, account: pseudonym("a-17"), customer: pseudonym(mail) };
    expect(erasedApplicationEvent(grant, rename)).toEqual(erased);
    expect(erasedApplicationEvent({ ...grant, basis: "as Taro wished" }, rename)).toEqual(erased);
  });

  test("goes on saying that nobody pays", () => {
    expect(erasedApplicationEvent({ ...grant, basis: "complimentary" }, rename)).toMatchObject({ basis: "complimentary" });
  });
});

describe("a finding", () => {
  const finding = {
    class: "CLOSE",
    cause: { kind: "charged after closing", class: "CLOSE", closedAt: noon, charges: 1 },
    subject: { kind: "account", id: "a-17" },
    names: { accounts: ["a-17"], contracts: ["shop/sub_1"], customers: [mail], orders: [], charges: ["ch_1"] },
    severity: "urgent",
    money: [price],
    ...{ since: noon, last: noon },
    evidence: [{ record: "shop/end/taro@example.com", event: "evt_1", type: "charge.succeeded", at: noon }],
  } as const;
  const stored: StoredFinding = {
    finding: { ...finding, id: findingId(finding.cause, finding.subject) } as Finding,
    standing: { state: "handled", by: "ann@shop.example", at: noon, why: "Taro called" },
    ...{ raisedAt: noon, changedAt: noon, revision: 3 },
    notes: [{ by: "ann@shop.example", at: noon, text: "Taro Yamada, 03-1234-5678" }],
  };

  test("keeps its state, its money and who decided, under an id of its own, without names and texts", () => {
    const erased = erasedFinding(stored, rename);
    expect(erased).toMatchObject({
      finding: {
        id: `CLOSE.charged:account:${pseudonym("a-17")}`,
        subject: { kind: "account", id: pseudonym("a-17") },
        names: { accounts: [pseudonym("a-17")], contracts: ["shop/sub_1"], customers: [pseudonym(mail)] },
        money: [price],
      },
      standing: { state: "handled", by: "ann@shop.example", why: "erased" },
      notes: [{ by: "ann@shop.example", text: "erased" }],
      revision: 3,
    });
    expect(JSON.stringify(erased.notes)).not.toMatch(/Taro|1234/);
  });

  test("names its records by their keys, which stay", () => {
    expect(erasedFinding(stored, rename).finding.evidence).toEqual(finding.evidence);
  });

  test("is the same when it is erased again, and has nothing to say where nothing was decided", () => {
    const once = erasedFinding(stored, rename);
    expect(erasedFinding(once, rename)).toEqual(once);
    expect(erasedFinding({ ...stored, standing: { state: "open" } }, rename).standing).toEqual({ state: "open" });
  });
});
