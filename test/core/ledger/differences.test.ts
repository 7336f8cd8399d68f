import { describe, expect, test } from "vitest";
import type { PaymentEvent } from "../../../core/event.ts";
import { differencesOf } from "../../../core/ledger/differences.ts";
import type { Entry } from "../../../core/ledger/entry.ts";
import { paymentEvent } from "../../support/samples.ts";

const yen = (minor: number) => ({ minor, currency: "JPY" });
const entry = (event: Partial<PaymentEvent> = {}, contract = "sub_1", source = "sandbox"): Entry => ({
  source,
  contract,
  event: paymentEvent({ amount: yen(1_980), ...event }),
  record: "sandbox/evt_1",
});

const against = (said: readonly Entry[], stored: readonly Entry[], unlinked: readonly Entry[] = []) =>
  differencesOf(said, { stored, unlinked });

describe("the ledger of a record against what the record says today", () => {
  test("has no difference where all of it is there, in whatever order, with fields in whatever order", () => {
    const { id, type, ...rest } = entry().event;
    const stored = [entry({ id: "evt_2" }), { ...entry(), event: { ...rest, type, id } }];
    expect(against([entry(), entry({ id: "evt_2" })], stored)).toEqual([]);
  });

  test("misses what is not there, under its source, its contract and its event", () => {
    const others = [entry({ id: "evt_2" }), entry({}, "sub_2"), entry({}, "sub_1", "stripe")];
    expect(against([entry()], [])).toEqual([{ kind: "missing", entry: entry() }]);
    expect(against([entry(), ...others], others)).toEqual([{ kind: "missing", entry: entry() }]);
  });

  test("is stale where the record does not say it, or not there", () => {
    const others = [entry({ id: "evt_2" }), entry({}, "sub_2"), entry({}, "sub_1", "stripe")];
    expect(against([entry()], [entry(), ...others])).toEqual(others.map((one) => ({ kind: "stale", entry: one })));
  });

  test("differs where a field has another value, is missing, or is there besides", () => {
    const said = entry();
    for (const stored of [entry({ amount: yen(198) }), entry({ reason: "no funds" })])
      expect(against([said], [stored])).toEqual([{ kind: "differs", entry: said, stored: stored.event }]);
    const { amount: _, ...without } = said.event;
    expect(against([said], [{ ...said, event: without }])).toEqual([{ kind: "differs", entry: said, stored: without }]);
  });

  test("may hold more than a record says that is incomplete: it was read back since", () => {
    const { amount: _, ...rest } = entry().event;
    const said: Entry = { ...entry(), event: { ...rest, incomplete: ["amount"] } };
    expect(against([said], [entry()])).toEqual([]);
    expect(against([said], [said])).toEqual([]);
    const stored = entry({ gatewayType: "invoice.paid" });
    expect(against([said], [stored])).toEqual([{ kind: "differs", entry: said, stored: stored.event }]);
  });

  test("is not joined where the links of a payment lack what stands there", () => {
    const others = [entry({ id: "evt_2" }), entry({}, "sub_2"), entry({}, "sub_1", "stripe")];
    expect(against([entry()], [entry()], [entry(), ...others])).toEqual([{ kind: "not joined", entry: entry() }]);
    expect(against([entry(), ...others], [entry(), ...others], others)).toEqual(others.map((one) => ({ kind: "not joined", entry: one })));
  });
});
