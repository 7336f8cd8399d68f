import { expect, test } from "vitest";
import type { Finding } from "../../../../core/findings/finding.ts";
import { readStored } from "../../../../core/findings/lifecycle/read-stored.ts";
import { type FindingState, findingStates, type Standing, type StoredFinding } from "../../../../core/findings/lifecycle/stored.ts";
import { charged, found, granted, on, renewed, revoked, start } from "../../../support/both-sides/both-sides.ts";

const standings: Readonly<Record<FindingState, Standing>> = {
  open: { state: "open" },
  acknowledged: { state: "acknowledged", owner: "mai", at: 1 },
  handled: { state: "handled", by: "mai", at: 1, why: "" },
  dismissed: { state: "dismissed", by: "mai", at: 1, why: "a test account" },
  closed: { state: "closed", at: 1 },
};
const [finding] = found(on(3, 1), [granted(start), charged(start, "ch_1"), revoked(on(2, 10)), renewed(on(2, 28), "ch_2")]).findings;
const kept = (state: FindingState): StoredFinding =>
  ({
    finding,
    standing: standings[state],
    raisedAt: 1,
    changedAt: 1,
    notes: [{ by: "mai", at: 2, text: "asked" }],
    revision: 3,
  }) as StoredFinding;

/** Each way to one value in it, as names with dots between them. */
const pathsIn = (value: unknown, path = ""): readonly string[] =>
  typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([name, one]) => [`${path}${name}`, ...pathsIn(one, `${path}${name}.`)])
    : [];

const having = (from: StoredFinding, path: string, value: unknown): unknown => {
  const copy: unknown = JSON.parse(JSON.stringify(from));
  const steps = path.split(".");
  const last = steps.pop() as string;
  const at = steps.reduce((inner, step) => (inner as Record<string, unknown>)[step], copy) as Record<string, unknown>;
  if (value === undefined) delete at[last];
  else at[last] = value;
  return copy;
};

test.each(findingStates)("one that is %s is read as it was written", (state) => {
  expect(readStored(JSON.parse(JSON.stringify(kept(state))))).toEqual(kept(state));
});

/** What may be missing or anything without hindering those who read it. */
const free = /^(revision|finding\.(grace|isPartial)|finding\.cause\.\w+|finding\.subject\.(kind|source)|finding\.evidence\.\d+\.event)$/;

test.each(findingStates)("one that is %s is not read when any of its fields is gone, or something else", (state) => {
  const paths = pathsIn(kept(state)).filter((path) => !free.test(path) && !/\.\d+$/.test(path));
  expect(paths.length).toBeGreaterThan(25);
  for (const path of paths) {
    expect([path, readStored(having(kept(state), path, undefined))]).toEqual([path, undefined]);
    expect([path, readStored(having(kept(state), path, { else: true }))]).toEqual([path, undefined]);
  }
});

test("one of a class that there is not, or of another than its cause, is not read", () => {
  const of = (name: string, ofCause: string) => ({
    ...kept("open"),
    finding: { ...finding, class: name, cause: { ...finding?.cause, class: ofCause } },
  });
  expect(readStored(of("A3", "A3"))).toBeDefined();
  expect(readStored(of("A2", "A3"))).toBeUndefined();
  expect(readStored(of("A99", "A99"))).toBeUndefined();
});

test("one with a grace says when that ran out, and each of its names and notes can be read", () => {
  const cause = { kind: "checked often", class: "CHECK", most: 11 };
  const often = { ...finding, class: "CHECK", cause } as unknown as Finding;
  const having = (changes: object) => ({ ...kept("open"), finding: { ...often, ...changes } });
  expect(readStored(having({ grace: { name: "void", until: 1 } }))).toBeDefined();
  for (const grace of [{}, { name: "void" }, "void", null]) expect(readStored(having({ grace }))).toBeUndefined();
  for (const name of ["accounts", "contracts", "customers", "orders", "charges"])
    expect([name, readStored(having({ names: { ...often.names, [name]: [7] } }))]).toEqual([name, undefined]);
  const notes = [...kept("open").notes, { by: "mai", at: 3 }];
  expect(readStored({ ...kept("open"), notes })).toBeUndefined();
});

test("one in a state that there is not is not read", () => {
  expect(readStored({ ...kept("closed"), standing: { state: "settled", at: 1 } })).toBeUndefined();
});

test("one whose cause lacks what its sentence says is not read, nor is anything that is no finding", () => {
  const cause = { kind: "ended", class: "A2" };
  const ended = { ...kept("open"), finding: { ...finding, class: "A2", cause } };
  expect(readStored(ended)).toBeUndefined();
  expect(readStored({ ...ended, finding: { ...ended.finding, cause: { ...cause, endedAt: 1 } } })).toBeDefined();
  for (const other of [undefined, null, "", [], {}, { finding }]) expect(readStored(other)).toBeUndefined();
});
