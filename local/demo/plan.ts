/** What will be sent, in which order: the same for the same seed. What comes of it is checked elsewhere. */
import { gateways } from "../../gateways/index.ts";
import { type SimulatedCallback, story } from "../../simulator/callbacks.ts";
import { between, createRandom, type Random, shuffled } from "../../simulator/random.ts";
import { retrySchedule } from "../../simulator/retry-schedule.ts";
import { type StoryName, stories } from "../../simulator/stories.ts";
import config from "./config.ts";
import { type Forgery, forgeriesFor } from "./forgeries.ts";

/** One thing to send. The same object twice is a redelivery. */
export interface Planned {
  readonly source: string;
  /** Before it is signed. */
  readonly body: Uint8Array;
  readonly headers: SimulatedCallback["headers"];
  readonly forgery?: Forgery;
  /** The gateway closes the connection the first time, before it has read the answer. */
  readonly hangsUp?: boolean;
}

/**
 * Two lives that differ in their ids only: of one everything is sent once and in order, of the other in any order, and some of it
 * repeatedly. Each is named by all ids in it - contract, customer, payments - of which those at the same place correspond.
 */
export interface Twins {
  readonly source: string;
  readonly orderly: readonly string[];
  readonly messy: readonly string[];
}

export interface Plan {
  /** While the application is up, down, and up again. */
  readonly steady: readonly Planned[];
  readonly burst: readonly Planned[];
  readonly late: readonly Planned[];
  readonly twins: readonly Twins[];
  /** The contract whose deliveries the application rejects until it is fixed. */
  readonly refused: string;
}

type SourceName = keyof typeof config.sources;

/** Pairs of twins, and what may happen to them: stories in which the gateway itself repeats and delays nothing. */
const populations: Readonly<Record<SourceName, { readonly pairs: number; readonly stories: readonly StoryName[] }>> = {
  sandbox: { pairs: 5, stories: ["refunds", "recovery", "pause", "unpaid"] },
  stripe: { pairs: 4, stories: ["refunds", "recovery", "pause", "disputes"] },
  "standard-webhooks": { pairs: 6, stories: ["refunds", "recovery", "pause", "double-sign-up"] },
  sbps: { pairs: 6, stories: ["unpaid", "recovery", "charged-after-end", "double-sign-up"] },
  "gmo-pg": { pairs: 6, stories: ["order", "recovery", "refunds"] },
};

export const makePlan = (seed: number): Plan => {
  const random = createRandom(`${seed}/plan`);
  const pairs = (Object.keys(populations) as SourceName[]).flatMap((source) =>
    Array.from({ length: populations[source].pairs }, (_, pair) => {
      const [orderly, messy] = [life(seed, source, pair, "orderly"), life(seed, source, pair, "messy")];
      const twins: Twins = { source, orderly: idsIn(orderly), messy: idsIn(messy) };
      return { twins, lines: [orderly.map(toPlanned(source)), messed(messy.map(toPlanned(source)), source, random)] };
    }),
  );
  const woven = weave(
    pairs.flatMap(({ lines }) => lines),
    random,
  );
  const all = scattered(woven, [...forged(seed), unparseable], random);
  const [burstFrom, burstTo] = [Math.floor(all.length * 0.7), Math.floor(all.length * 0.93)];
  return {
    steady: all.slice(0, burstFrom),
    burst: all.slice(burstFrom, burstTo),
    late: all.slice(burstTo),
    twins: pairs.map(({ twins }) => twins),
    refused: life(seed, "sandbox", 0, "orderly")[0]?.moment.contract ?? "",
  };
};

/** What happens to a pair, when, and for how much: the same for both twins. */
const life = (seed: number, source: SourceName, pair: number, twin: string): readonly SimulatedCallback[] => {
  const { gateway, options = {} }: { readonly gateway: string; readonly options?: Readonly<Record<string, string>> } =
    config.sources[source];
  const name = `${seed}/${source}/${pair}`;
  const random = createRandom(name);
  const possible = populations[source].stories;
  return story(gateway, {
    story: stories[possible[between(random, 0, possible.length - 1)] ?? "sign-up"],
    amount: { minor: between(random, 5, 98) * 100 + 80, currency: "JPY" },
    seed: name,
    twin,
    options,
  });
};

const idsIn = (callbacks: readonly SimulatedCallback[]): readonly string[] => [
  ...new Set(
    callbacks.flatMap(({ moment: { contract, customer, charge, order, part } }) => [contract ?? charge, charge, customer, order, part]),
  ),
];

const toPlanned =
  (source: string) =>
  ({ body, headers }: SimulatedCallback): Planned => ({ source, body, headers });

/** Genuine, but truncated on the gateway's side before it was signed. */
const unparseable: Planned = {
  source: "sandbox",
  body: Buffer.from('{"id":"evt_cut_off","type":"charge.succeeded","amount":19'),
  headers: {},
};

/** In any order, some of it sent again, some of that at the same moment. Now and then the gateway hangs up too early. */
const messed = (line: readonly Planned[], source: SourceName, random: Random): readonly Planned[] => {
  // A gateway that never retries loses what it hangs up on.
  const retries = retrySchedule(gateways[config.sources[source].gateway]).length > 0;
  const once = line.map((planned) => (retries && random() < 0.06 ? { ...planned, hangsUp: true } : planned));
  const atOnce = shuffled(random, once).flatMap((planned) => (random() < 0.15 ? [planned, planned] : [planned]));
  return [...atOnce, ...once.filter(() => random() < 0.2)];
};

/** All lines as one, each in its own order; a repetition stays beside what it repeats. */
const weave = (lines: readonly (readonly Planned[])[], random: Random): readonly Planned[] => {
  const rest = lines.map((line) => [...line]);
  const woven: Planned[] = [];
  for (;;) {
    const open = rest.filter((line) => line.length > 0);
    const line = open[between(random, 0, open.length - 1)];
    const first = line?.shift();
    if (!line || !first) return woven;
    woven.push(first);
    while (line[0] === first) woven.push(...line.splice(0, 1));
  }
};

const scattered = (woven: readonly Planned[], others: readonly Planned[], random: Random): readonly Planned[] => {
  const all = [...woven];
  for (const other of others) all.splice(between(random, 0, all.length), 0, other);
  return all;
};

/** What is tampered with was sent; everything else is about contracts that do not exist. */
const forged = (seed: number): readonly Planned[] =>
  (Object.keys(populations) as SourceName[]).flatMap((source) =>
    forgeriesFor(source).flatMap((forgery, index): readonly Planned[] => {
      const lived = forgery === "tampered" ? life(seed, source, 0, "orderly") : life(seed, source, 90 + index, "forged");
      const payment = lived.find(({ reports }) => reports.some((type) => type.startsWith("charge.")));
      return payment ? [{ ...toPlanned(source)(payment), forgery }] : [];
    }),
  );
