/** What each gateway's callbacks mean, row by row of its tables, held against what is written down beside it, on its own. */
import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { verified } from "../../../core/callback.ts";
import { eventTypes } from "../../../core/event.ts";
import { findGateway, type Gateway, gateways } from "../../../gateways/index.ts";
import { signCallback } from "../../../simulator/callbacks.ts";
import { now } from "../conformance/conformance.ts";
import type { Meanings, Row } from "./row.ts";

const names = Object.keys(gateways).filter((name) => existsSync(new URL(`${name}.ts`, import.meta.url)));
const given = await Promise.all(
  names.map(async (name) => {
    const { meanings } = (await import(`./${name}.ts`)) as { readonly meanings: Meanings };
    return [name, meanings] as const;
  }),
);

const rowsOf = ({ tables, others }: Meanings): readonly (readonly [string, Row])[] => [
  ...Object.entries(tables).flatMap(([table, rows]) => Object.entries(rows).map(([key, row]) => [`${table}, ${key}`, row] as const)),
  ...Object.entries(others),
];

/** The names of a table's rows; undefined for anything else that a module exports. */
const keysOf = (exported: unknown): readonly string[] | undefined => {
  if (exported instanceof Map) return [...exported.keys()];
  return Object.getPrototypeOf(exported) === Object.prototype ? Object.keys(exported as object) : undefined;
};

describe.each(given)("%s", (name, meanings) => {
  const gateway = findGateway(name) as Gateway;

  test.each(rowsOf(meanings))("%s", (_, { means, options = {}, gatewayType, ...input }) => {
    const settings = { secrets: ["00"], options };
    const sent = { source: "mine", url: "https://hooks.example/callbacks/mine", now };
    const { callback } = verified(signCallback(gateway, { headers: {}, ...input }, settings, sent));
    const events = gateway.parse(callback, settings);
    expect(events.map(({ id: _, gatewayType: __, ...read }) => read)).toStrictEqual(
      means.map((one) => ({ occurredAt: meanings.at, ...one })),
    );
    if (gatewayType !== undefined) expect(events.map((event) => event.gatewayType)).toEqual(means.map(() => gatewayType));
  });

  test("has a row here for each row of its tables, and no more", () => {
    const tables = meanings.modules.flatMap((module) =>
      Object.entries(module).flatMap(([table, exported]) => {
        const keys = keysOf(exported);
        return keys ? [[table, [...keys].sort()] as const] : [];
      }),
    );
    const here = Object.entries(meanings.tables).map(([table, rows]) => [table, Object.keys(rows).sort()] as const);
    expect(Object.fromEntries(here)).toEqual(Object.fromEntries(tables));
  });

  // What the application says in other words than ours is a mistake of its own, and is refused.
  test.runIf(!gateway.applicationEvents)("knows that it does not know everything: a new type is kept as unknown", () => {
    expect(rowsOf(meanings).some(([, { means }]) => means.some(({ type }) => type === "unknown"))).toBe(true);
  });
});

test("every gateway's meanings are written down", () => {
  expect(Object.keys(gateways).filter((name) => !names.includes(name))).toEqual([]);
});

test("the ledger knows no event that no gateway means", () => {
  const meant = given.flatMap(([, meanings]) => rowsOf(meanings).flatMap(([, { means }]) => means.map(({ type }) => type)));
  expect([...new Set(meant)].sort()).toEqual([...eventTypes].sort());
});
