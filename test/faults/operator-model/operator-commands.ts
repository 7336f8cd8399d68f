/** The model's deeds done to the product, in the simulation; and whether what is seen then is what the model allows. */
import fc from "fast-check";
import { heal } from "../run/healing.ts";
import type { Job } from "../run/simulation.ts";
import { all } from "../run/trace.ts";
import { makeCallback } from "../sent/callbacks.ts";
import type { Setting } from "../stories/verbs.ts";
import { after, afterBoth, type Deed, flow, type Line, type Model } from "./operator-model.ts";

/** What the model allows: several things, where deeds were done side by side and it cannot be seen yet which came first. */
export interface Possible {
  models: readonly Model[];
}

export interface Product {
  readonly setting: Setting;
  readonly refused: Set<string>;
  /** Who of those side by side makes the next call, from now on. */
  interleave(order: readonly number[]): void;
}

type Command = fc.AsyncCommand<Possible, Product>;

const jobOf = ({ setting: { jobs }, refused }: Product, deed: Deed): Job | undefined => {
  switch (deed.do) {
    case "arrive":
      if (deed.isRefused) refused.add(`sandbox/${deed.id}`);
      return jobs.receive(makeCallback({ id: deed.id, contracts: [deed.contract] }));
    case "mend":
      refused.clear();
      return undefined;
    case "hold":
      return jobs.hold();
    case "resume":
      return jobs.resume();
    case "hold contract":
      return jobs.holdContract(deed.contract);
    case "resume contract":
      return jobs.resumeContract(deed.contract);
    case "replay":
    case "discard":
      return jobs[deed.do](`sandbox/${deed.id}`);
    default:
      return deed satisfies never;
  }
};

/** Longer than a process goes by a hold that it has read. */
const noticedMs = 10_000;

const settle = async (possible: Possible, { setting }: Product, allowed: readonly Model[]): Promise<void> => {
  const { simulation, jobs } = setting;
  const restless = await heal(simulation, jobs);
  if (restless.length > 0) throw new Error(restless.join("; "));
  jobs.pass(noticedMs);
  const { progress } = await simulation.stores();
  const delivered = all(simulation.notebook.entries, "delivered").filter(({ processed }) => processed);
  const seen = (line: Line): string => {
    const state = progress.get(`sandbox/${line.id}`)?.state ?? "stored";
    const times = delivered.filter(({ record }) => record === `sandbox/${line.id}`).length;
    return `${line.id} ${state}${times > line.mayBeDelivered ? `, ${times} times` : ""}`;
  };
  const states = { open: "waiting", dead: "dead", done: "delivered", discarded: "discarded" } as const;
  const wanted = (line: Line): string => `${line.id} ${states[line.state]}`;
  const unique = [...new Map(allowed.map((model) => [JSON.stringify(model), model])).values()];
  possible.models = unique.filter(({ lines }) => lines.every((line) => seen(line) === wanted(line)));
  if (possible.models.length === 0)
    throw new Error(
      `seen: ${unique[0]?.lines.map(seen).join("; ")}. Allowed: ${unique.map(({ lines }) => lines.map(wanted).join("; ")).join(" | or ")}`,
    );
};

/** A deed before it is known to whom: arrivals are numbered, and commands are about one of those that have arrived. */
type Wish =
  | Exclude<Deed, { readonly id: string }>
  | { readonly do: "arrive"; readonly contract: string; readonly isRefused: boolean }
  | Choice;

interface Choice {
  readonly do: "replay" | "discard";
  readonly which: number;
}

/** As many as are worth looking at; more only take time. */
const mostLines = 7;

/** @param arriving how many arrive at the same time before it */
const deedOf = (possible: Possible, wish: Wish, arriving = 0): Deed => {
  const lines = possible.models[0]?.lines ?? [];
  if (wish.do === "arrive") return { ...wish, id: String(lines.length + arriving + 1) };
  if ("which" in wish) return { do: wish.do, id: lines[wish.which % lines.length]?.id ?? "" };
  return wish;
};

const isPossible = ({ models: [model] }: Possible, wish: Wish): boolean => {
  const count = model?.lines.length ?? 0;
  return wish.do === "arrive" ? count < mostLines : "which" in wish ? count > 0 : true;
};

/** Two of one contract that are stored in the same millisecond are in no order that the model could know. */
const isTie = (one: Wish, other: Wish): boolean => one.do === "arrive" && other.do === "arrive" && one.contract === other.contract;

const words = (deed: object): string => Object.values(deed).join(" ");

const alone = (wish: Wish): Command => ({
  check: (possible) => isPossible(possible, wish),
  async run(possible, product) {
    const deed = deedOf(possible, wish);
    const job = jobOf(product, deed);
    if (job) await product.setting.simulation.run(job);
    const allowed = possible.models.map((model) => flow(after(model, deed)));
    await settle(possible, product, allowed);
  },
  toString: () => words(wish),
});

const sideBySide = ([wish, otherWish, order]: readonly [Wish, Wish, readonly number[]]): Command => ({
  check: (possible) => isPossible(possible, wish) && isPossible(possible, otherWish) && !isTie(wish, otherWish),
  async run(possible, product) {
    const { simulation, jobs } = product.setting;
    const one = deedOf(possible, wish);
    const other = deedOf(possible, otherWish, one.do === "arrive" ? 1 : 0);
    product.interleave(order);
    const together = [jobOf(product, one), jobOf(product, other), await jobs.relay(), jobs.consume()];
    await simulation.run(...together.filter((job) => job !== undefined));
    product.interleave([]);
    const allowed = possible.models.flatMap((model) => afterBoth(model, [one, other])).map((model) => flow(model));
    await settle(possible, product, allowed);
  },
  toString: () => `side by side: ${words(wish)}; ${words(otherWish)} (turns ${order.join(",")})`,
});

/** One record a second, for two seconds; then held again, before or after those let go have been delivered. */
const stoppedRelease = (isPrompt: boolean): Command => ({
  check: ({ models }) => models.every(({ isHeld }) => isHeld),
  async run(possible, product) {
    const { simulation, jobs } = product.setting;
    await simulation.run(jobs.resume(1));
    await simulation.run(jobs.release(1_500));
    const consume = isPrompt ? undefined : jobs.consume();
    await simulation.run(...(consume ? [consume] : []));
    await simulation.run(jobs.hold());
    const allowed = possible.models.flatMap((model) =>
      [0, 1, 2, 3].map((most) => ({ ...flow({ ...model, isHeld: false }, most), isHeld: true })),
    );
    await settle(possible, product, allowed);
  },
  toString: () => `a release at one a second, stopped ${isPrompt ? "at once" : "half way"}`,
});

const contract = fc.constantFrom("a", "b");
const arrival = fc.record({ do: fc.constant("arrive" as const), contract, isRefused: fc.boolean() });
const command = fc.record({ do: fc.constantFrom("replay" as const, "discard" as const), which: fc.nat(mostLines) });
const hold = fc.record({ do: fc.constantFrom("hold" as const, "resume" as const) });
const contractHold = fc.record({ do: fc.constantFrom("hold contract" as const, "resume contract" as const), contract });
const wish: fc.Arbitrary<Wish> = fc.oneof(arrival, command, hold, contractHold, fc.constant({ do: "mend" as const }));
const turns = fc.array(fc.nat(3), { minLength: 1, maxLength: 20 });

export const commands = fc.commands(
  [
    arrival.map(alone),
    arrival.map(alone),
    hold.map(alone),
    wish.map(alone),
    fc.tuple(wish, fc.oneof(arrival, command), turns).map(sideBySide),
    fc.tuple(command, command, turns).map(sideBySide),
    fc.boolean().map(stoppedRelease),
  ],
  { maxCommands: 14, size: "max" },
);
