import { describe, expect, test } from "vitest";
import type { ContractState } from "../../../../core/event.ts";
import { noTraces, type Traces } from "../../../../core/reconcile/compare/traces.ts";
import { isDoubtful, listDifference } from "../../../../core/reconcile/contracts/contract-differences.ts";
import type { ContractView } from "../../../../core/reconcile/contracts/contract-sides.ts";

const asOf = 1_000;
const view = (listed?: ContractView["listed"], state?: ContractState, application?: ContractView["application"]): ContractView => ({
  contract: "c-1",
  ...(listed && { listed }),
  ...(state && { recorded: { state } }),
  ...(application && { application }),
});

const differs = (one: ContractView, changes: { hasList?: boolean; traces?: Traces } = {}) =>
  listDifference(one, { source: "shop", asOf, hasList: true, traces: noTraces, ...changes });

const contract = { id: "shop/contract:c-1", about: "contract", names: { payment: [], contract: "c-1" } };

describe("R-REC-3: the gateway's list and the ledger differ", () => {
  test("when one stands in the list with two states", () => {
    const twice = { cause: "export wrong", symptom: "duplicate", states: { theirs: "active" } };
    expect(differs(view({ state: "active", isTwice: true }, "active"))).toStrictEqual({ ...contract, ...twice, at: asOf });
    expect(differs(view({ state: "active", isTwice: true, startedAt: 7 }))).toStrictEqual({ ...contract, ...twice, at: 7 });
  });

  test("when the ledger does not know what is listed, with its customer and its age", () => {
    const missing = { ...contract, cause: "never sent", symptom: "missing" };
    expect(differs(view({ state: "active", startedAt: 400, customer: "u-1" }))).toStrictEqual({
      ...missing,
      ...{ names: { ...contract.names, customer: "u-1" }, states: { theirs: "active" }, at: 400, age: 600 },
    });
    expect(differs(view({ state: "cancelled" }))).toStrictEqual({ ...missing, states: { theirs: "cancelled" }, at: asOf, age: 0 });
    // One that begins later has not been missing yet.
    expect(differs(view({ state: "active", startedAt: asOf + 1 }))).toMatchObject({ age: 0 });
  });

  test("when the list has not what lives by the ledger; where there is no list, nothing is missing in it", () => {
    for (const state of ["active", "past_due", "paused", "unknown"] as const)
      expect(differs(view(undefined, state))).toStrictEqual({
        ...{ ...contract, cause: "export wrong", symptom: "missing", states: { ours: state }, at: asOf, age: 0 },
      });
    for (const state of ["cancelled", "expired", "replaced"] as const) expect(differs(view(undefined, state))).toBeUndefined();
    expect(differs(view(undefined, "active"), { hasList: false })).toBeUndefined();
    expect(differs(view(undefined, undefined, "entitled"))).toBeUndefined();
  });

  test("when one of them has ended it and the other has not", () => {
    const data = { ...contract, symptom: "data" };
    expect(differs(view({ state: "cancelled", endedAt: 300, startedAt: 100 }, "active"))).toStrictEqual({
      ...{ ...data, cause: "never sent", states: { theirs: "cancelled", ours: "active" }, at: 300 },
    });
    expect(differs(view({ state: "expired" }, "past_due"))).toMatchObject({ cause: "never sent", at: asOf });
    expect(differs(view({ state: "active", startedAt: 100, endedAt: 300 }, "cancelled"))).toStrictEqual({
      ...{ ...data, cause: "export wrong", states: { theirs: "active", ours: "cancelled" }, at: asOf },
    });
  });

  test("and agree on all else: both live, both have ended, or the ledger knows charges alone", () => {
    expect(differs(view({ state: "active" }, "paused"))).toBeUndefined();
    expect(differs(view({ state: "cancelled" }, "replaced"))).toBeUndefined();
    expect(differs(view({ state: "cancelled" }, "unknown"))).toBeUndefined();
  });
});

test("R-REC-1: a trace says how far the callback of one came, of what was never sent and of nothing else", () => {
  const traces: Traces = {
    find: (about, ids) => (about === "contract" && ids[0] === "c-1" ? { cause: "sent, not received", record: "shop/q" } : undefined),
  };
  const of = (one: ContractView) => {
    const { cause, record } = differs(one, { traces }) ?? {};
    return [cause, record];
  };
  expect(of(view({ state: "active" }))).toEqual(["sent, not received", "shop/q"]);
  expect(of(view({ state: "cancelled" }, "active"))).toEqual(["sent, not received", "shop/q"]);
  expect(of(view({ state: "active" }, "cancelled"))).toEqual(["export wrong", undefined]);
  expect(of(view(undefined, "active"))).toEqual(["export wrong", undefined]);
});

test.each<[string, ContractView, withList: boolean, without: boolean]>([
  ["lives, and is entitled", view({ state: "active" }, "active", "entitled"), false, false],
  ["lives, and is revoked", view({ state: "active" }, "active", "revoked"), true, true],
  ["lives, and was never granted", view({ state: "active" }, "active"), true, true],
  ["has ended, and is entitled", view({ state: "cancelled" }, "cancelled", "entitled"), true, true],
  ["has ended, and is revoked", view({ state: "cancelled" }, "cancelled", "revoked"), false, false],
  ["is entitled, and nobody else knows it", view(undefined, undefined, "entitled"), true, true],
  ["is entitled, and lives by the list alone", view({ state: "active" }, undefined, "entitled"), false, true],
  ["is entitled, and lives by the ledger alone", view(undefined, "active", "entitled"), true, false],
  ["is entitled, and has ended by the list alone", view({ state: "expired" }, "active", "entitled"), true, false],
  ["is entitled, and has ended by the ledger alone", view({ state: "active" }, "expired", "entitled"), false, true],
])("a contract that %s is looked at with what the application says: with a list, and without one", (_, one, withList, without) => {
  expect([isDoubtful(one, true), isDoubtful(one, false)]).toEqual([withList, without]);
});
