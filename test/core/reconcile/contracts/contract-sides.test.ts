import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { EntitlementGranted, EntitlementRevoked } from "../../../../core/application/event.ts";
import { type ContractSides, type ContractView, createContractSides } from "../../../../core/reconcile/contracts/contract-sides.ts";
import type { ContractLine } from "../../../../core/reconcile/export-line.ts";
import { createTexts } from "../../../../core/reconcile/sides/texts.ts";
import { charged, granted, partsOf, revoked, told } from "../../../support/both-sides/both-sides.ts";

const asOf = 1_000;

/** What is known of each contract after all that was done to the sides. */
const viewsOf = (work: (sides: ContractSides) => void): readonly ContractView[] => {
  const sides = createContractSides(createTexts(), asOf);
  work(sides);
  sides.settle();
  return [...sides.views()];
};

const line = (contract: string, state: ContractLine["state"], changes: Partial<ContractLine> = {}): ContractLine => ({
  ...{ kind: "contract", number: 1, contract, state },
  ...changes,
});
const listed = (...lines: readonly ContractLine[]) =>
  viewsOf((sides) => {
    for (const one of lines) sides.list(one);
  });

const recorded = (contract: string, ...parts: Parameters<typeof partsOf>[0]) =>
  viewsOf((sides) => sides.record(contract, partsOf(parts).events));

type Word = EntitlementGranted | EntitlementRevoked;
const words = (...parts: Parameters<typeof partsOf>[0]) => partsOf(parts).applicationEvents.map(({ event }) => event as Word);

describe("the gateway's list says of a contract", () => {
  test("its state, its times and its customer, as far as it has them", () => {
    expect(
      listed(
        line("c-1", "active", { at: 3, customer: "u-1" }),
        line("c-2", "cancelled", { at: 4, endedAt: 5, customer: "u-2" }),
        line("c-3", "unknown"),
        line("c-4", "replaced", { endedAt: 0 }),
      ),
    ).toStrictEqual([
      { contract: "c-1", listed: { state: "active", startedAt: 3, customer: "u-1" } },
      { contract: "c-2", listed: { state: "cancelled", endedAt: 5, startedAt: 4, customer: "u-2" } },
      { contract: "c-3", listed: { state: "unknown" } },
      { contract: "c-4", listed: { state: "replaced", endedAt: 0 } },
    ]);
  });

  test("one state where it is there twice: with two of them, the one that lives", () => {
    const twice = (...states: readonly ContractLine["state"][]) => listed(...states.map((state) => line("c-1", state)))[0]?.listed;
    expect(twice("active", "active")).toStrictEqual({ state: "active" });
    expect(twice("cancelled", "cancelled")).toStrictEqual({ state: "cancelled" });
    for (const states of [
      ["active", "cancelled"],
      ["cancelled", "active"],
    ] as const)
      expect(twice(...states)).toStrictEqual({ state: "active", isTwice: true });
  });

  test("R-REC-2: nothing of an end that came later: it lived then", () => {
    const ended = (endedAt: number) => listed(line("c-1", "expired", { endedAt }))[0]?.listed;
    expect(ended(asOf - 1)).toStrictEqual({ state: "expired", endedAt: asOf - 1 });
    expect(ended(asOf)).toStrictEqual({ state: "active" });
    // Of what goes on, a time to end by says nothing yet.
    expect(listed(line("c-1", "past_due", { endedAt: asOf + 1 }))[0]?.listed).toStrictEqual({ state: "past_due", endedAt: asOf + 1 });
    expect(listed(line("c-1", "active"), line("c-1", "cancelled", { endedAt: asOf }))[0]?.listed).toStrictEqual({ state: "active" });
  });
});

describe("the ledger says of a contract", () => {
  const contract = "c-1";

  test("its last state, in whatever order its events are read", () => {
    const [begun, ended] = [told("contract.started", 1, { contract }), told("contract.cancelled", 9, { contract })];
    expect(recorded(contract, begun, ended)).toStrictEqual([{ contract, recorded: { state: "cancelled" } }]);
    expect(recorded(contract, ended, begun)).toStrictEqual([{ contract, recorded: { state: "cancelled" } }]);
    expect(recorded(contract, told("contract.started", 1, { contract }))).toStrictEqual([{ contract, recorded: { state: "active" } }]);
    expect(recorded(contract, begun, told("contract.past_due", 9, { contract }), told("contract.paused", 99, { contract }))).toStrictEqual([
      { contract, recorded: { state: "paused" } },
    ]);
  });

  test("that its state is unknown, of charges alone", () => {
    expect(recorded(contract, charged(1, "p-1", { contract }))).toStrictEqual([{ contract, recorded: { state: "unknown" } }]);
  });

  test("R-REC-2: nothing of what happened later", () => {
    const begun = (at: number) => told("contract.started", at, { contract });
    expect(recorded(contract, begun(asOf))).toEqual([]);
    expect(recorded(contract, begun(asOf - 1))).toHaveLength(1);
    expect(recorded(contract, begun(1), told("contract.cancelled", asOf, { contract }))).toStrictEqual([
      { contract, recorded: { state: "active" } },
    ]);
  });

  test("what concerns it: not what another contract's event says that is told beside it, but what names none", () => {
    const other = told("contract.cancelled", 9, { contract: "c-2" });
    expect(recorded(contract, told("contract.started", 1, { contract }), other)).toStrictEqual([
      { contract, recorded: { state: "active" } },
    ]);
    const nameless = {
      events: partsOf([told("contract.paused", 9)]).events.concat(partsOf([told("contract.paused", 9, { customer: contract })]).events),
    };
    expect(recorded(contract, told("contract.started", 1, { contract }), nameless)).toStrictEqual([
      { contract, recorded: { state: "paused" } },
    ]);
  });
});

describe("the application says of a contract", () => {
  const said = (...parts: Parameters<typeof partsOf>[0]) =>
    viewsOf((sides) => {
      for (const one of words(...parts)) sides.say(one);
    });

  test("by its last word, in whatever order they are read", () => {
    const [first, last] = [granted(1), revoked(2)];
    expect(said(first)).toStrictEqual([{ contract: "sub_1", application: "entitled" }]);
    for (const parts of [
      [first, last],
      [last, first],
    ])
      expect(said(...parts)).toStrictEqual([{ contract: "sub_1", application: "revoked" }]);
    expect(said(first, last, granted(3))).toStrictEqual([{ contract: "sub_1", application: "entitled" }]);
    expect(said(granted(1, { contract: "b" }), revoked(1, { contract: "a" }))).toStrictEqual([
      { contract: "b", application: "entitled" },
      { contract: "a", application: "revoked" },
    ]);
  });

  test("of two words of one moment the same one, in whatever order they are read", () => {
    const two = [revoked(5, { id: "a" }), granted(5, { id: "b" })];
    expect(said(...two)).toEqual(said(...two.toReversed()));
  });

  test("R-REC-2: nothing of what it said later", () => {
    expect(said(granted(asOf - 1), revoked(asOf))).toStrictEqual([{ contract: "sub_1", application: "entitled" }]);
  });

  test("R-APP-5: by an order, of the contract that it turned out to be", () => {
    const byOrder = (order: string) => granted(1, { contract: undefined, order });
    expect(said(byOrder("o-1"))).toEqual([]);
    const of = (...orders: readonly string[]) =>
      viewsOf((sides) => {
        for (const one of words(...orders.map(byOrder))) sides.say(one);
        sides.record("c-0", partsOf([told("contract.started", 1, { contract: "c-0" })]).events);
        sides.record("c-1", partsOf([told("contract.started", 1, { contract: "c-1", order: "o-1" })]).events);
      }).map(({ contract, application }) => [contract, application]);
    expect(of("o-1")).toEqual([
      ["c-0", undefined],
      ["c-1", "entitled"],
    ]);
    expect(of("o-2")).toEqual([
      ["c-0", undefined],
      ["c-1", undefined],
    ]);
  });

  test("also of one of which the ledger knows charges alone", () => {
    const views = viewsOf((sides) => {
      sides.record("sub_1", partsOf([charged(1, "p-1")]).events);
      for (const one of words(granted(1))) sides.say(one);
    });
    expect(views).toStrictEqual([{ contract: "sub_1", recorded: { state: "unknown" }, application: "entitled" }]);
  });

  test("nothing by a gift, which names neither", () => {
    expect(said(granted(1, { contract: undefined }))).toEqual([]);
  });
});

test("all three are said side by side, of contracts of which any side knows, and customers are none", () => {
  const names = fc.uniqueArray(fc.constantFrom("c-1", "c-2", "c-3", "c-4"));
  fc.assert(
    fc.property(names, names, names, (inList, inLedger, ofApplication) => {
      const views = viewsOf((sides) => {
        for (const contract of inList) sides.list(line(contract, "active", { customer: "u-1" }));
        for (const contract of inLedger) sides.record(contract, partsOf([told("contract.started", 1, { contract })]).events);
        for (const one of words(...ofApplication.map((contract) => granted(1, { contract })))) sides.say(one);
      });
      const found = (pick: (view: ContractView) => unknown) =>
        views
          .filter(pick)
          .map(({ contract }) => contract)
          .sort();
      expect([found((one) => one.listed), found((one) => one.recorded), found((one) => one.application)]).toEqual([
        inList.toSorted(),
        inLedger.toSorted(),
        ofApplication.toSorted(),
      ]);
      expect(views).toHaveLength(new Set([...inList, ...inLedger, ...ofApplication]).size);
    }),
  );
});
