/** What whole sequences of a gateway's callbacks add up to, in whichever order they arrive and however often. */
import { existsSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { verified } from "../../../core/callback.ts";
import { type Entry, entriesOf } from "../../../core/ledger/entry.ts";
import type { Contract } from "../../../core/ledger/ledger.ts";
import { findGateway, gateways } from "../../../gateways/index.ts";
import { signCallback } from "../../../simulator/callbacks.ts";
import { now } from "../conformance/conformance.ts";
import { lineOf, linesOf } from "./lines.ts";
import type { Callback, Sequence, Sums } from "./sequence.ts";

const names = Object.keys(gateways).filter((name) => existsSync(new URL(`${name}.ts`, import.meta.url)));
const given = await Promise.all(
  names.map(async (name) => {
    const { sequences } = (await import(`./${name}.ts`)) as { readonly sequences: readonly Sequence[] };
    return [name, sequences] as const;
  }),
);

const bytesOf = ({ body, form, text }: Callback): Uint8Array => {
  if (body instanceof Uint8Array) return body;
  return Buffer.from(text ?? (form ? new URLSearchParams(form).toString() : JSON.stringify(body)));
};

/** Read once: what a callback says does not depend on when it arrives. */
const entriesOfEach = ({ source, callbacks }: Sequence): readonly (readonly Entry[])[] => {
  const gateway = findGateway(source.gateway);
  if (!gateway) throw new Error(`there is no gateway ${source.gateway}`);
  const settings = { secrets: ["00"], options: source.options ?? {} };
  return callbacks.map((one, index) => {
    const sent = { source: "mine", url: "https://hooks.example/callbacks/mine", now: one.receivedAt ?? now + index * 10_000 };
    const signed = signCallback(gateway, { body: bytesOf(one), headers: one.headers ?? {} }, settings, sent);
    return entriesOf(`mine/r${index}`, "mine", gateway.parse(verified(signed).callback, settings));
  });
};

const mostForAllOrders = 5;

const ordersOf = <Item>(items: readonly Item[]): readonly (readonly Item[])[] =>
  items.length <= 1 ? [items] : items.flatMap((first, index) => ordersOf(items.toSpliced(index, 1)).map((rest) => [first, ...rest]));

const add = (lines: readonly Contract[], currency: string): Required<Sums> => {
  const sums = lines.flatMap((line) => line.sums.filter((one) => one.currency === currency));
  const sum = (name: keyof Sums) => sums.reduce((whole, one) => whole + one[name], 0);
  return { charged: sum("charged"), refunded: sum("refunded"), chargedBack: sum("chargedBack") };
};

const check = (row: Sequence, arrived: readonly (readonly Entry[])[]): void => {
  const lines = linesOf("mine", arrived.flat());
  const line = lineOf(lines, row.contract);
  const { state, ...sums } = row.adds;
  expect({ ...(state && { state: line?.state }), ...add(line ? [line] : [], row.currency) }).toEqual({
    ...(state && { state }),
    chargedBack: 0,
    ...sums,
  });
  expect(line?.sums.filter(({ currency }) => currency !== row.currency) ?? [], "in another currency").toEqual([]);
  expect(add(lines, row.currency), "all lines together").toEqual({ chargedBack: 0, ...(row.together ?? sums) });
};

describe.each(given)("%s adds up, in whichever order and however often it arrives, when", (_, rows) => {
  test.each(rows.map((row) => [row.what, row] as const))("%s", (__, row) => {
    const each = entriesOfEach(row);
    check(row, each);
    if (each.length <= mostForAllOrders) for (const order of ordersOf(each)) check(row, order);
    fc.assert(
      fc.property(
        fc
          .shuffledSubarray([...each, ...each], { minLength: each.length })
          .map((some) => [...some, ...each.filter((one) => !some.includes(one))]),
        (order) => check(row, order),
      ),
      { numRuns: each.length <= mostForAllOrders ? 30 : 150 },
    );
  });
});
