/** Every gateway tells every story, and its own `verify`, `identify` and `parse` hear what the story says. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RawCallback, VerifiedCallback } from "../../core/callback.ts";
import { contractOf, type PaymentEvent } from "../../core/event.ts";
import type { Entry } from "../../core/ledger/entry.ts";
import { balance, type Contract } from "../../core/ledger/ledger.ts";
import { verifyCallback } from "../../core/receive/verify-callback.ts";
import { findGateway, type Gateway, gateways } from "../../gateways/index.ts";
import { type Moment, momentEvents } from "../../gateways/moment.ts";
import { writers } from "../../gateways/registry/writers.ts";
import { type SimulatedCallback, signCallback, story } from "../../simulator/callbacks.ts";
import { stories } from "../../simulator/stories.ts";
import { settingsOf, url } from "./settings.ts";

const names = Object.keys(gateways);
const storyNames = Object.keys(stories);
/** A leap of hours between what is told and when it is received: what reads the receipt time instead of the gateway's shows. */
const lateMs = 5 * 3_600_000;

/** Gateways that send no time with what they tell: theirs is the receipt time. */
const timeless = ["epsilon", "telecom-credit", "zeus"];

interface Received {
  readonly told: SimulatedCallback;
  readonly callback: VerifiedCallback;
  readonly key: string;
  readonly events: readonly PaymentEvent[];
}

const gatewayNamed = (name: string): Gateway => {
  const gateway = findGateway(name);
  if (!gateway) throw new Error(`no gateway ${name}`);
  return gateway;
};

const received = (name: string, told: SimulatedCallback, at: number): Received => {
  const gateway = gatewayNamed(name);
  const settings = settings_(name);
  const raw: RawCallback = signCallback(gateway, told, settings, { source: "mine", url, now: at });
  const outcome = verifyCallback(gateway, raw, settings);
  if (outcome.kind === "refused") throw new Error(`${name} refused what was written for "${told.moment.kind}": ${outcome.reason}`);
  const { secrets: _, ...known } = settings;
  return {
    told,
    callback: outcome.callback,
    key: gateway.identify(outcome.callback, known),
    events: gateway.parse(outcome.callback, known),
  };
};

/** Made once: a secret is random. */
const settings_ = (() => {
  const made = new Map<string, ReturnType<typeof settingsOf>>();
  return (name: string) => {
    const settings = made.get(name) ?? settingsOf(name);
    made.set(name, settings);
    return settings;
  };
})();

const play = (name: string, storyName: string): readonly Received[] => {
  const order = { story: storyName, seed: `${name} ${storyName}`, options: settings_(name).options ?? {} };
  return story(name, order).map((told) => received(name, told, told.sentAt + lateMs));
};

const meaningful = ({ type }: PaymentEvent): boolean => type !== "notice";

const expectToMean = (event: PaymentEvent, moment: Moment, allowed: readonly string[]): void => {
  expect(allowed).toContain(event.type);
  const isIncomplete = (field: string) => event.incomplete?.includes(field) ?? false;
  const aboutMoney = event.type.startsWith("charge.");
  if (event.type === "charge.voided" && moment.kind === "refunded")
    expect(isIncomplete("type"), "a refund told as a void says so").toBe(true);
  if (event.contract !== undefined) expect(event.contract).toBe(moment.contract);
  if (event.type.startsWith("contract.")) expect(event.contract).toBe(moment.contract);
  if (event.customer !== undefined) expect(event.customer).toBe(moment.customer);
  if (event.order !== undefined) expect(event.order).toBe(moment.order);
  if (event.charge !== undefined) expect(event.charge).toBe(moment.charge);
  else if (aboutMoney) expect(isIncomplete("charge"), "a payment without an id says so").toBe(true);
  if (event.refund !== undefined) expect(event.refund).toBe(moment.part);
  if (aboutMoney && event.amount !== undefined) {
    const given = event.refund === undefined ? moment.refund?.soFar : moment.refund?.amount;
    expect(event.amount).toEqual(given ?? moment.amount);
  } else if (event.type === "charge.succeeded" || event.type === "charge.refunded") {
    expect(isIncomplete("amount"), "money without an amount says so").toBe(true);
  }
};

describe.each(names)("what the simulator writes for %s", (name) => {
  test.each(storyNames)('is genuine, and tells the story "%s" in our words', (storyName) => {
    for (const { told, events } of play(name, storyName)) {
      expect(events.filter(meaningful).map(({ type }) => type)).toEqual(told.reports);
      const allowed = momentEvents[told.moment.kind].flat();
      for (const event of events.filter(meaningful)) {
        const isStart = event.type === "contract.started" && told.moment.kind === "paid";
        expectToMean(event, told.moment, isStart ? ["contract.started"] : allowed);
        expect(event.occurredAt).toBe(timeless.includes(name) ? told.sentAt + lateMs : told.moment.at);
      }
    }
  });

  test("has one key for each callback, and the same one for a redelivery", () => {
    for (const storyName of storyNames) {
      const all = play(name, storyName);
      const bodies = new Map(
        all.map(({ told, key }) => [`${Buffer.from(told.body).toString("latin1")} ${JSON.stringify(told.headers)}`, key]),
      );
      expect(new Set(bodies.values()).size, storyName).toBe(bodies.size);
      for (const { told, key } of all) expect(received(name, told, told.sentAt + 9 * lateMs).key).toBe(key);
    }
  });

  test("gives the same ledger in whatever order it is processed, and however often", () => {
    for (const storyName of storyNames) {
      const all = play(name, storyName);
      if (all.length === 0) continue;
      const expected = ledgerOf(all);
      const orders = fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 });
      fc.assert(
        fc.property(orders, (processed) => {
          expect(ledgerOf(processed)).toEqual(expected);
        }),
        { numRuns: 25, seed: 1 },
      );
    }
  });

  test.skipIf(timeless.includes(name))("gives the same ledger in whatever order it arrives", () => {
    for (const storyName of storyNames) {
      const all = play(name, storyName);
      if (all.length === 0) continue;
      const expected = ledgerOf(all);
      // Nothing is said before it has happened.
      const last = Math.max(...all.map(({ told }) => told.sentAt));
      fc.assert(
        fc.property(fc.shuffledSubarray([...all], { minLength: all.length }), (order) => {
          const arrived = order.map(({ told }, index) => received(name, told, last + index * lateMs));
          expect(ledgerOf(arrived)).toEqual(expected);
        }),
        { numRuns: 10, seed: 1 },
      );
    }
  });

  test("is the same for the same seed, to the byte, and other callbacks for another", () => {
    const order = { options: settings_(name).options ?? {} };
    expect(story(name, { ...order, seed: 7 })).toEqual(story(name, { ...order, seed: 7 }));
    const bodies = (seed: number) => story(name, { ...order, seed }).map(({ body }) => Buffer.from(body).toString("latin1"));
    expect(bodies(8).filter((body) => bodies(7).includes(body))).toEqual([]);
  });
});

test("there is a writer for every gateway, and for no other", () => {
  expect(Object.keys(writers)).toEqual(names);
});

/** What the records add up to, contract by contract. Of callbacks with one key the first that arrived is the record. */
const ledgerOf = (all: readonly Received[]): readonly Contract[] => {
  const records = new Map<string, Received>();
  for (const one of all) {
    const known = records.get(one.key);
    if (!known || one.callback.receivedAt < known.callback.receivedAt) records.set(one.key, one);
  }
  const entries = [...records.values()].flatMap(({ key, events }) =>
    events.flatMap((event): readonly Entry[] => {
      const contract = contractOf(event);
      return contract === undefined ? [] : [{ source: "mine", contract, event, record: `mine/${key}` }];
    }),
  );
  return [...Map.groupBy(entries, ({ contract }) => contract)]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([contract, of]) => balance("mine", contract, of));
};
