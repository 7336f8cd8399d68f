/** Stories that nobody has thought of: steps drawn at random, each of which may be hit by a fault at one of its points. */
import fc from "fast-check";
import type { Service } from "../aws/call.ts";
import type { Accident } from "../run/accidents.ts";
import type { FunctionName } from "../run/trace.ts";
import { type Callback, makeCallback } from "../sent/callbacks.ts";
import { deep, oddIds } from "./poison-stories.ts";

/** `at`: which of the step's points is hit; beyond the last, none. `kind`: which of the things that can go wrong there, counted round. */
export interface Fault {
  readonly at: number;
  readonly kind: number;
}

/** What can also happen side by side. */
export type Deed =
  | { readonly do: "send"; readonly callback: number; readonly fault?: Fault }
  | { readonly do: "relay"; readonly most: number; readonly fault?: Fault }
  /** `looks`: how often the function can look at the clock before its time is over. */
  | { readonly do: "consume"; readonly most: number; readonly looks?: number; readonly fault?: Fault }
  | { readonly do: "sweep" | "release" | "recover"; readonly fault?: Fault }
  | { readonly do: "replay" | "discard"; readonly callback: number; readonly fault?: Fault }
  | { readonly do: "hold" | "resume"; readonly target: "app" | "second"; readonly ratePerSecond: number; readonly fault?: Fault }
  | { readonly do: "hold contract" | "resume contract"; readonly contract: string; readonly fault?: Fault };

export type Step =
  | Deed
  | { readonly do: "pass"; readonly minutes: number }
  /** What the application answers to everything, or to one callback. */
  | { readonly do: "answer"; readonly status: number; readonly callback?: number }
  | { readonly do: "secret"; readonly readable: boolean }
  | { readonly do: "outage"; readonly of: Service | "nothing" }
  | { readonly do: "restart"; readonly of: FunctionName }
  /** From then on, and whatever else happens, that function's clock is off by so much. */
  | { readonly do: "clock"; readonly of: FunctionName; readonly minutes: number }
  | { readonly do: "lose the stream" }
  /** Somebody destroys what is stored of it. */
  | { readonly do: "accident"; readonly accident: Accident; readonly callback: number }
  /** `order`: who of those that wait makes the next call, again and again. */
  | { readonly do: "together"; readonly deeds: readonly Deed[]; readonly order: readonly number[] };

export interface RandomStory {
  readonly steps: readonly Step[];
  /** Whether everything is replayed twice in the end. */
  readonly isThorough: boolean;
}

const large = makeCallback({ id: "large", contracts: ["b"], nature: "large" });

/**
 * Two contracts with three and two callbacks, a notice about both, a refund that names the payment of one of them alone, a second set of
 * bytes under one id, what is not in order, ids that cannot be keys, and two callbacks that go to a second target.
 */
export const cast: readonly Callback[] = [
  makeCallback({ id: "a1", contracts: ["a"] }),
  makeCallback({ id: "a2", contracts: ["a"] }),
  makeCallback({ id: "a3", contracts: ["a"] }),
  makeCallback({ id: "b1", contracts: ["b"] }),
  makeCallback({ id: "b2", contracts: ["b"] }),
  makeCallback({ id: "both", contracts: ["a", "b"] }),
  makeCallback({ id: "a2", contracts: ["a"], variant: 1 }),
  makeCallback({ id: "odd", contracts: ["a"], nature: "unparseable" }),
  makeCallback({ id: "forged", contracts: ["a"], nature: "forged" }),
  large,
  makeCallback({ id: "back", contracts: [], payment: "charge-a2" }),
  deep,
  ...oddIds,
  makeCallback({ id: "o1", source: "other", contracts: ["o"] }),
  makeCallback({ id: "o2", source: "other", contracts: ["o"] }),
];

export const castMember = (index: number): Callback => cast[index % cast.length] as Callback;

const fault = fc.option(fc.record({ at: fc.nat(12), kind: fc.nat(10) }), { nil: undefined, freq: 1 });
const withFault = <Shape extends object>(shape: fc.Arbitrary<Shape>) =>
  fc.tuple(shape, fault).map(([deed, hit]) => (hit ? { ...deed, fault: hit } : deed));

const callback = fc.oneof({ weight: 7, arbitrary: fc.nat(5) }, { weight: 3, arbitrary: fc.nat(cast.length - 1) });
const contract = fc.constantFrom("a", "b");
const named = <Name extends string>(name: Name) => fc.constant(name);

const send = withFault(fc.record({ do: named("send"), callback }));
const relay = withFault(fc.record({ do: named("relay"), most: fc.constantFrom(100, 1, 2) }));
const consume = withFault(
  fc
    .tuple(fc.constantFrom(10, 1, 2), fc.option(fc.nat(4), { nil: undefined, freq: 6 }))
    .map(([most, looks]) => ({ do: "consume" as const, most, ...(looks !== undefined && { looks }) })),
);
const sweep = withFault(fc.record({ do: named("sweep") }));
const release = withFault(fc.record({ do: named("release") }));
const recover = withFault(fc.record({ do: named("recover") }));
const byPerson = withFault(
  fc.oneof(
    fc.record({ do: fc.constantFrom("replay" as const, "discard" as const), callback }),
    fc.record({
      do: fc.constantFrom("hold" as const, "resume" as const),
      target: fc.constantFrom("app" as const, "second" as const),
      ratePerSecond: fc.constantFrom(50, 1),
    }),
    fc.record({ do: fc.constantFrom("hold contract" as const, "resume contract" as const), contract }),
  ),
);
const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 4, arbitrary: send },
  { weight: 3, arbitrary: relay },
  { weight: 5, arbitrary: consume },
  { weight: 2, arbitrary: sweep },
  { weight: 1, arbitrary: release },
  { weight: 1, arbitrary: recover },
  { weight: 1, arbitrary: byPerson },
);

const status = fc.constantFrom(200, 200, 503, 422, 429);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 14, arbitrary: deed },
  { weight: 4, arbitrary: fc.record({ do: named("pass"), minutes: fc.constantFrom(1, 2, 6, 30, 90) }) },
  { weight: 2, arbitrary: fc.record({ do: named("answer"), status, callback: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ do: named("answer"), status }) },
  { weight: 1, arbitrary: fc.record({ do: named("secret"), readable: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: named("outage"),
      of: fc.constantFrom<Service | "nothing">("nothing", "DynamoDB", "SQS", "S3"),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: named("restart"), of: fc.constantFrom<FunctionName>("receive", "consume", "sweep", "release", "recover") }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: named("clock"),
      of: fc.constantFrom<FunctionName>("receive", "consume", "sweep", "release", "recover"),
      minutes: fc.constantFrom(0, 5, -5, 60, -60),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: named("lose the stream") }) },
  {
    weight: 1,
    arbitrary: fc.oneof(
      fc.record({ do: named("accident"), accident: fc.constantFrom<Accident>("bytes altered", "progress altered"), callback: fc.nat(5) }),
      fc.constant({ do: "accident" as const, accident: "body deleted" as const, callback: cast.indexOf(large) }),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: named("together"),
      deeds: fc.array(deed, { minLength: 2, maxLength: 3 }),
      order: fc.array(fc.nat(2), { minLength: 1, maxLength: 20 }),
    }),
  },
);

export const randomStory: fc.Arbitrary<RandomStory> = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 24, size: "max" }),
  isThorough: fc.boolean(),
});
