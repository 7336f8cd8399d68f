import { expect, test } from "vitest";
import { entriesOf } from "../../../core/ledger/entry.ts";
import { noon, paymentEvent } from "../../support/samples.ts";

const paid = paymentEvent({ charge: "ch_1" });
const entry = { source: "sandbox", contract: "ch_1", event: paid, record: "sandbox/evt_1" };

test("a record's events are entries of the line they belong to, and those about nothing are none", () => {
  const ofContract = paymentEvent({ id: "evt_2", charge: "ch_1", contract: "sub_1" });
  expect(entriesOf("sandbox/evt_1", "sandbox", [paid, ofContract, paymentEvent({ id: "evt_3" })])).toStrictEqual([
    entry,
    { ...entry, contract: "sub_1", event: ofContract },
  ]);
});

test("an entry says when the ledger was first told, where that is known", () => {
  expect(entriesOf("sandbox/evt_1", "sandbox", [paid], noon)).toStrictEqual([{ ...entry, heardAt: noon }]);
});
