import { describe, expect, test } from "vitest";
import { applicationDifference } from "../../../../core/reconcile/contracts/application-difference.ts";
import type { ContractView } from "../../../../core/reconcile/contracts/contract-sides.ts";
import {
  charged,
  contract,
  granted,
  hours,
  on,
  type Part,
  partsOf,
  revoked,
  says,
  settings,
  start,
  told,
  yen,
} from "../../../support/both-sides/both-sides.ts";

interface Given {
  readonly view: Omit<ContractView, "contract">;
  readonly parts: readonly Part[];
  readonly hasList?: boolean;
}

const differs = ({ view, parts, hasList = true }: Given, asOf: number) =>
  applicationDifference({ view: { contract, ...view }, hasList, related: partsOf(parts) }, { source: "shop", asOf, findings: settings });

/** From which moment on it is a difference: one millisecond before it is none. */
const since = (given: Given, asOf = on(6, 1)): number | undefined => {
  const at = differs(given, asOf)?.at;
  if (at !== undefined) expect([differs(given, at)?.at, differs(given, at - 1)]).toEqual([at, undefined]);
  return at;
};

const about = { id: "shop/contract:sub_1", cause: "application differs", about: "contract" };
const begun = (at = start) => told("contract.started", at, { contract });
const ended = (at: number) => told("contract.cancelled", at, { contract });
const paid = [granted(start), begun(), charged(start, "ch_1")];

describe("R-REC-3: entitled, and not alive at the gateway", () => {
  const gone = (endedAt?: number): NonNullable<ContractView["listed"]> => ({
    state: "cancelled",
    ...(endedAt !== undefined && { endedAt }),
  });
  const entitled = { application: "entitled" as const };

  test("is a difference of both sides, once the paid period and the grace are over", () => {
    const given = { view: { listed: gone(on(2, 5)), recorded: { state: "active" as const }, ...entitled }, parts: paid };
    expect(since(given)).toBe(on(2, 28) + hours(48));
    expect(differs(given, on(3, 4))).toStrictEqual({
      ...{ ...about, symptom: "data", class: "A2", at: on(3, 2), age: 2 * hours(24), states: { theirs: "cancelled", ours: "entitled" } },
      ...{ names: { payment: [], contract, account: "acc_1" }, money: yen(500) },
    });
  });

  test("counts from the last of its end, the paid period and the grant", () => {
    const listed = (endedAt: number, ...parts: readonly Part[]) => since({ view: { listed: gone(endedAt), ...entitled }, parts });
    expect(listed(on(3, 10), ...paid)).toBe(on(3, 12));
    expect(listed(on(2, 10), granted(on(2, 1)), begun())).toBe(on(2, 12));
    expect(listed(on(2, 10), granted(on(2, 20)), begun())).toBe(on(2, 22));
  });

  test("by the list's own time of the end; else by the ledger's, which is the last of several", () => {
    const parts = [...paid, ended(on(2, 5)), begun(on(2, 10)), ended(on(3, 10)), ended(on(3, 20))];
    expect(since({ view: { listed: gone(on(3, 5)), recorded: { state: "cancelled" }, ...entitled }, parts })).toBe(on(3, 7));
    expect(since({ view: { listed: gone(), recorded: { state: "cancelled" }, ...entitled }, parts })).toBe(on(3, 12));
    const earlier = [...paid, ended(on(2, 5))];
    expect(since({ view: { listed: gone(on(3, 5)), recorded: { state: "cancelled" }, ...entitled }, parts: earlier })).toBe(on(3, 7));
    expect(since({ view: { recorded: { state: "cancelled" }, ...entitled }, parts, hasList: false })).toBe(on(3, 12));
  });

  test("of an end without any time, behind all that is known of the contract", () => {
    const parts = [...paid, told("contract.past_due", on(3, 10), { contract }), told("contract.past_due", on(3, 9), { contract })];
    const others = [
      told("contract.past_due", on(3, 20), { contract: "sub_2" }),
      told("contract.past_due", on(3, 20), { contract, source: "other" }),
      told("contract.past_due", on(6, 1), { contract }),
    ];
    const view = { listed: gone(), recorded: { state: "past_due" as const }, ...entitled };
    expect(since({ view, parts: [...parts, ...others] })).toBe(on(3, 12) + 1);
    expect(differs({ view, parts: [granted(start)] }, on(6, 1))?.at).toBe(start + hours(48));
  });

  test("of what nobody but the application knows, from the grant's grace on", () => {
    const given = { view: entitled, parts: [granted(on(2, 1))] };
    expect(since(given)).toBe(on(2, 2));
    expect(differs(given, on(2, 2))).toStrictEqual({
      ...{ ...about, symptom: "missing", class: "A2", at: on(2, 2), age: 0, states: { theirs: "not listed", ours: "entitled" } },
      ...{ names: { payment: [], contract, account: "acc_1" }, money: yen(500) },
    });
    expect(since({ ...given, hasList: false })).toBe(on(2, 2));
    expect(differs({ ...given, hasList: false }, on(2, 2))).toMatchObject({ symptom: "missing", states: { theirs: "not known" } });
  });

  test("of what the list has not and the ledger has, or the other way round, from the end's grace on", () => {
    const given = { view: { recorded: { state: "active" as const }, ...entitled }, parts: paid };
    expect(since(given)).toBe(on(3, 2));
    expect(differs(given, on(3, 2))).toMatchObject({ symptom: "missing", states: { theirs: "not listed" } });
    expect(since({ view: { listed: gone(on(2, 1)), ...entitled }, parts: [granted(on(2, 1))] })).toBe(on(2, 3));
  });

  test("by the ledger alone where there is no list", () => {
    const given = { view: { recorded: { state: "expired" as const }, ...entitled }, parts: [...paid, ended(on(2, 5))], hasList: false };
    expect(differs(given, on(3, 2))).toMatchObject({ symptom: "data", states: { theirs: "expired", ours: "entitled" } });
  });

  test("is none of a gift", () => {
    expect(differs({ view: entitled, parts: [granted(start, { basis: "complimentary" })] }, on(6, 1))).toBeUndefined();
  });
});

describe("R-REC-3: alive at the gateway, and not entitled", () => {
  const listed = { state: "active" as const };

  test("is a difference once the time to confirm is over: since the first request that was not taken back, or the revocation", () => {
    const of = (...parts: readonly Part[]) => since({ view: { listed, application: "revoked" }, parts: [...paid, ...parts] });
    expect(of(revoked(on(2, 10)))).toBe(on(2, 12));
    expect(of(says("cancellation.requested", on(2, 8), { contract }), revoked(on(2, 9), { reason: "non_payment" }))).toBe(on(2, 10));
    expect(of(revoked(on(2, 1), { reason: "paused" }), granted(on(2, 3)), revoked(on(2, 10), { reason: "paused" }))).toBe(on(2, 12));
    // A request that was taken back is none.
    expect(of(says("cancellation.requested", on(2, 1), { contract }), granted(on(2, 3)), revoked(on(2, 10), { reason: "paused" }))).toBe(
      on(2, 12),
    );
  });

  test("says who it is, and what the sides say", () => {
    const parts = [...paid, told("contract.renewed", on(2, 1), { contract, customer: "cus_1" }), revoked(on(2, 10))];
    expect(differs({ view: { listed, recorded: { state: "active" }, application: "revoked" }, parts }, on(2, 15))).toStrictEqual({
      ...{ ...about, symptom: "data", class: "CONFIRM", at: on(2, 12), age: hours(72), states: { theirs: "active", ours: "revoked" } },
      names: { payment: [], contract, customer: "cus_1", account: "acc_1" },
    });
  });

  test("of what was never granted, from when it began there, by the list, the ledger or neither", () => {
    const of = (startedAt: number | undefined, ...parts: readonly Part[]) =>
      since({ view: { listed: { ...listed, ...(startedAt !== undefined && { startedAt }) } }, parts });
    expect(of(on(2, 1), begun(on(2, 5)))).toBe(on(2, 2));
    expect(of(undefined, begun(on(2, 5)), charged(on(2, 6), "ch_1"))).toBe(on(2, 6));
    expect(differs({ view: { listed }, parts: [] }, on(6, 1))).toStrictEqual({
      ...{ ...about, symptom: "missing", class: "A3", names: { payment: [], contract } },
      ...{ at: on(6, 1), age: 0, states: { theirs: "active", ours: "never granted" } },
    });
  });

  test("by the ledger alone where there is no list", () => {
    const given = { view: { recorded: { state: "past_due" as const } }, parts: [begun()], hasList: false };
    expect(differs(given, on(6, 1))).toMatchObject({ symptom: "missing", states: { theirs: "past_due", ours: "never granted" } });
  });

  test("a grant of an order of the same name is none of the contract", () => {
    const parts = [granted(start, { contract: undefined, order: contract }), granted(start, { contract: "sub_0" })];
    expect(differs({ view: { listed }, parts }, on(6, 1))).toMatchObject({ class: "A3", states: { ours: "never granted" } });
  });
});

describe("there is no difference", () => {
  test.each<[string, Omit<ContractView, "contract">, readonly Part[], boolean]>([
    ["of what lives and is entitled", { listed: { state: "active" } }, paid, true],
    ["of what lives by the ledger, where there is no list", { recorded: { state: "paused" } }, paid, false],
    ["of what has ended and is revoked", { listed: { state: "expired" } }, [...paid, revoked(on(2, 1))], true],
    ["of what has ended by the ledger", { recorded: { state: "expired" } }, [...paid, revoked(on(2, 1)), ended(on(2, 1))], false],
    ["of what neither knows", {}, [], true],
  ])("%s", (_, view, parts, hasList) => expect(differs({ view, parts, hasList }, on(6, 1))).toBeUndefined());

  test("R-REC-2: by what happened later", () => {
    const asOf = on(4, 1);
    const listed = { state: "active" as const };
    expect(differs({ view: { listed }, parts: [...paid, revoked(asOf)] }, asOf)).toBeUndefined();
    expect(differs({ view: { listed }, parts: [...paid, revoked(asOf - hours(48))] }, asOf)).toBeDefined();
    expect(differs({ view: { listed }, parts: [...paid, revoked(on(2, 10)), granted(asOf)] }, asOf)).toMatchObject({
      states: { ours: "never granted" },
    });
    // An end that came later does not put it off.
    const notListed = { recorded: { state: "active" as const } };
    expect(differs({ view: notListed, parts: [...paid, ended(asOf)] }, asOf)?.at).toBe(on(3, 2));
    expect(differs({ view: notListed, parts: [...paid, ended(asOf - 1)] }, asOf)).toBeUndefined();
  });
});

describe("its class, and the money, are those of the finding that says most", () => {
  const classOf = (view: Omit<ContractView, "contract">, ...parts: readonly Part[]) => {
    const found = differs({ view, parts }, on(6, 1));
    return [found?.class, found?.money?.minor];
  };
  const living = { listed: { state: "active" as const } };
  const over = { listed: { state: "cancelled" as const, endedAt: on(2, 5) } };

  test("a contract that stands beside another", () => {
    const of = (id: string) => ({ contract: id, customer: "cus_1" });
    const other = [granted(start, { ...of("sub_2") }), charged(start, "ch_2", of("sub_2"))];
    expect(classOf(living, ...other, told("contract.started", on(3, 1), of(contract)), charged(on(3, 1), "ch_1", of(contract)))[0]).toBe(
      "A1",
    );
  });

  test("a charge after the end, before an entitlement without charges", () => {
    expect(classOf(over, ...paid, charged(on(2, 20), "ch_2", { amount: yen(700) }))).toEqual(["AFTER", 700]);
  });

  test("a charge without entitlement, before a cancellation that is not confirmed and an entitlement without charges", () => {
    const charge = charged(on(2, 20), "ch_2", { amount: yen(700) });
    expect(classOf(living, ...paid, revoked(on(2, 10)), charge)).toEqual(["A3", 700]);
    const again = [revoked(on(2, 10), { reason: "paused" }), charge, granted(on(2, 25))];
    expect(classOf({ listed: { state: "cancelled", endedAt: on(2, 26) } }, ...paid, ...again)[0]).toBe("A3");
  });

  test("none of another class, another contract, another source, or an order of the same name", () => {
    const paidMore = charged(on(2, 28), "ch_2", { amount: yen(9) });
    expect(classOf({ listed: { state: "cancelled", endedAt: on(3, 1) } }, ...paid, paidMore)[0]).toBe("A2");
    const others = [
      charged(on(3, 1), "ch_3", { contract: "sub_2", amount: yen(33) }),
      charged(on(3, 1), "ch_4", { source: "other", amount: yen(44) }),
      granted(start, { contract: undefined, order: contract }),
    ];
    expect(classOf(living, begun(), ...others)).toEqual(["A3", undefined]);
    expect(classOf(living, ...paid, revoked(on(2, 10)), ...others)).toEqual(["CONFIRM", undefined]);
  });
});
