import { describe, expect, test } from "vitest";
import { answerIn, type Cause, type DeathCause, type FailureCause, withoutEventId } from "../../../core/lifecycle/cause.ts";
import { causeTexts, groupOfCause, quotesOthers, remedyFor, sentenceOf } from "../../../core/lifecycle/cause-text.ts";

const of = { key: "sandbox/evt_1", source: "sandbox", contracts: ["sub_1"] } as const;
const replay = ["replay", "sandbox/evt_1", "--yes"];

/** One of each kind: its sentence, those it is counted with, and what to type. */
const samples: readonly (readonly [cause: Cause, sentence: string, group: string, command: readonly string[] | undefined])[] = [
  [
    { kind: "behind", key: "sandbox/evt_0", contract: "sub_1" },
    "behind sandbox/evt_0 of the same contract",
    "behind another record of the same contract",
    ["show", "sandbox/evt_0"],
  ],
  [
    { kind: "contract held", contract: "sub_1", why: "moving (ann)" },
    "the contract sub_1 is held: moving (ann)",
    "the contract is held",
    ["resume", "sandbox/sub_1"],
  ],
  [
    { kind: "target held", target: "app", by: "ann", why: "a test" },
    "the target app is held by ann: a test",
    "the target app is held by ann",
    ["resume", "app"],
  ],
  [{ kind: "answered", status: 503, answer: "503 later" }, "answered 503 later", "answered 503", replay],
  [
    { kind: "function failed", answer: "Unhandled: Error: no database" },
    "the function did not take it: Unhandled: Error: no database",
    "the function did not take it",
    replay,
  ],
  [{ kind: "no answer", detail: "ECONNREFUSED (a:1)" }, "no answer: ECONNREFUSED (a:1)", "no answer", replay],
  [{ kind: "partly read back", pages: 12 }, "it is being read back, 12 pages so far", "it is being read back", ["show", "sandbox/evt_1"]],
  [
    { kind: "partly delivered", accepted: 2, of: 3 },
    "the target has accepted some of its events, 2 of 3; the others follow",
    "the target has accepted some of its events",
    ["show", "sandbox/evt_1"],
  ],
  [
    { kind: "secret unreadable", secret: "shop/app", detail: "the secret shop/app cannot be read: AccessDenied" },
    "the secret shop/app cannot be read: AccessDenied",
    "shop/app",
    replay,
  ],
  [
    { kind: "refused early", status: 404, answer: "404 no such order", since: 1_700_000_000_000 },
    "the application refused it, perhaps too early: answered 404 no such order",
    "the application refused it, perhaps too early: answered 404",
    ["show", "sandbox/evt_1"],
  ],
  [
    { kind: "signature too old", status: 400, answer: "400 no", ageSeconds: 360, toleranceSeconds: 300 },
    "the application refused a signature that is too old: 360 s, where 300 s are accepted; answered 400 no",
    "the application refused a signature that is too old",
    replay,
  ],
  [
    { kind: "target unusable", place: "arn:aws:sqs:eu-central-1:123456789012:q", detail: "403 AccessDenied" },
    "the target arn:aws:sqs:eu-central-1:123456789012:q cannot be used: 403 AccessDenied",
    "the target arn:aws:sqs:eu-central-1:123456789012:q cannot be used",
    replay,
  ],
  [
    { kind: "credential refused", host: "api", status: 401 },
    "api does not accept the credential (401); put the right one into the secret",
    "api does not accept the credential (401); put the right one into the secret",
    replay,
  ],
  [
    { kind: "read-back unavailable", detail: "api answered 503" },
    "the gateway's API cannot be read: api answered 503",
    "the gateway's API cannot be read",
    replay,
  ],
  [
    { kind: "body unreadable", detail: "SlowDown" },
    "its bytes cannot be read from the bucket: SlowDown",
    "its bytes cannot be read from the bucket",
    replay,
  ],
  [
    { kind: "body gone", detail: "NoSuchKey" },
    "its bytes are gone from the bucket: NoSuchKey",
    "its bytes are gone from the bucket",
    replay,
  ],
  [
    { kind: "not storable", detail: "too large" },
    "the ledger table refuses what is to be written about it: too large",
    "the ledger table refuses what is to be written about it",
    replay,
  ],
  [{ kind: "target not configured", target: "app" }, "the target app is not configured", "the target app is not configured", replay],
  [
    { kind: "forbidden address", address: "10.0.0.1" },
    "10.0.0.1 is a private, loopback or link-local address",
    "is a private, loopback or link-local address",
    replay,
  ],
  [{ kind: "cannot be sent", detail: "Invalid URL" }, "it cannot be sent: Invalid URL", "it cannot be sent", replay],
  [
    { kind: "too large for its target", bytes: 300_000, most: 262_144 },
    "it is too large for its target: 300000 bytes, where 262144 are accepted",
    "it is too large for its target",
    replay,
  ],
  [
    { kind: "refused", status: 422, answer: "422 no such order" },
    "the application refused it: answered 422 no such order",
    "the application refused it: answered 422",
    replay,
  ],
  [{ kind: "function refused", answer: "no such order" }, "the function refused it: no such order", "the function refused it", replay],
  [
    { kind: "given up", attempts: 5, last: { kind: "answered", status: 500, answer: "500" } },
    "given up after 5 attempts: answered 500",
    "given up after 5 attempts: answered 500",
    replay,
  ],
  [{ kind: "unintelligible", detail: "no id" }, "cannot be parsed: no id", "cannot be parsed", replay],
  [
    { kind: "gateway not deployed", gateway: "adyen" },
    "the gateway adyen is not part of this deployment",
    "the gateway adyen is not part of this deployment",
    replay,
  ],
  [
    { kind: "not genuine", detail: "no secret matches" },
    "acknowledged while its secret could not be read, and not genuine: no secret matches",
    "acknowledged while its secret could not be read, and not genuine",
    replay,
  ],
  [
    { kind: "crashed" },
    "consume or the sweep crashed on it repeatedly; see their logs",
    "consume or the sweep crashed on it repeatedly; see their logs",
    replay,
  ],
  [{ kind: "to be verified" }, "replayed: to be verified again", "replayed: to be verified again", ["show", "sandbox/evt_1"]],
  [{ kind: "woken" }, "its turn has come", "its turn has come", ["show", "sandbox/evt_1"]],
  [
    { kind: "released", target: "app" },
    "the hold on the target app is being released",
    "the hold on the target app is being released",
    ["show", "sandbox/evt_1"],
  ],
  [{ kind: "replayed" }, "replayed", "replayed", ["show", "sandbox/evt_1"]],
  [{ kind: "other mode", says: "test" }, "a test, and its source is not for tests", "a test, and its source is not for tests", replay],
  [
    { kind: "entered only" },
    "the application's own word: entered into the ledger, and delivered nowhere",
    "the application's own word: entered into the ledger, and delivered nowhere",
    replay,
  ],
  [
    { kind: "entered from an export", whyNot: "not asked for" },
    "found in an export, and not delivered: nobody asked for that",
    "found in an export, and not delivered",
    replay,
  ],
  [{ kind: "no event wanted" }, "the target ignores all of its events", "the target ignores all of its events", replay],
  [
    { kind: "recorded before", as: "sandbox/evt_0" },
    "recorded before, under its former key sandbox/evt_0",
    "recorded before",
    ["show", "sandbox/evt_0"],
  ],
  [{ kind: "erased", at: Date.UTC(2026, 10, 20) }, "erased on a person's request, 2026-11-20", "erased on a person's request", undefined],
  [{ kind: "retention over" }, "the record's retention time is over", "the record's retention time is over", undefined],
  [
    { kind: "verified late", as: "sandbox/evt_2" },
    "verified late, and recorded as sandbox/evt_2",
    "verified late, and recorded under its own key",
    ["show", "sandbox/evt_2"],
  ],
  [{ kind: "discarded by", by: "ann", why: "a test" }, "a test (ann)", "discarded by ann", replay],
  [
    { kind: "released from quarantine", as: "sandbox/evt_2" },
    "released, and recorded as sandbox/evt_2",
    "released from quarantine",
    ["show", "sandbox/evt_2"],
  ],
  [{ kind: "as recorded", sentence: "answered 503" }, "answered 503", "answered 503", replay],
];

test("what has no target because its source is gone says so", () => {
  expect(sentenceOf({ kind: "target not configured", target: "" })).toBe("its source is not configured any more");
});

test("every kind of cause is among the samples", () => {
  expect(samples.map(([{ kind }]) => kind).toSorted()).toEqual(Object.keys(causeTexts).toSorted());
});

describe.each(samples)("%j", (cause, sentence, group, command) => {
  test("has its sentence, its group, and what to type", () => {
    expect(sentenceOf(cause)).toBe(sentence);
    expect(groupOfCause(cause)).toBe(group);
    const remedy = remedyFor(cause, of);
    expect(remedy.command).toEqual(command);
    expect(remedy.advice).toMatch(/^[A-Z].*[.:]$/s);
  });
});

test("every cause of a dead letter is found by the name of its group", () => {
  const deadly: readonly DeathCause["kind"][] = [
    ...(["refused", "target not configured", "forbidden address", "cannot be sent", "given up", "unintelligible"] as const),
    ...(["gateway not deployed", "not genuine", "crashed", "as recorded"] as const),
    ...(["body unreadable", "body gone", "not storable", "too large for its target", "function refused"] as const),
  ];
  for (const [cause] of samples) if (deadly.some((kind) => kind === cause.kind)) expect(sentenceOf(cause)).toContain(groupOfCause(cause));
  for (const [last] of samples.slice(3, 10)) {
    const cause = { kind: "given up", attempts: 20, last } as Cause;
    expect(sentenceOf(cause)).toBe(`given up after 20 attempts: ${sentenceOf(last)}`);
    expect(remedyFor(cause, of)).toEqual(remedyFor(last, of));
  }
});

test("what quotes an application, a gateway or a person is marked for masking; keys are not masked", () => {
  const quoting = samples.flatMap(([cause]) => (quotesOthers(cause) ? [cause.kind] : []));
  expect(quoting).toEqual([
    ...[
      "contract held",
      "target held",
      "answered",
      "function failed",
      "no answer",
      "refused early",
      "signature too old",
      "target unusable",
      "read-back unavailable",
      "body unreadable",
      "body gone",
      "not storable",
      "cannot be sent",
      "refused",
      "function refused",
      "given up",
      "unintelligible",
    ],
    ...["not genuine", "discarded by", "as recorded"],
  ]);
});

test("an answer that does not begin with its status is quoted after it", () => {
  expect(sentenceOf({ kind: "answered", status: 503, answer: "later" })).toBe("answered 503 later");
});

test("a real payment's callback at a source for tests is not called a test", () => {
  expect(sentenceOf({ kind: "other mode", says: "live" })).toBe("a real payment's, and its source is for tests");
});

test("another content under the key of a record from before is to be decided", () => {
  const cause = { kind: "recorded before", as: "sandbox/evt_0", hasOtherContent: true } as const;
  expect(sentenceOf(cause)).toBe("another content under the id of a record, sandbox/evt_0");
  expect(groupOfCause(cause)).toBe("another content under the id of a record");
  expect(remedyFor(cause, of)).toEqual({
    advice: "Nothing is left to do here. To compare both, and decide which is delivered:",
    command: ["conflicts", "show", "sandbox/evt_0"],
  });
});

describe("a cause that lies in one of several events", () => {
  const part = { event: "evt_1#3", accepted: 2, of: 4 };

  test("leaves the table with the event's place instead of its id", () => {
    const refused: Cause = { kind: "refused", status: 422, answer: "422", part };
    expect(withoutEventId(refused)).toEqual({ ...refused, part: { event: "#3", accepted: 2, of: 4 } });
    const last: FailureCause = { kind: "no answer", detail: "x", part };
    const lastWithout = { ...last, part: { event: "#3", accepted: 2, of: 4 } };
    const givenUp: Cause = { kind: "given up", attempts: 20, last };
    expect(withoutEventId(givenUp)).toEqual({ ...givenUp, last: lastWithout });
    const held: Cause = { kind: "target held", target: "app", by: "ann", why: "a test", last };
    expect(withoutEventId(held)).toEqual({ ...held, last: lastWithout });
    for (const [cause] of samples) expect(withoutEventId(cause)).toEqual(cause);
  });

  test("leaves the table without the id also where a kind of cause that is added later quotes it", () => {
    const added = { kind: "added later", last: { kind: "answered", status: 503, answer: "503 later", part } } as unknown as Cause;
    expect(JSON.stringify(withoutEventId(added))).not.toContain(part.event);
    expect(answerIn(added)).toBe("503 later");
  });

  test("says which, and how many were accepted before it", () => {
    const sentences = [
      sentenceOf({ kind: "no answer", detail: "ECONNREFUSED (a:1)", part }),
      sentenceOf({ kind: "given up", attempts: 20, last: { kind: "answered", status: 503, answer: "503 later", part } }),
      sentenceOf({ kind: "refused", status: 422, answer: "422 no", part }),
      sentenceOf({ kind: "refused early", status: 404, answer: "404 no", since: 0, part }),
      sentenceOf({ kind: "function failed", answer: "no database", part }),
      sentenceOf({ kind: "function refused", answer: "no such order", part }),
    ];
    const event = "; event evt_1#3, after 2 of 4 were accepted";
    expect(sentences).toEqual([
      `no answer: ECONNREFUSED (a:1)${event}`,
      `given up after 20 attempts: answered 503 later${event}`,
      `the application refused it: answered 422 no${event}`,
      `the application refused it, perhaps too early: answered 404 no${event}`,
      `the function did not take it: no database${event}`,
      `the function refused it: no such order${event}`,
    ]);
  });

  test("has the remedy that the accepted ones are not sent again", () => {
    const refused = { kind: "refused", status: 422, answer: "422 no" } as const;
    expect(remedyFor({ ...refused, part }, of).advice).toContain("accepted are not sent again");
    expect(remedyFor(refused, of).advice).not.toContain("accepted");
  });
});

test("what the application says wrongly is said again by the application: no change here makes it intelligible", () => {
  const cause = { kind: "unintelligible", detail: "data.account: it is missing; add it", by: "application" } as const;
  expect(sentenceOf(cause)).toBe("cannot be parsed: data.account: it is missing; add it");
  expect(remedyFor(cause, of)).toEqual({
    advice: expect.stringContaining("The application has to send it again, corrected, under another id"),
    command: ["discard", "sandbox/evt_1", "--why", "sent again, corrected"],
  });
});

test("what waits behind a target's hold says why its own last attempt failed, where it had one", () => {
  const last = { kind: "no answer", detail: "ECONNREFUSED (a:1)" } as const;
  expect(sentenceOf({ kind: "target held", target: "app", by: "ann", why: "a test", last })).toBe(
    "the target app is held by ann: a test; its own last attempt: no answer: ECONNREFUSED (a:1)",
  );
});

test("one page is read back in the singular", () => {
  expect(sentenceOf({ kind: "partly read back", pages: 1 })).toBe("it is being read back, 1 page so far");
});

test("what was found in an export has no delivery to type where its target takes callbacks", () => {
  const cause = { kind: "entered from an export", whyNot: "no callback" } as const;
  expect(sentenceOf(cause)).toBe("found in an export, and not delivered: its target takes callbacks, and there is none");
  const remedy = remedyFor(cause, of);
  expect(remedy.command).toBeUndefined();
  expect(remedy.advice).toContain("enter into the application by hand");
});

test("the application's last answer is found where a cause has one, also in the attempt before the record was given up or held", () => {
  const last = { kind: "answered", status: 503, answer: "503 later" } as const;
  const causes: readonly Cause[] = [
    last,
    { kind: "given up", attempts: 20, last },
    { kind: "target held", target: "app", by: "ann", why: "a test", last },
    { kind: "target held", target: "app", by: "ann", why: "a test" },
    { kind: "no answer", detail: "ECONNREFUSED (a:1)" },
  ];
  expect(causes.map(answerIn)).toEqual(["503 later", "503 later", "503 later", undefined, undefined]);
});
