/** What is going to be sent, in which order: the same for the same seed. What becomes of it is found out elsewhere. */
import { type Forgery, forgeriesFor } from "./forgeries.ts";
import type { Life } from "./life.ts";
import { gmoPgLife, sbpsLife } from "./lives-japan.ts";
import { polarLife, sandboxLife, stripeLife } from "./lives-json.ts";
import { createRandom, type Random } from "./random.ts";

/** One thing to send. The same object twice is a redelivery. */
export interface Planned {
  readonly source: string;
  /** Before it is signed. */
  readonly body: Uint8Array;
  readonly forgery?: Forgery;
  /** The gateway closes the connection the first time, before it has read the answer. */
  readonly hangsUp?: boolean;
}

/** Two contracts with the same life: of one everything is sent once and in order, of the other in any order, and some of it repeatedly. */
export interface Twins {
  readonly source: string;
  readonly orderly: string;
  readonly messy: string;
}

export interface Plan {
  /** While the application is up, down, and up again. */
  readonly steady: readonly Planned[];
  readonly burst: readonly Planned[];
  readonly late: readonly Planned[];
  readonly twins: readonly Twins[];
  /** The contract whose deliveries the application refuses until it is mended. */
  readonly refused: string;
}

interface Population {
  readonly source: string;
  readonly pairs: number;
  readonly life: Life;
  readonly name: (pair: number, twin: "a" | "b" | "x") => string;
}

const digits = (number: number, count: number): string => String(number).padStart(count, "0");

const populations: readonly Population[] = [
  { source: "sandbox", pairs: 6, life: sandboxLife, name: (pair, twin) => `contract-${digits(pair, 2)}-${twin}` },
  { source: "stripe", pairs: 6, life: stripeLife, name: (pair, twin) => `sub_1Qx${digits(pair, 4)}${twin}` },
  { source: "standard-webhooks", pairs: 6, life: polarLife, name: (pair, twin) => `5a4c9e3b-${digits(pair, 4)}-${twin}` },
  { source: "sbps", pairs: 6, life: sbpsLife, name: (pair, twin) => `410${digits(pair, 6)}${{ a: 1, b: 2, x: 3 }[twin]}` },
  { source: "gmo-pg", pairs: 8, life: gmoPgLife, name: (pair, twin) => `7c0a53f1d2${digits(pair, 21)}${twin}` },
];

/** SBPS tells a purchase once and never again, whatever the answer: a callback of its own that gets lost stays lost. */
const neverRetries = "sbps";

export const makePlan = (seed: number): Plan => {
  const random = createRandom(seed, "plan");
  const pairs = populations.flatMap(({ source, pairs, life, name }) =>
    Array.from({ length: pairs }, (_, index) => {
      const live = (contract: string) => life(contract, createRandom(seed, source, index)).map((body): Planned => ({ source, body }));
      const twins: Twins = { source, orderly: name(index + 1, "a"), messy: name(index + 1, "b") };
      return { twins, lines: [live(twins.orderly), messed(live(twins.messy), random)] };
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
    refused: pairs[0]?.twins.orderly ?? "",
  };
};

/** Genuine, and cut off on its way out of the gateway's own machine before it was signed. */
const unparseable: Planned = { source: "sandbox", body: Buffer.from('{"id":"evt_cut_off","type":"charge.succeeded","amount":19') };

/** In any order, a third of it sent again, some of that at the same moment. Now and then the gateway hangs up too early. */
const messed = (line: readonly Planned[], random: Random): readonly Planned[] => {
  const once = line.map((planned) => (planned.source !== neverRetries && random.next() < 0.06 ? { ...planned, hangsUp: true } : planned));
  const atOnce = random.shuffled(once).flatMap((planned) => (random.next() < 0.15 ? [planned, planned] : [planned]));
  return [...atOnce, ...once.filter(() => random.next() < 0.2)];
};

/** All lines as one, each in its own order; a repetition stays beside what it repeats. */
const weave = (lines: readonly (readonly Planned[])[], random: Random): readonly Planned[] => {
  const rest = lines.map((line) => [...line]);
  const woven: Planned[] = [];
  for (;;) {
    const open = rest.filter((line) => line.length > 0);
    const line = open[random.between(0, open.length - 1)];
    const first = line?.shift();
    if (!line || !first) return woven;
    woven.push(first);
    while (line[0] === first) woven.push(...line.splice(0, 1));
  }
};

const scattered = (woven: readonly Planned[], others: readonly Planned[], random: Random): readonly Planned[] => {
  const all = [...woven];
  for (const other of others) all.splice(random.between(0, all.length), 0, other);
  return all;
};

const forged = (seed: number): readonly Planned[] =>
  populations.flatMap(({ source, life, name }) =>
    forgeriesFor(source).map((forgery, index): Planned => {
      // What is tampered with was sent; everything else is about a contract that there is not.
      const contract = name(forgery === "tampered" ? 1 : 90 + index, forgery === "tampered" ? "a" : "x");
      const lived = life(contract, createRandom(seed, source, forgery === "tampered" ? 0 : 90 + index));
      return { source, forgery, body: lived[1] ?? new Uint8Array() };
    }),
  );
