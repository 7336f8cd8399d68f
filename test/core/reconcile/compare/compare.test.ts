import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openIdsOf } from "../../../../core/reconcile/compare/open-lines.ts";
import { createTraces, type Traces } from "../../../../core/reconcile/compare/traces.ts";
import type { MoneyLine } from "../../../../core/reconcile/export-line.ts";
import { matchSides } from "../../../../core/reconcile/match/match.ts";
import { createCurrencies } from "../../../../core/reconcile/sides/movements.ts";
import { createOurSide } from "../../../../core/reconcile/sides/our-side.ts";
import { createTexts } from "../../../../core/reconcile/sides/texts.ts";
import { createTheirSide } from "../../../../core/reconcile/sides/their-side.ts";
import { compare, day, line, movement, october, payment, shorts, yen } from "./sides.ts";

const refund = { type: "refund" as const, refund: "re-1", amount: yen(500) };
const refunded = movement({ type: "refund", reference: "re-1", amount: yen(500) });

describe("agrees:", () => {
  test.each([
    ["one id", { lines: [line("p-1")], payments: [payment("p-1")] }],
    ["an id of several, in order of preference", { lines: [line(["x", "p-2"])], payments: [payment(["p-1", "p-2"])] }],
    [
      "a refund by its own id alone",
      { lines: [line("", refund)], payments: [payment("p-0", { movements: [movement({ at: october - day }), refunded] })] },
    ],
    [
      "a refund by its payment",
      {
        lines: [line("p-1"), line("p-1", { ...refund, refund: "other" })],
        payments: [payment("p-1", { movements: [movement(), refunded] })],
      },
    ],
    [
      "two captures for one sum",
      { lines: [line("p-1", { amount: yen(1_000) }), line("p-1", { amount: yen(980) })], payments: [payment("p-1")] },
    ],
    [
      "one line for two captures",
      {
        lines: [line("p-1")],
        payments: [payment("p-1", { movements: [movement({ amount: yen(1_000) }), movement({ amount: yen(980) })] })],
      },
    ],
    [
      "attempts that failed before it was taken",
      {
        lines: [1, 2, 3].map((days) => line("p-1", { at: october + days * day, ...(days < 3 && { outcome: "failed" as const }) })),
        payments: [
          payment("p-1", {
            movements: [
              movement({ at: october + 3 * day }),
              ...[1, 2].map((days) => movement({ type: "failure", at: october + days * day, isOptional: true })),
            ],
          }),
        ],
      },
    ],
    [
      "a charge and its void, of which we have the void alone",
      {
        lines: [line("p-1"), line("p-1", { outcome: "voided", at: october + 2 * day })],
        payments: [payment("p-1", { state: "voided", movements: [movement({ type: "void", isOptional: true })] })],
      },
    ],
    [
      "a failure that nobody has to list",
      { lines: [], payments: [payment("p-1", { state: "failed", movements: [movement({ type: "failure", isOptional: true })] })] },
    ],
    [
      "R-REC-2: what happened after the export's moment",
      {
        lines: [line("p-1", { at: october + 40 * day })],
        payments: [payment("p-2", { movements: [movement({ at: october + 35 * day })] })],
      },
    ],
    [
      "what happened before it begins",
      { lines: [line("p-1")], payments: [payment("p-1"), payment("p-0", { movements: [movement({ at: october - 1 })] })] },
    ],
    ["what is pending", { lines: [line("p-1", { outcome: "pending" })], payments: [] }],
    [
      "what a kind cannot say",
      { lines: [line("p-1")], payments: [payment("p-1", { movements: [movement(), refunded] })], covers: ["charge"] as const },
    ],
    ["an amount that is not known", { lines: [line("p-1")], payments: [payment("p-1", { movements: [movement({ amount: undefined })] })] }],
    [
      "the sum given back beside a charge",
      {
        lines: [line("p-1", { refunded: yen(500) })],
        payments: [payment("p-1", { movements: [movement(), refunded] })],
        covers: ["charge"] as const,
      },
    ],
  ])("%s", (_, story) => expect(shorts(story)).toEqual([]));
});

describe("R-REC-1: differs:", () => {
  test.each([
    ["a charge that was never told", { lines: [line("p-1")] }, ["never sent missing charge p-1 1980 JPY"]],
    [
      "a refund that was never told",
      { lines: [line("p-1"), line("p-1", refund)], payments: [payment("p-1")] },
      ["never sent missing refund re-1 500 JPY"],
    ],
    ["a charge that the export lacks", { payments: [payment("p-1")] }, ["export wrong missing charge p-1 1980 JPY"]],
    [
      "more than is recorded",
      { lines: [line("p-1", { amount: yen(2_000) })], payments: [payment("p-1")] },
      ["export wrong over charge p-1 20 JPY"],
    ],
    [
      "less than is recorded",
      { lines: [line("p-1", { amount: yen(1_000) })], payments: [payment("p-1")] },
      ["export wrong under charge p-1 980 JPY"],
    ],
    [
      "another currency",
      { lines: [line("p-1", { amount: { minor: 1_980, currency: "USD" } })], payments: [payment("p-1")] },
      ["export wrong currency charge p-1 1980 USD"],
    ],
    [
      "captures whose sum is another",
      { lines: [line("p-1", { amount: yen(1_000) }), line("p-1", { amount: yen(900) })], payments: [payment("p-1")] },
      ["export wrong split charge p-1 80 JPY"],
    ],
    [
      "a payment that was charged twice",
      { lines: [line("p-1"), line("p-1", { at: october + 2 * day })], payments: [payment("p-1")] },
      ["never sent duplicate charge p-1 1980 JPY"],
    ],
    [
      "R-REC-4: a line that is in the file twice, and counts once",
      { lines: [line("p-1"), line("p-1")], payments: [payment("p-1")] },
      ["export wrong duplicate charge p-1"],
    ],
    [
      "a failure of what was taken",
      { lines: [line("p-1", { outcome: "failed" })], payments: [payment("p-1")] },
      ["export wrong data failure p-1 1980 JPY"],
    ],
    [
      "an attempt that nobody told, of what was taken afterwards",
      { lines: [line("p-1", { outcome: "failed" }), line("p-1", { at: october + 3 * day })], payments: [payment("p-1")] },
      ["never sent missing failure p-1"],
    ],
    ["a failure that nobody told", { lines: [line("p-1", { outcome: "failed" })] }, ["never sent missing failure p-1"]],
    [
      "a success after the failure that was told",
      {
        lines: [line("p-1")],
        payments: [payment("p-1", { state: "failed", movements: [movement({ type: "failure", isOptional: true })] })],
      },
      ["never sent missing charge p-1 1980 JPY"],
    ],
    [
      "a void that nobody told",
      { lines: [line("p-1", { outcome: "voided" })], payments: [payment("p-1")] },
      ["never sent data void p-1 1980 JPY"],
    ],
    [
      "a charge that was voided",
      { lines: [line("p-1")], payments: [payment("p-1", { state: "voided", movements: [movement({ type: "void", isOptional: true })] })] },
      ["export wrong data charge p-1 1980 JPY"],
    ],
    [
      "more given back than is recorded",
      { lines: [line("p-1", { refunded: yen(500) })], payments: [payment("p-1")], covers: ["charge"] as const },
      ["never sent missing refund p-1 500 JPY"],
    ],
    [
      "less given back than is recorded",
      {
        lines: [line("p-1", { refunded: yen(200) })],
        payments: [payment("p-1", { movements: [movement(), refunded] })],
        covers: ["charge"] as const,
      },
      ["export wrong under refund p-1 300 JPY"],
    ],
    [
      "what was processed late",
      { lines: [line("p-1")], payments: [payment("p-1", { movements: [movement({ late: 3 * day })] })] },
      ["processed late missing charge p-1"],
    ],
  ])("%s", (_, story, says) => expect(shorts(story)).toEqual(says));

  test("what is missing has its age at the export's moment, and what was late how late it was", () => {
    expect(compare({ lines: [line("p-1")] }).differences).toMatchObject([{ age: 30 * day, theirs: yen(1_980) }]);
    expect(
      compare({ lines: [line("p-1")], payments: [payment("p-1", { movements: [movement({ late: 3 * day })] })] }).differences,
    ).toMatchObject([{ age: 3 * day }]);
  });
});

describe("of a line that nothing of ours is, what is known of its payment is said:", () => {
  const noMoney = { at: october + day, names: { payment: ["p-1"] } };
  const missing = { cause: "never sent", symptom: "missing", age: 30 * day };
  const voided = movement({ type: "void", isOptional: true });
  test.each<[string, Parameters<typeof compare>[0], readonly object[]]>([
    [
      "a charge of a payment that is not known",
      { lines: [line("p-1")] },
      [{ ...noMoney, ...missing, id: "shop/charge:p-1", about: "charge", theirs: yen(1_980), money: yen(1_980) }],
    ],
    [
      "a charge of one that failed",
      { lines: [line("p-1")], payments: [payment("p-1", { state: "failed", movements: [] })] },
      [
        {
          ...{ ...noMoney, ...missing, id: "shop/charge:p-1", about: "charge", theirs: yen(1_980), money: yen(1_980) },
          states: { theirs: "succeeded", ours: "failed" },
        },
      ],
    ],
    [
      "a charge of one of which nothing is known but its refund",
      { lines: [line("p-1")], payments: [payment("p-1", { state: "unknown", movements: [] })] },
      [{ ...noMoney, ...missing, id: "shop/charge:p-1", about: "charge", theirs: yen(1_980), money: yen(1_980) }],
    ],
    [
      "a charge of another amount than what was voided",
      { lines: [line("p-1", { amount: yen(5) })], payments: [payment("p-1", { state: "voided", movements: [voided] })] },
      [
        {
          ...{ ...noMoney, id: "shop/charge:p-1", cause: "export wrong", symptom: "data", about: "charge", theirs: yen(5), money: yen(5) },
          states: { theirs: "succeeded", ours: "voided" },
        },
      ],
    ],
    [
      "one that was taken once more",
      { lines: [line("p-1"), line("p-1", { at: october + 2 * day, amount: yen(7) })], payments: [payment("p-1")] },
      [
        {
          ...{ at: october + 2 * day, names: { payment: ["p-1"] }, id: "shop/charge:p-1", cause: "never sent", symptom: "duplicate" },
          ...{ about: "charge", theirs: yen(7), ours: yen(1_980), money: yen(7) },
        },
      ],
    ],
    [
      "a failure of one that was taken",
      { lines: [line("p-1", { outcome: "failed", amount: yen(5) })], payments: [payment("p-1")] },
      [
        {
          ...{ ...noMoney, id: "shop/failure:p-1", cause: "export wrong", symptom: "data", about: "failure" },
          ...{ theirs: yen(5), ours: yen(1_980), money: yen(1_980), states: { theirs: "failed", ours: "succeeded" } },
        },
      ],
    ],
    [
      "a failure of a payment that is not known",
      { lines: [line("p-1", { outcome: "failed" })] },
      [{ ...noMoney, ...missing, id: "shop/failure:p-1", about: "failure", theirs: yen(1_980) }],
    ],
    [
      "a void of one that was taken",
      { lines: [line("p-1", { outcome: "voided", amount: yen(5) })], payments: [payment("p-1")], covers: ["void"] },
      [
        {
          ...{ ...noMoney, id: "shop/void:p-1", cause: "never sent", symptom: "data", about: "void" },
          ...{ theirs: yen(5), ours: yen(1_980), money: yen(1_980), states: { theirs: "voided", ours: "succeeded" } },
        },
      ],
    ],
    [
      "a void of a payment that is not known",
      { lines: [line("p-1", { type: "void" })] },
      [{ ...noMoney, ...missing, id: "shop/void:p-1", about: "void", theirs: yen(1_980) }],
    ],
    [
      "a refund that failed there and is done here",
      {
        lines: [line("p-1"), line("p-1", { ...refund, refund: "re-9", outcome: "failed" })],
        payments: [payment("p-1", { movements: [movement(), refunded] })],
        covers: ["charge"],
      },
      [
        {
          ...{ at: october + day, names: { payment: ["p-1"], reference: "re-9" }, id: "shop/refund failed:re-9" },
          ...{ cause: "never sent", symptom: "data", about: "refund failed", theirs: yen(500), money: yen(500) },
          states: { theirs: "refund failed", ours: "refunded" },
        },
      ],
    ],
    [
      "a refund that failed there and was never heard of here",
      { lines: [line("p-1"), line("p-1", { ...refund, outcome: "failed" })], payments: [payment("p-1")] },
      [],
    ],
    [
      "a refund of a payment that was taken",
      { lines: [line("p-1"), line("p-1", refund)], payments: [payment("p-1", { contract: "c-1", customer: "u-1", order: "#1" })] },
      [
        {
          ...{ ...missing, at: october + day, names: { payment: ["p-1"], reference: "re-1" }, id: "shop/refund:re-1", about: "refund" },
          ...{ theirs: yen(500), money: yen(500) },
        },
      ],
    ],
    ...(["chargeback", "chargeback reversed"] as const).map((type): [string, Parameters<typeof compare>[0], readonly object[]] => [
      `a ${type}`,
      { lines: [line("p-1"), line("p-1", { type, dispute: "d-1", amount: yen(7) })], payments: [payment("p-1")] },
      [
        {
          ...{ ...missing, at: october + day, names: { payment: ["p-1"], reference: "d-1" }, id: `shop/${type}:d-1`, about: type },
          ...{ theirs: yen(7), money: yen(7) },
        },
      ],
    ]),
  ])("%s", (_, story, differences) => expect(compare(story).differences).toEqual(differences));

  test("its names are those of the line, and what the payment has beside them", () => {
    const known = payment(["p-1", "p-2"], { contract: "c-1", customer: "u-1", order: "#1" });
    const lines = [line("p-2"), line("p-2", { ...refund, contract: "c-1", customer: "u-2", order: "#1" })];
    expect(compare({ lines, payments: [known] }).differences[0]?.names).toEqual({
      ...{ payment: ["p-2"], reference: "re-1", contract: "c-1", customer: "u-2", order: "#1" },
    });
    const other = [line("p-2", { contract: "c-1", customer: "u-1", order: "#1" }), line("p-2", { ...refund })];
    expect(compare({ lines: other, payments: [known] }).differences[0]?.names).toEqual({
      ...{ payment: ["p-2"], reference: "re-1", contract: "c-1", customer: "u-1", order: "#1" },
    });
  });
});

test("what the exports lack is missing there, with its names, its amount and its age", () => {
  const known = payment("p-1", { contract: "c-1", customer: "u-1", order: "#1", movements: [movement(), refunded] });
  const story = { lines: [line("x", { contract: "c-1", customer: "u-1", order: "#1", at: october + 20 * day })], payments: [known] };
  const names = { payment: ["p-1"], contract: "c-1", customer: "u-1", order: "#1" };
  const lacks = { cause: "export wrong", symptom: "missing", at: october + day, age: 30 * day };
  expect(compare(story).differences.filter(({ cause }) => cause === "export wrong")).toEqual([
    { ...lacks, id: "shop/charge:p-1", about: "charge", names, ours: yen(1_980), money: yen(1_980) },
    { ...lacks, id: "shop/refund:re-1", about: "refund", names: { ...names, reference: "re-1" }, ours: yen(500), money: yen(500) },
  ]);
});

test("what is expected in an export happened in its time: the first moment is in it, its own moment is not", () => {
  const asOf = october + 31 * day;
  const at = (moment: number) => shorts({ payments: [payment("p-1", { movements: [movement({ at: moment })] })], asOf });
  expect([at(october - 1), at(october), at(asOf - 1), at(asOf)].map(({ length }) => length)).toEqual([0, 1, 1, 0]);
});

test("what came late, or has not reached the application, is said with both sides and its age", () => {
  const both = {
    at: october + day,
    theirs: yen(1_980),
    ours: yen(1_980),
    names: { payment: ["p-1"] },
    id: "shop/charge:p-1",
    about: "charge",
  };
  const lines = [line("p-1"), line("p-2")];
  const of = (changes: object) =>
    compare({ lines, payments: [payment("p-1", { movements: [movement(changes)] })] }).differences.filter(
      ({ cause }) => cause !== "never sent",
    );
  expect(of({ late: 3 * day })).toEqual([{ ...both, cause: "processed late", symptom: "missing", age: 3 * day }]);
  expect(of({ waiting: "shop/e-1" })).toEqual([
    { ...both, cause: "received, not processed", symptom: "missing", age: 30 * day, record: "shop/e-1" },
  ]);
});

test("of a payment that was taken back nothing is here: neither its charge nor its refund", () => {
  const story = { lines: [line("p-1", { refunded: yen(500) })], payments: [payment("p-1", { movements: [movement(), refunded] })] };
  expect(shorts({ ...story, gone: [0] })).toEqual(["never sent missing charge p-1 1980 JPY", "never sent missing refund p-1 500 JPY"]);
});

test("nothing of the next payment is counted for it", () => {
  const next = payment("p-2", { movements: [refunded, movement()] });
  const story = { lines: [line("p-1", { refunded: yen(500) }), line("p-2", { refunded: yen(500) })], covers: ["charge"] as const };
  expect(shorts({ ...story, payments: [payment("p-1"), next] })).toEqual(["never sent missing refund p-1 500 JPY"]);
  const charged = { lines: [line("p-1"), line("p-2")], payments: [payment("p-1", { state: "failed", movements: [] }), payment("p-2")] };
  expect(shorts(charged)).toEqual(["never sent missing charge p-1 1980 JPY"]);
});

describe("amounts that are not alike", () => {
  const parts = (...amounts: readonly { minor: number; currency: string }[]) =>
    payment("p-1", { movements: amounts.map((amount) => movement({ amount })) });

  test("are parts of one side, or of the other", () => {
    expect(shorts({ lines: [line("p-1", { amount: yen(1_000) })], payments: [parts(yen(500), yen(400))] })).toEqual([
      "export wrong split charge p-1 100 JPY",
    ]);
  });

  test("are said with the names of the same line, in whatever order they are read", () => {
    for (const [name, first, second] of [
      ["contract", "c-1", "c-2"],
      ["customer", "u-1", "u-2"],
    ] as const) {
      const lines = [first, second].map((id) => line("p-1", { amount: yen(1_000), [name]: id }));
      for (const some of [lines, lines.toReversed()])
        expect(compare({ lines: some, payments: [payment("p-1")] }).differences).toMatchObject([
          { symptom: "split", names: { [name]: first } },
        ]);
    }
  });

  test("have no sum in several currencies", () => {
    const dollars = { minor: 7, currency: "USD" };
    const lines = [line("p-1", { amount: yen(1_000) }), line("p-1", { amount: dollars })];
    expect(compare({ lines, payments: [parts(yen(500))] }).differences).toEqual([
      {
        ...{ at: october + day, names: { payment: ["p-1"] }, id: "shop/charge:p-1", about: "charge" },
        ...{ cause: "export wrong", symptom: "currency", ours: yen(500), money: yen(500) },
      },
    ]);
  });
});

test("R-REC-4: a line that is there twice is said with its amount, and none is at stake", () => {
  expect(compare({ lines: [line("p-1"), line("p-1")], payments: [payment("p-1")] }).differences).toEqual([
    {
      ...{ at: october + day, names: { payment: ["p-1"] }, id: "shop/charge:p-1", about: "charge" },
      ...{ cause: "export wrong", symptom: "duplicate", theirs: yen(1_980) },
    },
  ]);
});

describe("of a payment of which the export has another result", () => {
  const failedLine = line("p-1", { outcome: "failed", amount: yen(5) });

  test("the first of its charges is named, and of one without an amount what the line says", () => {
    const two = payment("p-1", { movements: [movement({ amount: yen(1_000) }), movement({ amount: yen(980), at: october + 2 * day })] });
    expect(compare({ lines: [failedLine], payments: [two] }).differences[0]).toMatchObject({ ours: yen(1_000), money: yen(1_000) });
    const unknown = payment("p-1", { movements: [movement({ amount: undefined })] });
    expect(compare({ lines: [failedLine], payments: [unknown] }).differences[0]).toMatchObject({ theirs: yen(5), money: yen(5) });
  });

  test("a refund is missing besides", () => {
    expect(shorts({ lines: [failedLine], payments: [payment("p-1", { movements: [movement(), refunded] })] })).toEqual([
      "export wrong missing refund re-1 500 JPY",
      "export wrong data failure p-1 1980 JPY",
    ]);
  });
});

test("what happened to a payment at the export's moment is not missing in it", () => {
  const late = payment("p-1", { movements: [movement(), { ...refunded, at: october + 31 * day }] });
  expect(shorts({ lines: [line("p-1")], payments: [late] })).toEqual([]);
});

test("no money is at stake where there is none", () => {
  expect(compare({ lines: [line("p-1", { amount: yen(0) })] }).differences[0]).not.toHaveProperty("money");
  expect(compare({ lines: [line("p-1", { amount: yen(1) })] }).differences[0]).toMatchObject({ money: yen(1) });
});

test("a trace is looked for by every id of a line that nothing of ours is", () => {
  const shared = { texts: createTexts(), currencies: createCurrencies() };
  const theirs = createTheirSide(shared);
  for (const one of [
    line(["p-2", "p-3"], { ...refund, order: "#2", contract: "c", customer: "u", line: "l" }),
    line("p-1"),
    line("", { order: "#3", at: october + 1.5 * day }),
  ])
    theirs.add(one);
  const ours = createOurSide(shared, { from: october, asOf: october + 31 * day });
  ours.add(payment("p-1"));
  for (const id of ["p-4", "p-5"]) ours.add(payment(id, { order: "#3" }));
  const sides = { shared, ours, theirs };
  // Of what cannot be decided nothing is missing.
  expect([...openIdsOf(sides, matchSides(sides))].sort()).toEqual(["#2", "p-2", "p-3", "re-1"]);
});

test("a trace is found by a refund's id and by an order", () => {
  for (const [id, one] of [
    ["re-1", line("p-1", refund)],
    ["#1", line("", { order: "#1" })],
  ] as const) {
    const traces: Traces = { find: (_, ids) => (ids.includes(id) ? { cause: "sent, not received", record: "shop/q" } : undefined) };
    const found = compare({ lines: [one], traces });
    expect(found.differences).toMatchObject([{ cause: "sent, not received", record: "shop/q" }]);
  }
});

describe("R-REC-1: a trace says how far a callback came:", () => {
  const event = { id: "e-1", type: "charge.succeeded" as const, gatewayType: "paid", occurredAt: october, charge: "p-1" };
  const traced = (cause: "sent, not received" | "received, not processed") => {
    const traces = createTraces(new Set(["p-1"]));
    traces.add({ cause, record: "shop/e-1" }, [event]);
    return traces.traces();
  };

  test("into quarantine, or into a record that is dead or waits", () => {
    for (const cause of ["sent, not received", "received, not processed"] as const)
      expect(compare({ lines: [line("p-1")], traces: traced(cause) }).differences).toMatchObject([
        { cause, symptom: "missing", record: "shop/e-1" },
      ]);
  });

  test.each([
    ["charge.succeeded", "charge"],
    ["charge.failed", "failure"],
    ["charge.voided", "void"],
    ["charge.refunded", "refund"],
    ["refund.failed", "refund failed"],
    ["dispute.opened", "chargeback"],
    ["dispute.lost", "chargeback"],
    ["dispute.won", "chargeback reversed"],
    ["contract.cancelled", "contract"],
  ] as const)("of a callback that says %s, about a %s and nothing else", (type, about) => {
    const traces = createTraces(new Set(["c-1", "p-1", "re-1", "d-1", "#1"]));
    const names = { contract: "c-1", charge: "p-1", refund: "re-1", dispute: "d-1", order: "#1" };
    traces.add({ cause: "sent, not received", record: "shop/e-1" }, [{ ...event, ...names, type }]);
    const kinds = ["charge", "failure", "void", "refund", "refund failed", "chargeback", "chargeback reversed", "contract"] as const;
    const found = (id: string) => kinds.filter((kind) => traces.traces().find(kind, [id]) !== undefined);
    expect(found("c-1")).toEqual(about === "contract" ? ["contract"] : []);
    for (const id of ["p-1", "re-1", "d-1", "#1"]) expect([id, found(id)]).toEqual([id, about === "contract" ? [] : [about]]);
  });

  test("a notice is no trace, nor is what nobody looks for", () => {
    const traces = createTraces(new Set(["p-1"]));
    traces.add({ cause: "sent, not received", record: "shop/e-1" }, [{ ...event, contract: "p-1", type: "notice" }]);
    traces.add({ cause: "sent, not received", record: "shop/e-1" }, [{ ...event, charge: "p-2" }]);
    expect(traces.traces().find("charge", ["p-1", "p-2"])).toBeUndefined();
    expect(traces.traces().find("contract", ["p-1"])).toBeUndefined();
  });

  test("is of its own kind, also where an id begins as another kind is called", () => {
    const traces = createTraces(new Set(["back-1", "-1"]));
    traces.add({ cause: "sent, not received", record: "shop/e-1" }, [{ ...event, charge: "back-1" }]);
    expect(traces.traces().find("charge", ["back-1"])).toBeDefined();
    expect(traces.traces().find("chargeback", ["-1"])).toBeUndefined();
  });

  test("of several ids the first that has one counts", () => {
    const traces = createTraces(new Set(["p-1", "p-2"]));
    for (const charge of ["p-1", "p-2"]) traces.add({ cause: "sent, not received", record: `shop/${charge}` }, [{ ...event, charge }]);
    expect(traces.traces().find("charge", ["p-2", "p-1"])?.record).toBe("shop/p-2");
  });

  test("of several it is the record, then the smallest key, in whatever order they are read", () => {
    const all = [
      { cause: "sent, not received", record: "shop/a" },
      { cause: "received, not processed", record: "shop/c" },
      { cause: "received, not processed", record: "shop/b" },
    ] as const;
    for (const some of [all, all.toReversed()]) {
      const traces = createTraces(new Set(["p-1"]));
      for (const trace of some) traces.add(trace, [event]);
      expect(traces.traces().find("charge", ["x", "p-1"])).toEqual(all[2]);
    }
  });

  test("the words of a text are ids of three to two hundred characters, in whatever script", () => {
    const long = "x".repeat(200);
    const traces = createTraces(new Set(["ab", "abc", "取引-1", "a_b#1.2:3", long, `${long}x`]));
    traces.addText({ cause: "sent, not received", record: "shop/q" }, `ab=1&id=abc&<t>取引-1</t> "a_b#1.2:3" ${long} ${long}x`);
    const found = (id: string) => traces.traces().find("refund", [id]) !== undefined;
    expect(["ab", "abc", "取引-1", "a_b#1.2:3", long, `${long}x`].map(found)).toEqual([false, true, true, true, true, false]);
  });

  test("a movement of the ledger that has not reached the application is a difference, too", () => {
    const waiting = payment("p-1", { movements: [movement({ waiting: "shop/e-1" })] });
    expect(compare({ lines: [line("p-1"), line("p-2")], payments: [waiting, payment("p-2")] })).toMatchObject({
      matched: 2,
      differences: [{ cause: "received, not processed", symptom: "missing", record: "shop/e-1", names: { payment: ["p-1"] } }],
    });
  });

  test("where a callback cannot be understood, by every word of its text", () => {
    const traces = createTraces(new Set(["p-1", "re-1"]));
    traces.addText({ cause: "sent, not received", record: "shop/quarantine:1" }, '{"object":{"id":"p-1","refund":null}}');
    expect(compare({ lines: [line("p-1"), line("p-2")], traces: traces.traces() }).differences).toMatchObject([
      { cause: "never sent", names: { payment: ["p-2"] } },
      { cause: "sent, not received", names: { payment: ["p-1"] }, record: "shop/quarantine:1" },
    ]);
  });

  test("is of its own kind: a charge says nothing of a refund", () => {
    expect(shorts({ lines: [line("p-1", refund)], traces: traced("received, not processed") })).toEqual([
      "never sent missing refund re-1 500 JPY",
    ]);
  });
});

describe("without an id of the payment", () => {
  const named = (changes: Partial<MoneyLine>) => line("", changes);
  const ofOrder = (ids: string, order: string, changes = {}) => payment(ids, { order, movements: [movement(changes)] });

  test("order and amount connect, near in time", () => {
    expect(shorts({ lines: [named({ order: "#1" })], payments: [ofOrder("p-1", "#1", { at: october + 3 * day })] })).toEqual([]);
    expect(shorts({ lines: [named({ order: "#1" })], payments: [ofOrder("p-1", "#1", { at: october + 9 * day })] })).toHaveLength(2);
  });

  test("of one order the amount may differ, where there is no other", () => {
    expect(shorts({ lines: [named({ order: "#1", amount: yen(2_000) })], payments: [ofOrder("p-1", "#1")] })).toEqual([
      "export wrong over charge p-1 20 JPY",
    ]);
  });

  test("contract, then customer, then the moment where a line has no name at all", () => {
    const movements = [movement()];
    const found = (story: Parameters<typeof compare>[0]) => compare(story).byWay;
    expect(found({ lines: [named({ contract: "c-1" })], payments: [payment("p-1", { contract: "c-1", movements })] })).toMatchObject({
      contract: 1,
    });
    expect(found({ lines: [named({ customer: "u-1" })], payments: [payment("p-1", { customer: "u-1", movements })] })).toMatchObject({
      customer: 1,
    });
    expect(found({ lines: [named({ line: "txn-1" })], payments: [payment("p-1", { movements })] })).toMatchObject({ moment: 1 });
    expect(found({ lines: [line("p-9")], payments: [payment("p-1", { movements })] })).toMatchObject({ moment: 0 });
  });

  test("a near tie is never chosen: it is listed, and no difference", () => {
    const payments = [ofOrder("p-1", "#1"), ofOrder("p-2", "#1", { at: october + 2 * day })];
    const found = compare({ lines: [named({ order: "#1", at: october + 1.5 * day })], payments });
    expect(found.differences).toEqual([]);
    expect(found.undecided).toMatchObject([
      {
        by: "order",
        name: "#1",
        about: "charge",
        money: yen(1_980),
        lines: [{ order: "#1" }],
        payments: [{ payment: ["p-1"] }, { payment: ["p-2"] }],
      },
    ]);
  });

  test("the lines of a tie are listed in one order, whatever the file's", () => {
    const lines = ["c-1", "c-2", "c-3"].map((contract) => named({ order: "#1", contract }));
    for (const some of [lines, lines.toReversed()]) {
      const [tie] = compare({ lines: some, payments: [ofOrder("p-1", "#1", { at: october + 2 * day })] }).undecided;
      expect(tie?.lines.map(({ contract }) => contract)).toEqual(["c-1", "c-2", "c-3"]);
    }
  });

  test("the very same moment leaves no doubt", () => {
    const payments = [ofOrder("p-1", "#1"), ofOrder("p-2", "#1", { at: october + 2 * day })];
    const lines = [named({ order: "#1", at: october + 2 * day }), named({ order: "#1", line: "x" })];
    expect(compare({ lines, payments })).toMatchObject({ matched: 2, differences: [], undecided: [] });
  });
});

test("what is explained of the money is what both sides say alike", () => {
  const found = compare({
    lines: [line("p-1"), line("p-2", { amount: yen(1_000) }), line("p-1", refund)],
    payments: [payment("p-1", { movements: [movement(), refunded] }), payment("p-3", { movements: [movement({ amount: yen(20) })] })],
  });
  expect(found).toMatchObject({ lines: 3, matched: 2, money: [{ currency: "JPY", moved: 3_500, explained: 2_480 }] });
  expect(found.sums).toEqual([
    { cause: "never sent", symptom: "missing", currency: "JPY", count: 1, minor: 1_000 },
    { cause: "export wrong", symptom: "missing", currency: "JPY", count: 1, minor: 20 },
  ]);
});

/** Small worlds in which names, amounts and days collide. */
const world = fc.record({
  lines: fc.array(
    fc.record({
      payment: fc.constantFrom("", "p-1", "p-2", "p-3"),
      order: fc.constantFrom(undefined, "o-1", "o-2"),
      contract: fc.constantFrom(undefined, undefined, "c-1", "c-2"),
      customer: fc.constantFrom(undefined, undefined, "u-1", "u-2"),
      refunded: fc.constantFrom(undefined, undefined, 50, 100),
      type: fc.constantFrom("charge" as const, "refund" as const),
      outcome: fc.constantFrom("done" as const, "done" as const, "failed" as const, "voided" as const),
      minor: fc.constantFrom(100, 200, 300),
      at: fc.integer({ min: 0, max: 8 }),
      name: fc.constantFrom(undefined, "l-1", "l-2", "l-3"),
    }),
    { maxLength: 8 },
  ),
  payments: fc.uniqueArray(
    fc.record({
      id: fc.constantFrom("p-1", "p-2", "p-3", "p-4"),
      order: fc.constantFrom(undefined, "o-1", "o-2"),
      movements: fc.array(
        fc.record({
          type: fc.constantFrom("charge" as const, "refund" as const),
          minor: fc.constantFrom(100, 200, 300),
          at: fc.integer({ min: 0, max: 8 }),
        }),
        { minLength: 1, maxLength: 3 },
      ),
    }),
    { selector: ({ id }) => id, maxLength: 4 },
  ),
});

const storyOf = ({ lines, payments }: typeof world extends fc.Arbitrary<infer World> ? World : never) => ({
  lines: lines.map(({ payment: id, order, contract, customer, refunded, type, outcome, minor, at, name }) =>
    line(id, {
      type,
      outcome,
      amount: yen(minor),
      at: october + at * day,
      ...(order !== undefined && { order }),
      ...(contract !== undefined && { contract }),
      ...(customer !== undefined && { customer }),
      ...(refunded !== undefined && type === "charge" && { refunded: yen(refunded) }),
      ...(name !== undefined && { line: name }),
    }),
  ),
  payments: payments.map(({ id, order, movements }) =>
    payment(id, {
      order,
      movements: movements.map(({ type, minor, at }, index) =>
        movement({ type, amount: yen(minor), at: october + at * day, reference: `${id}-${index}` }),
      ),
    }),
  ),
});

test("any order of lines and of payments gives the same bytes", () => {
  fc.assert(
    fc.property(
      world.chain((one) =>
        fc.record({
          one: fc.constant(one),
          lines: fc.shuffledSubarray(one.lines, { minLength: one.lines.length }),
          payments: fc.shuffledSubarray(one.payments, { minLength: one.payments.length }),
        }),
      ),
      ({ one, lines, payments }) => {
        expect(JSON.stringify(compare(storyOf({ lines, payments })))).toBe(JSON.stringify(compare(storyOf(one))));
      },
    ),
    { numRuns: 500 },
  );
});

test("no money is lost and none is invented: what the sides differ by is the sum of the differences", () => {
  fc.assert(
    fc.property(world, (one) => {
      const story = storyOf({ ...one, lines: one.lines.map((said) => ({ ...said, outcome: "done" as const, refunded: undefined })) });
      const found = compare(story);
      for (const type of ["charge", "refund"] as const) {
        const distinct = new Map(story.lines.filter((said) => said.type === type).map((said) => [JSON.stringify(said), said]));
        const theirs = [...distinct.values()].reduce((sum, { amount }) => sum + (amount?.minor ?? 0), 0);
        const ours = story.payments
          .flatMap(({ movements }) => movements)
          .reduce((sum, { amount, ...rest }) => sum + (rest.type === type ? (amount?.minor ?? 0) : 0), 0);
        const signed = found.differences
          .filter(({ about, symptom, cause }) => about === type && !(symptom === "duplicate" && cause === "export wrong"))
          .reduce(
            (sum, difference) =>
              sum +
              (difference.symptom === "missing" || difference.symptom === "duplicate"
                ? (difference.cause === "export wrong" ? -1 : 1) * (difference.money?.minor ?? 0)
                : (difference.theirs?.minor ?? 0) - (difference.ours?.minor ?? 0)),
            0,
          );
        const undecided = found.undecided
          .filter(({ about }) => about === type)
          .reduce((sum, { lines, payments, money }) => sum + (lines.length - payments.length) * (money?.minor ?? 0), 0);
        expect(theirs - ours).toBe(signed + undecided);
      }
    }),
    { numRuns: 500 },
  );
});

test("a join by one id finds what a join in a Map finds", () => {
  const id = fc.integer({ min: 1, max: 40 }).map((number) => `p-${number}`);
  const rows = fc.uniqueArray(fc.record({ id, minor: fc.constantFrom(100, 200) }), { selector: (row) => row.id });
  fc.assert(
    fc.property(rows, rows, (theirs, ours) => {
      const known = new Map(ours.map((one) => [one.id, one.minor]));
      const expected = [
        ...theirs.flatMap((one) => {
          const minor = known.get(one.id);
          if (minor === one.minor) return [];
          return [
            minor === undefined
              ? `never sent missing charge ${one.id} ${one.minor} JPY`
              : `export wrong ${one.minor > minor ? "over" : "under"} charge ${one.id} 100 JPY`,
          ];
        }),
        ...ours.flatMap((one) =>
          theirs.some((other) => other.id === one.id) ? [] : [`export wrong missing charge ${one.id} ${one.minor} JPY`],
        ),
      ];
      const found = shorts({
        lines: theirs.map((one) => line(one.id, { amount: yen(one.minor) })),
        payments: ours.map((one) => payment(one.id, { movements: [movement({ amount: yen(one.minor) })] })),
      });
      expect(found.toSorted()).toEqual(expected.toSorted());
    }),
  );
});
