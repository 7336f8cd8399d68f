import { describe, expect, test } from "vitest";
import { checkConfig } from "../../../core/config/check/check-config.ts";
import type { Config, SourceConfig } from "../../../core/config/config.ts";
import { configWithMappings, withMappings } from "../../../core/config/with-mappings.ts";

const mapping = {
  name: "our-bank",
  about: "money",
  payment: ["id"],
  at: [{ columns: ["at"], formats: ["iso"] }],
  amount: { column: ["amount"], sign: "unsigned", unit: "major" },
} as const;

const having = (exports: unknown): Config => ({
  name: "shop",
  targets: { app: { kind: "http", url: "https://app.example.com/webhooks", mode: "pass-through" } },
  sources: { bank: { gateway: "stripe", target: "app", exports: exports as NonNullable<SourceConfig["exports"]> } },
});

const problemsOf = (exports: unknown): readonly string[] =>
  checkConfig(having(exports), { stripe: {} }, ["stripe-payments", "zeus-card-sales"]).map(
    ({ path, value, message }) => `${path} = ${JSON.stringify(value)}: ${message}`,
  );

describe("how a source's exports are read", () => {
  test("may be said in the configuration, all that a flag says", () => {
    const all = {
      kind: "stripe-payments",
      zone: "+09:00",
      zoneNames: { CST: "America/Chicago" },
      dateOrder: "day-first",
      dateFormats: ["japanese-era"],
      decimal: ",",
      currency: "JPY",
      charset: "shift_jis",
      separator: "tab",
      skipColumns: ["card number"],
      recover: "enter",
      remindAfterDays: 12,
      longestGapDays: 31,
    };
    expect(problemsOf(all)).toEqual([]);
    expect(problemsOf({ mappings: [mapping], kind: "our-bank" })).toEqual([]);
    expect(problemsOf({ remindAfterDays: false })).toEqual([]);
  });

  test.each([
    [{ zone: "CST" }, 'sources.bank.exports.zone = "CST": write the name of one time zone'],
    [{ zoneNames: { CST: "Chicago" } }, 'sources.bank.exports.zoneNames.CST = "Chicago": write the name of one time zone'],
    [{ dateOrder: "year-first" }, 'sources.bank.exports.dateOrder = "year-first": there is no such order of dates'],
    [{ dateFormats: ["dd.QQ"] }, 'sources.bank.exports.dateFormats[0] = "dd.QQ": it '],
    [{ decimal: "'" }, 'sources.bank.exports.decimal = "\'"'],
    [{ currency: "yen" }, 'sources.bank.exports.currency = "yen": write three letters of ISO 4217: JPY'],
    [{ currency: "¥" }, 'sources.bank.exports.currency = "¥": write three letters of ISO 4217: JPY'],
    [{ charset: "sjis-2" }, 'sources.bank.exports.charset = "sjis-2": write the name of a charset'],
    [{ separator: "||" }, 'sources.bank.exports.separator = "||": write one character, or "tab"'],
    [{ skipColumns: [""] }, 'sources.bank.exports.skipColumns[0] = "": write the name of a column'],
    [{ kind: "stripe-payment" }, 'did you mean "stripe-payments"? Known: stripe-payments, zeus-card-sales'],
    [{ mappings: [{ ...mapping, payment: [] }] }, "sources.bank.exports.mappings[0].payment = []: write at least one column"],
    [{ mappings: [" "] }, 'sources.bank.exports.mappings[0] = " ": write the path of a mapping file'],
    [{ recover: "all" }, 'sources.bank.exports.recover = "all": there is no such way to recover'],
    [{ remindAfterDays: 0 }, "sources.bank.exports.remindAfterDays = 0: write a whole number from 1 to 60"],
    [{ remindAfterDays: true }, "sources.bank.exports.remindAfterDays = true: write a whole number"],
    [{ longestGapDays: 32 }, "sources.bank.exports.longestGapDays = 32: write a whole number from 0 to 31"],
    [{ timezone: "UTC" }, 'sources.bank.exports.timezone = "UTC": there is no such field'],
  ])("%j is refused by its path and value, with the remedy", (exports, problem) => {
    expect(problemsOf(exports)).toEqual([expect.stringContaining(problem)]);
  });
});

describe("a kind of export that is named", () => {
  test("is a built-in one or one of the source's own mappings", () => {
    expect(problemsOf({ kind: "our-bnk", mappings: [mapping] })).toEqual([
      'sources.bank.exports.kind = "our-bnk": there is no such kind of export; did you mean "our-bank"? Known: our-bank, stripe-payments, zeus-card-sales',
    ]);
    expect(problemsOf({ kind: "7" })).toEqual([
      'sources.bank.exports.kind = "7": there is no such kind of export; Known: stripe-payments, zeus-card-sales',
    ]);
  });

  test("may be that of a mapping file, which is known where the file is read", () => {
    expect(problemsOf({ kind: "theirs", mappings: [mapping, "./theirs.json"] })).toEqual([]);
  });
});

test("what is found is delivered only where the target can be sent a message of it", () => {
  expect(problemsOf({ recover: "deliver" })).toEqual([
    expect.stringMatching(/^sources\.bank\.exports\.recover = "deliver": the target app /),
  ]);
  const signed = having({ recover: "deliver" });
  const targets = { app: { kind: "http", url: "https://app.example.com/webhooks", mode: "signed" } } as const;
  expect(checkConfig({ ...signed, targets }, { stripe: {} })).toEqual([]);
});

describe("a mapping file that is named", () => {
  const files: Readonly<Record<string, string>> = {
    "./bank.json": JSON.stringify(mapping),
    "./broken.json": "{",
    "./wrong.json": JSON.stringify({ ...mapping, amount: { ...mapping.amount, unit: "yen" } }),
  };
  const read = (path: string): Uint8Array => {
    const text = files[path];
    if (text === undefined) throw new Error(`ENOENT: ${path}`);
    return Buffer.from(text);
  };

  test("is put in its place, so that a function without the file reads by it", () => {
    const { config, problems } = withMappings(having({ mappings: ["./bank.json", mapping], zone: "UTC" }), read);
    expect(problems).toEqual([]);
    expect(config).toEqual(having({ mappings: [mapping, mapping], zone: "UTC" }));
    expect(configWithMappings(config, read)).toEqual(config);
    expect(withMappings(config, read).config).toEqual(config);
  });

  test.each([
    [
      "./none.json",
      'sources.bank.exports.mappings[0] = "./none.json": the file cannot be read: ENOENT: ./none.json; its path is relative to the folder you run commands in',
    ],
    ["./broken.json", 'sources.bank.exports.mappings[0] = "./broken.json": the file is not JSON'],
    ["./wrong.json", 'sources.bank.exports.mappings[0] (./wrong.json).amount.unit = "yen": write "major"'],
  ])("%s stops the deployment with its path and what is wrong", (path, problem) => {
    expect(() => configWithMappings(having({ mappings: [path] }), read)).toThrow(problem);
  });

  test("stays named where it is wrong, or has no name: that is for the check of the configuration", () => {
    for (const path of ["./wrong.json", "./none.json"])
      expect(withMappings(having({ mappings: [path] }), read).config).toEqual(having({ mappings: [path] }));
    expect(withMappings(having({ mappings: ["", " "] }), read)).toEqual({ config: having({ mappings: ["", " "] }), problems: [] });
  });

  test("is no matter to a configuration that has none, or that is no configuration", () => {
    expect(withMappings(having({ zone: "UTC" }), read).config).toEqual(having({ zone: "UTC" }));
    expect(withMappings({ sources: null } as unknown as Config, read).problems).toEqual([]);
    expect(withMappings({ sources: { bank: null } } as unknown as Config, read).problems).toEqual([]);
  });
});
