import { expect, test } from "vitest";
import { contractsNamedBy } from "../../../core/application/both-sides.ts";
import type { PaymentEvent } from "../../../core/event.ts";
import type { Entry } from "../../../core/ledger/entry.ts";

const entry = (line: string, event: Partial<PaymentEvent>, source = "sbps-jp"): Entry => ({
  source,
  contract: line,
  record: `${source}/${event.id ?? "e-1"}`,
  event: { id: "e-1", type: "charge.succeeded", gatewayType: "paid", occurredAt: 1, ...event },
});

test("a grant that names its contract is about that one, whatever its order says", () => {
  const events = [entry("c-2", { contract: "c-2", order: "o-1" })];
  expect(contractsNamedBy({ source: "sbps-jp", contract: "c-1", order: "o-1" }, events)).toEqual([{ source: "sbps-jp", contract: "c-1" }]);
});

test("R-APP-5: a grant that names only an order is about the contract that the order turns out to be", () => {
  const events = [
    entry("pay-1", { charge: "pay-1", order: "o-1" }),
    // The payment's event stands in the contract's line too, where another one names the contract.
    entry("c-1", { charge: "pay-1", order: "o-1" }),
    entry("c-1", { id: "e-2", type: "contract.started", contract: "c-1" }),
    entry("c-9", { id: "e-3", contract: "c-9", order: "o-1" }, "other"),
  ];
  expect(contractsNamedBy({ source: "sbps-jp", order: "o-1" }, events)).toEqual([{ source: "sbps-jp", contract: "c-1" }]);
});

test("the same order number, or contract number, of another source is another one", () => {
  const events = [entry("c-1", { contract: "c-1", order: "o-1" }, "stripe"), entry("c-1", { contract: "c-1", order: "o-2" })];
  expect(contractsNamedBy({ source: "sbps-jp", order: "o-1" }, events)).toEqual([]);
});

test("of the contracts at its source only those of that order are meant, and no line of a payment", () => {
  const events = [
    entry("c-1", { charge: "pay-1", contract: "c-1", order: "o-1" }),
    // In the payment's own line the same event names a contract that this line is not.
    entry("pay-1", { charge: "pay-1", contract: "c-1", order: "o-1" }),
    entry("c-2", { contract: "c-2", order: "o-2" }),
    entry("c-3", { contract: "c-3" }),
  ];
  expect(contractsNamedBy({ source: "sbps-jp", order: "o-1" }, events)).toEqual([{ source: "sbps-jp", contract: "c-1" }]);
});

test("an order that nobody has told of, or that is a single purchase, is about no contract", () => {
  expect(contractsNamedBy({ source: "sbps-jp", order: "o-1" }, [])).toEqual([]);
  expect(contractsNamedBy({ source: "sbps-jp", order: "o-1" }, [entry("pay-1", { charge: "pay-1", order: "o-1" })])).toEqual([]);
});
