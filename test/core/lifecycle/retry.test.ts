import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RetryConfig } from "../../../core/config/config.ts";
import { defaultRetry } from "../../../core/config/defaults.ts";
import { afterUnknownErrorMs, classifyAnswer, type Delivery, inPart, nextAttempt, queuePatienceMs } from "../../../core/lifecycle/retry.ts";
import { noon } from "../../support/samples.ts";

const answered = (status: number): Delivery => ({ kind: "answered", status, answer: String(status) });

describe("an answer that is not a success", () => {
  test("is retried for 408, 425, 429 and every 5xx, and given up for every other status from 100 to 599", () => {
    const all = Array.from({ length: 500 }, (_, at) => 100 + at);
    const again = [408, 425, 429, ...all.filter((status) => status >= 500)];
    expect(all.filter((status) => classifyAnswer(answered(status)).kind === "again")).toEqual(again);
    expect(all.filter((status) => classifyAnswer(answered(status)).kind === "give up")).toEqual(
      all.filter((status) => !again.includes(status)),
    );
  });

  test("counts by its status alone, not by what it says or asks for", () => {
    expect(classifyAnswer({ kind: "answered", status: 422, answer: "422 try again later", retryAfterMs: 1_000 })).toEqual({
      kind: "give up",
      cause: { kind: "refused", status: 422, answer: "422 try again later" },
    });
  });
});

describe("a refusal of the gateway's signature, which was passed through as it came", () => {
  const refused = (status: number, ageSeconds: number): Delivery => ({
    kind: "answered",
    status,
    answer: "no",
    signature: { ageSeconds, toleranceSeconds: 300 },
  });

  test.each([400, 401, 403])("with %i is the age's where the signature may be too old, and waits until it is signed again", (status) => {
    // A second before its end: the application's clock may be ahead of ours.
    for (const ageSeconds of [300, 301, 86_400])
      expect(classifyAnswer(refused(status, ageSeconds))).toEqual({
        kind: "defer",
        cause: { kind: "signature too old", status, answer: "no", ageSeconds, toleranceSeconds: 300 },
      });
    expect(classifyAnswer(refused(status, 299))).toEqual({ kind: "give up", cause: { kind: "refused", status, answer: "no" } });
  });

  test.each([399, 402, 404, 422])("is not what %i means, however old the signature is", (status) => {
    expect(classifyAnswer(refused(status, 86_400))).toEqual({ kind: "give up", cause: { kind: "refused", status, answer: "no" } });
  });

  test("is not what 503 means either: it is retried", () => {
    expect(classifyAnswer(refused(503, 86_400)).kind).toBe("again");
  });
});

test("what could not be signed waits for its secret, and nothing was attempted", () => {
  const cause = { kind: "secret unreadable", secret: "shop/signing", detail: "AccessDenied" } as const;
  expect(classifyAnswer({ kind: "unsigned", cause })).toEqual({ kind: "defer", cause });
});

test("an answer that is worth a retry says when the application asks for it", () => {
  expect(classifyAnswer({ kind: "answered", status: 503, answer: "503", retryAfterMs: 1_000 })).toEqual({
    kind: "again",
    cause: { kind: "answered", status: 503, answer: "503" },
    retryAfterMs: 1_000,
  });
});

test("no answer is worth a retry, unless sending again cannot help", () => {
  const unanswered = { kind: "no answer", detail: "ECONNRESET" } as const;
  expect(classifyAnswer({ kind: "unanswered", cause: unanswered })).toEqual({ kind: "again", cause: unanswered });
  const forbidden = { kind: "forbidden address", address: "10.0.0.1" } as const;
  expect(classifyAnswer({ kind: "undeliverable", cause: forbidden })).toEqual({ kind: "give up", cause: forbidden });
});

describe("what AWS did not take for a target that is in it", () => {
  const place = "arn:aws:sqs:eu-central-1:123456789012:payments";
  const said = (code: string, status = 400): Delivery => ({ kind: "not taken", place, error: { status, code, message: "it says why" } });

  test.each([
    ["ThrottlingException", 400],
    ["RequestThrottled", 403],
    ["OverLimit", 403],
    ["KmsThrottled", 400],
    ["ServiceUnavailable", 503],
    ["InternalFailure", 500],
    ["ExpiredTokenException", 403],
    ["InvalidSignatureException", 403],
    ["SomethingNew", 400],
    ["ExceptionAccessDenied", 400],
  ])("is retried after %s, as after anything that is not known", (code, status) => {
    expect(classifyAnswer(said(code, status))).toEqual({
      kind: "again",
      cause: { kind: "answered", status, answer: `${status} ${code}: it says why` },
    });
  });

  test.each([
    "AccessDenied",
    "AccessDeniedException",
    "QueueDoesNotExist",
    "AWS.SimpleQueueService.NonExistentQueue",
    "com.amazonaws.sqs#QueueDoesNotExist",
    "QueueDeletedRecently",
    "ResourceNotFoundException",
    "NotAuthorizedForSourceException",
    "NotAuthorizedForDetailTypeException",
    "InvalidAccountIdException",
    "InvalidAddress",
    "UnsupportedOperation",
    "OptInRequired",
    "KmsAccessDenied",
    "KmsDisabled",
    "KmsInvalidKeyUsage",
    "KmsInvalidState",
    "KmsNotFound",
    "KmsOptInRequired",
    "KMSNotFoundException",
  ])("is deferred after %s, with the place and what AWS said: it is the target that fails, not the record", (code) => {
    expect(classifyAnswer(said(code, 403))).toEqual({
      kind: "defer",
      cause: { kind: "target unusable", place, detail: `403 ${code}: it says why` },
    });
  });

  test.each([
    ...["InvalidMessageContents", "InvalidParameterValue", "InvalidParameterValueException", "InvalidArgument"],
    ...["InvalidRequestContentException", "MalformedDetail", "RequestTooLargeException"],
  ])("is given up after %s", (code) => {
    expect(classifyAnswer(said(code))).toEqual({
      kind: "give up",
      cause: { kind: "refused", status: 400, answer: `400 ${code}: it says why` },
    });
  });

  test("is deferred where a function is called with parameters that are not valid: none of them is the record's", () => {
    const ofFunction = "arn:aws:lambda:eu-central-1:123456789012:function:payments";
    const said = (code: string) =>
      classifyAnswer({ kind: "not taken", place: ofFunction, error: { status: 400, code, message: "no tenant" } });
    for (const code of ["InvalidParameterValueException", "InvalidParameterValue"])
      expect(said(code)).toEqual({
        kind: "defer",
        cause: { kind: "target unusable", place: ofFunction, detail: `400 ${code}: no tenant` },
      });
    for (const code of ["InvalidRequestContentException", "RequestTooLargeException"])
      expect(said(code)).toMatchObject({ kind: "give up" });
  });

  test("is quoted without a colon where AWS gives no reason", () => {
    const error = { status: 500, code: "InternalFailure", message: "" };
    expect(classifyAnswer({ kind: "not taken", place, error })).toMatchObject({ cause: { answer: "500 InternalFailure" } });
  });
});

test("a function that failed is asked again, not before it wants to be, and one that refused is not", () => {
  expect(classifyAnswer({ kind: "function failed", answer: "no database" })).toEqual({
    kind: "again",
    cause: { kind: "function failed", answer: "no database" },
  });
  expect(classifyAnswer({ kind: "function failed", answer: "closed", retryAfterMs: 90_000 })).toMatchObject({ retryAfterMs: 90_000 });
  expect(classifyAnswer({ kind: "function refused", answer: "no such order" })).toEqual({
    kind: "give up",
    cause: { kind: "function refused", answer: "no such order" },
  });
});

test("what was delivered is done", () => {
  expect(classifyAnswer({ kind: "delivered", answer: "200" })).toEqual({ kind: "done", answer: "200" });
});

test("messages that were left for later are neither a success nor a failure", () => {
  expect(classifyAnswer({ kind: "partly" })).toEqual({ kind: "go on" });
});

describe("of several events", () => {
  const part = { event: "evt_1#2", accepted: 1, of: 3 };
  const verdictOf = (delivery: Delivery) => inPart(classifyAnswer(delivery), part);

  test("a cause that lies in one of them names it", () => {
    expect(verdictOf(answered(422))).toMatchObject({ kind: "give up", cause: { kind: "refused", part } });
    expect(verdictOf(answered(503))).toMatchObject({ kind: "again", cause: { kind: "answered", part } });
    expect(verdictOf({ kind: "unanswered", cause: { kind: "no answer", detail: "reset" } })).toMatchObject({ cause: { part } });
    expect(verdictOf({ kind: "function failed", answer: "it threw" })).toMatchObject({ kind: "again", cause: { part } });
    expect(verdictOf({ kind: "function refused", answer: "not mine" })).toMatchObject({ kind: "give up", cause: { part } });
    const early = { kind: "refused early", status: 404, answer: "404 no such order", since: noon } as const;
    expect(inPart({ kind: "again", cause: early }, part)).toEqual({ kind: "again", cause: { ...early, part } });
  });

  test("a cause that lies in the target, or no failure, names none", () => {
    const verdicts = [
      verdictOf({ kind: "delivered", answer: "200" }),
      verdictOf({ kind: "partly" }),
      verdictOf({ kind: "undeliverable", cause: { kind: "target not configured", target: "app" } }),
      verdictOf({ kind: "unsigned", cause: { kind: "secret unreadable", secret: "a", detail: "away" } }),
    ];
    expect(JSON.stringify(verdicts)).not.toContain('part"');
    expect(inPart(classifyAnswer(answered(422)), undefined)).not.toHaveProperty("cause.part");
  });
});

const retry: RetryConfig = { attempts: 20, baseSeconds: 2, capSeconds: 3_600 };
const failure = { attempts: 1, failingSince: noon, now: noon, retry, random: 0 };

const retries = fc
  .record({
    attempts: fc.integer({ min: 1, max: 1_000 }),
    baseSeconds: fc.double({ min: 0.01, max: 3_600, noNaN: true }),
    capSeconds: fc.double({ min: 0.01, max: 86_400, noNaN: true }),
  })
  .filter(({ baseSeconds, capSeconds }) => baseSeconds <= capSeconds);
const coin = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

const delayOf = (changes: Partial<Parameters<typeof nextAttempt>[0]>): number => {
  const next = nextAttempt({ ...failure, ...changes });
  if (next.kind === "exhausted") throw new Error("there is no next attempt");
  return next.delayMs;
};

describe("the wait before the next attempt", () => {
  test("is a whole number of milliseconds from one second up to the doubled base, and never above the cap", () => {
    fc.assert(
      fc.property(retries, coin, fc.integer({ min: 1, max: 2_000 }), (retry, random, attempts) => {
        fc.pre(attempts < retry.attempts);
        const delayMs = delayOf({ retry, random, attempts });
        const ceiling = Math.min(retry.capSeconds, retry.baseSeconds * 2 ** (attempts - 1)) * 1_000;
        expect(Number.isSafeInteger(delayMs)).toBe(true);
        expect(delayMs).toBeGreaterThanOrEqual(1_000);
        expect(delayMs).toBeLessThanOrEqual(Math.max(1_000, Math.ceil(ceiling)));
      }),
    );
  });

  test("can be anything up to its ceiling, so that what failed together does not come back together", () => {
    expect(delayOf({ attempts: 5, random: 0 })).toBe(1_000);
    expect(delayOf({ attempts: 5, random: 0.25 })).toBe(8_000);
    expect(delayOf({ attempts: 5, random: 0.5 })).toBe(16_000);
    expect(delayOf({ attempts: 5, random: 1 - Number.EPSILON })).toBe(32_000);
  });

  test("doubles from attempt to attempt until it reaches the cap", () => {
    const most = (attempts: number) => delayOf({ attempts, random: 1 - Number.EPSILON });
    expect([1, 2, 3, 4, 10, 11, 12, 19].map(most)).toEqual([2_000, 4_000, 8_000, 16_000, 1_024_000, 2_048_000, 3_600_000, 3_600_000]);
  });

  test("never grows out of bounds, however many attempts there have been", () => {
    const retry = { attempts: 10 ** 9, baseSeconds: 2, capSeconds: 3_600 };
    for (const attempts of [31, 1_025, 10 ** 8]) expect(delayOf({ attempts, retry, random: 0.5 })).toBe(1_800_000);
  });

  test("is at least what the application asks for in Retry-After, and at most the cap", () => {
    expect(delayOf({ retryAfterMs: 60_000, random: 0.5 })).toBe(60_000);
    expect(delayOf({ retryAfterMs: 10, attempts: 5, random: 0.5 })).toBe(16_000);
    expect(delayOf({ retryAfterMs: 7 * 86_400_000, random: 0.5 })).toBe(3_600_000);
    fc.assert(
      fc.property(retries, coin, fc.nat({ max: 10 ** 9 }), (retry, random, retryAfterMs) => {
        fc.pre(retry.attempts > 1);
        const capMs = retry.capSeconds * 1_000;
        const [plain, asked] = [delayOf({ retry, random }), delayOf({ retry, random, retryAfterMs })];
        expect(asked).toBe(Math.max(plain, Math.min(retryAfterMs, capMs)));
      }),
    );
  });
});

describe("a record that keeps failing", () => {
  test("stays in the queue while its next attempt comes within fifteen minutes of the first failure, then leaves it for the table", () => {
    const wait = { attempts: 2, random: 0, failingSince: noon };
    const lastMoment = noon + queuePatienceMs - 1_000;
    expect(queuePatienceMs).toBe(900_000);
    expect(nextAttempt({ ...failure, ...wait, now: lastMoment - 1 })).toEqual({ kind: "retrying", delayMs: 1_000 });
    expect(nextAttempt({ ...failure, ...wait, now: lastMoment })).toEqual({ kind: "scheduled", delayMs: 1_000 });
    expect(nextAttempt({ ...failure, ...wait, now: noon + 86_400_000 })).toEqual({ kind: "scheduled", delayMs: 1_000 });
  });

  test("leaves the queue at once when it is asked to wait longer than that", () => {
    expect(nextAttempt({ ...failure, retryAfterMs: queuePatienceMs })).toEqual({ kind: "scheduled", delayMs: queuePatienceMs });
  });

  test("is exhausted exactly at the configured number of attempts, not one before and not one after", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), coin, fc.nat({ max: 2_000 }), (limit, random, attempts) => {
        const next = nextAttempt({ ...failure, retry: { ...retry, attempts: limit }, random, attempts: attempts + 1 });
        expect(next.kind === "exhausted").toBe(attempts + 1 >= limit);
      }),
    );
  });

  test("is retried for longer than a night by default", () => {
    let at = noon;
    let attempts = 1;
    for (let next = nextAttempt({ ...failure, retry: defaultRetry, random: 0.5 }); next.kind !== "exhausted"; attempts++) {
      at += next.delayMs;
      next = nextAttempt({ attempts: attempts + 1, failingSince: noon, now: at, retry: defaultRetry, random: 0.5 });
    }
    expect(attempts).toBe(20);
    expect((at - noon) / 3_600_000).toBeGreaterThan(4);
  });
});

test("after an unknown error a doorbell is redelivered later each time, up to two minutes", () => {
  expect([0, 1, 2, 3, 4, 5, 6, 1_000].map((receives) => afterUnknownErrorMs(receives) / 1_000)).toEqual([
    10, 10, 20, 40, 80, 120, 120, 120,
  ]);
});
