import { describe, expect, test } from "vitest";
import type { Config } from "../../../core/config/config.ts";
import { type Aging, agingSources, agingWith, resignProblems } from "../../../core/delivery/aging.ts";

const always = { toleranceSeconds: 300, signedAt: () => undefined, resign: () => ({}) };
const withTime = { ...always, onlyWith: "timestampHeader" };
const picky = { ...always, resignProblems: () => ["name the endpoint's own secret"] };
const closed: Aging = { cannotResign: "only the gateway has the key; let the application trust Holdfast's signature" };

describe("whether the signatures of a source age", () => {
  test.each([
    ["where no time is signed", undefined, {}, false],
    ["where nobody else can sign", closed, {}, false],
    ["where one always is", always, {}, true],
    ["where an option says which header has it", withTime, { timestampHeader: "x-time" }, true],
    ["where it can be said, and is not", withTime, {}, false],
    ["where other options are", withTime, { header: "x-time" }, false],
  ] as const)("%s", (_, aging, options, ages) => {
    expect(agingWith(aging, { options })).toBe(ages ? aging : undefined);
  });

  test("without options at all", () => {
    expect(agingWith(always, {})).toBe(always);
    expect(agingWith(withTime, {})).toBeUndefined();
  });
});

describe("what speaks against signing again", () => {
  test.each([
    ["is nothing where signatures do not age", undefined, []],
    ["is nothing where nothing is known against it", always, []],
    ["is what the gateway says of the settings", picky, ["name the endpoint's own secret"]],
    ["is that nobody else can", closed, ["only the gateway has the key; let the application trust Holdfast's signature"]],
  ] as const)("%s", (_, aging, problems) => expect(resignProblems(aging, {})).toEqual(problems));

  test("is nothing where the source's settings sign no time", () => {
    expect(resignProblems({ ...picky, onlyWith: "timestampHeader" }, {})).toEqual([]);
  });
});

test("sources are named whose callbacks are passed through with a signature that ages, and whether it is made again", () => {
  const source = (gateway: string, target?: string) => ({ gateway, secretName: "s", ...(target !== undefined && { target }) });
  const http = { kind: "http", url: "https://app.example.com/hooks" } as const;
  const config = {
    sources: {
      old: source("aging", "passed"),
      again: source("aging", "resigned"),
      signed: source("aging", "signed"),
      queued: source("aging", "queue"),
      kept: source("aging"),
      ageless: source("ageless", "passed"),
      unknown: source("gone", "passed"),
    },
    targets: {
      passed: { ...http, mode: "pass-through" },
      resigned: { ...http, mode: "pass-through", resign: true },
      signed: { ...http, mode: "signed" },
      queue: { kind: "sqs", queueArn: "arn:aws:sqs:eu-central-1:123456789012:payments" },
    },
  } as unknown as Pick<Config, "sources" | "targets">;
  const gateways: Readonly<Record<string, { readonly aging?: Aging }>> = { aging: { aging: always }, ageless: {} };
  expect(agingSources(config, (name) => gateways[name])).toEqual([
    { source: "old", target: "passed", toleranceSeconds: 300, isResigned: false },
    { source: "again", target: "resigned", toleranceSeconds: 300, isResigned: true },
  ]);
});
