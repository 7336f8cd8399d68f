import { describe, expect, test } from "vitest";
import { contractOf, type PaymentEvent } from "../../../core/event.ts";
import { verifyCallback } from "../../../core/receive/verify-callback.ts";
import { findGateway, type Gateway, type SourceSettings } from "../../../gateways/index.ts";
import config from "../../../local/demo/config.ts";
import { forge } from "../../../local/demo/forgeries.ts";
import { makePlan, type Plan, type Planned } from "../../../local/demo/plan.ts";
import { signCallback } from "../../../simulator/callbacks.ts";

const now = Date.UTC(2026, 10, 20, 12);
const plan = makePlan(1);
const all = ({ steady, burst, late }: Plan): readonly Planned[] => [...steady, ...burst, ...late];
const written = (of: Plan) =>
  all(of).map(({ source, body, forgery, hangsUp }) => [source, Buffer.from(body).toString("base64"), forgery, hangsUp]);
const genuine = all(plan).filter(({ forgery }) => !forgery);

const sourceOf = (name: string): { gateway: Gateway; settings: SourceSettings } => {
  const source = Object.entries(config.sources).find(([one]) => one === name)?.[1];
  const gateway = source && findGateway(source.gateway);
  if (!gateway) throw new Error(`no gateway for ${name}`);
  return { gateway, settings: { ...source, secrets: ["whsec_dGhlIHNlY3JldCBvZiB0aGlzIHNvdXJjZQ=="] } };
};

/** What the callback says. Throws when it cannot be parsed. */
const eventsOf = ({ source, body, headers }: Planned): readonly PaymentEvent[] => {
  const { gateway, settings } = sourceOf(source);
  const raw = signCallback(gateway, { body, headers }, settings, { source, url: "https://hooks.example.com/x", now });
  const proof = verifyCallback(gateway, raw, settings);
  if (proof.kind === "refused") throw new Error(proof.reason);
  return gateway.parse(proof.callback, settings);
};

const once = [...new Set(genuine)];
const said = once.flatMap((planned) => (Buffer.from(planned.body).includes("evt_cut_off") ? [] : [{ planned, events: eventsOf(planned) }]));

describe("the plan", () => {
  test("is the same for the same seed, to the byte, and different for another seed", () => {
    expect(written(makePlan(1))).toEqual(written(plan));
    expect(written(makePlan(2))).not.toEqual(written(plan));
  });

  test("has some hundred callbacks of every source, repetitions, hang-ups, forgeries, and a burst", () => {
    expect(all(plan).length).toBeGreaterThan(300);
    expect(all(plan).length).toBeLessThan(500);
    expect(new Set(genuine.map(({ source }) => source))).toEqual(new Set(Object.keys(config.sources)));
    expect(new Set(all(plan).flatMap(({ source, forgery }) => (forgery ? [source] : [])))).toEqual(new Set(Object.keys(config.sources)));
    expect(genuine.length - new Set(genuine).size).toBeGreaterThan(30);
    expect(genuine.filter(({ hangsUp }) => hangsUp).length).toBeGreaterThan(3);
    expect(plan.burst.length).toBeGreaterThan(64);
  });

  test("says everything of an orderly life once and in order, and the same of its twin in disorder", () => {
    let disordered = 0;
    for (const { source, orderly, messy } of plan.twins) {
      const of = (ids: readonly string[]) =>
        said
          .filter(({ planned, events }) => planned.source === source && events.some((event) => ids.includes(contractOf(event) ?? "")))
          .flatMap(({ events }) => events)
          .map(({ id: _, alsoKnownAs = [], dispute, ...event }) =>
            ids.reduce(
              (text, id, at) => text.replaceAll(JSON.stringify(id), `<${at}>`),
              JSON.stringify({ ...event, names: alsoKnownAs.length, isDispute: dispute !== undefined }),
            ),
          );
      expect(of(orderly).length).toBeGreaterThan(1);
      expect(of(messy).toSorted()).toEqual(of(orderly).toSorted());
      if (of(messy).join() !== of(orderly).join()) disordered++;
      const times = of(orderly).map((event) => JSON.parse(event.replaceAll(/<\d+>/g, "0")).occurredAt);
      expect(times).toEqual(times.toSorted());
    }
    expect(plan.twins.length).toBeGreaterThan(25);
    expect(disordered).toBeGreaterThan(20);
    expect(plan.twins.some(({ orderly, messy }) => orderly.some((id) => messy.includes(id)))).toBe(false);
  });

  test("sends nothing of an orderly life twice, and hangs up on none of it", () => {
    const orderly = new Set(plan.twins.flatMap((twins) => twins.orderly));
    const isOrderly = (planned: Planned) =>
      said.some((one) => one.planned === planned && one.events.some((event) => orderly.has(contractOf(event) ?? "")));
    const sent = genuine.filter(isOrderly);
    expect(sent).toHaveLength(new Set(sent).size);
    expect(sent.filter(({ hangsUp }) => hangsUp)).toEqual([]);
  });

  test("has one genuine callback that cannot be parsed, and a contract whose every callback the application rejects", () => {
    const broken = once.filter((planned) => !said.some((one) => one.planned === planned));
    expect(broken).toHaveLength(1);
    expect(() => eventsOf(broken[0] as Planned)).toThrow();
    const refused = said.filter(({ events }) => events.some(({ contract }) => contract === plan.refused));
    expect(refused.length).toBeGreaterThan(2);
    expect(said.filter(({ planned }) => Buffer.from(planned.body).includes(plan.refused))).toEqual(refused);
  });
});

describe("a forgery", () => {
  test.each(all(plan).flatMap((one) => (one.forgery ? [{ ...one, forgery: one.forgery }] : [])))(
    "of $source that is $forgery does not pass for genuine",
    ({ source, forgery, ...callback }) => {
      const { gateway, settings } = sourceOf(source);
      const url = "https://hooks.example.com/x";
      const raw = { ...forge(forgery, callback, { gateway, settings, source, url, clock: () => now }, now), receivedAt: now };
      expect(verifyCallback(gateway, raw, settings).kind).toBe("refused");
    },
  );
});
