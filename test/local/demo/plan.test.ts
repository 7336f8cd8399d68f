import { describe, expect, test } from "vitest";
import { prove } from "../../../core/prove.ts";
import { findGateway, type Gateway, type SourceSettings } from "../../../gateways/index.ts";
import config from "../../../local/demo/config.ts";
import { forge } from "../../../local/demo/forgeries.ts";
import { makePlan, type Plan, type Planned } from "../../../local/demo/plan.ts";

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

const contractsOf = ({ source, body }: Planned): readonly string[] => {
  const { gateway, settings } = sourceOf(source);
  const proof = prove(gateway, { ...gateway.sign(body, settings, now), source }, settings);
  if (proof.kind === "refused") throw new Error(proof.reason);
  return gateway.parse(proof.callback, settings).flatMap(({ contract, charge }) => contract ?? charge ?? []);
};

describe("the plan", () => {
  test("is the same for the same seed, to the byte, and another for another seed", () => {
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

  test("says everything of an orderly contract once and in order, and the same of its twin in disorder", () => {
    for (const { source, orderly, messy } of plan.twins) {
      const of = (contract: string) =>
        genuine
          .filter((one) => one.source === source && Buffer.from(one.body).includes(contract))
          .map(({ body }) => Buffer.from(body).toString("latin1").replaceAll(contract, "X"));
      expect(new Set(of(messy))).toEqual(new Set(of(orderly)));
      expect(new Set(of(orderly)).size).toBe(of(orderly).length);
    }
    expect(plan.twins.length).toBeGreaterThan(30);
  });

  test("names one contract in each callback, but for the one that cannot be parsed", () => {
    const broken = [...new Set(genuine)].filter((planned) => {
      try {
        return new Set(contractsOf(planned)).size !== 1;
      } catch {
        return true;
      }
    });
    expect(broken.map(({ body }) => Buffer.from(body).toString().slice(0, 21))).toEqual(['{"id":"evt_cut_off","']);
    const names = new Set([...new Set(genuine)].filter((one) => !broken.includes(one)).flatMap(contractsOf));
    expect(names).toEqual(new Set(plan.twins.flatMap(({ orderly, messy }) => [orderly, messy])));
    expect(plan.twins[0]?.orderly).toBe(plan.refused);
  });
});

describe("a forgery", () => {
  test.each(all(plan).flatMap((one) => (one.forgery ? [{ ...one, forgery: one.forgery }] : [])))(
    "of $source that is $forgery does not pass for genuine",
    ({ source, forgery, body }) => {
      const { gateway, settings } = sourceOf(source);
      const raw = { ...forge(forgery, body, gateway, settings, now), source, receivedAt: now };
      expect(prove(gateway, raw, settings).kind).toBe("refused");
    },
  );
});
