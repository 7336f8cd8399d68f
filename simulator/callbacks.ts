/** A story as one gateway would tell it: the callbacks in the order in which it sends them. Pure: the same order gives the same bytes. */
import type { Millis, RawCallback } from "../core/callback.ts";
import type { EventType } from "../core/event.ts";
import { Failure } from "../core/failure.ts";
import type { Money } from "../core/formats/money.ts";
import { findWriter } from "../gateways/find-writer.ts";
import type { Gateway, SourceSettings } from "../gateways/index.ts";
import { type Moment, momentEvents } from "../gateways/moment.ts";
import type { Options, Writer } from "../gateways/writer.ts";
import { type Planned, planStory } from "./plan-story.ts";
import { findStory, stories } from "./stories.ts";

export interface StoryOrder {
  /** @default life */
  readonly story?: string;
  /** The same seed gives the same ids, another one another life. @default 1 */
  readonly seed?: string | number;
  /** When the story begins, by the gateway's clock. @default 2026-01-05T00:00Z */
  readonly start?: Millis;
  /** The contract's id, instead of one in the gateway's form. */
  readonly contract?: string;
  /** @default 1,980 JPY */
  readonly amount?: Money;
  /** The source's options: some gateways' callbacks repeat them, `hmac` is made of them. */
  readonly options?: Options;
  /** For a gateway that the simulator does not know. */
  readonly writer?: Writer;
}

export interface SimulatedCallback {
  readonly moment: Moment;
  /** When the gateway sends it, in the story's time. */
  readonly toldAt: Millis;
  readonly body: Uint8Array;
  /** Beside those that `sign` makes. */
  readonly headers: Readonly<Record<string, string>>;
  /** Our words for what it says; empty when it means nothing for the ledger, or a read-back has to tell. */
  readonly tells: readonly EventType[];
}

/** What happened and the gateway never tells. */
export interface Untold {
  readonly moment: Moment;
  readonly type: EventType;
}

const defaultStart = Date.UTC(2026, 0, 5);
const defaultAmount: Money = { minor: 1980, currency: "JPY" };
/** Between two tellings of one moment: gateways that repeat themselves do it within seconds or minutes. */
const repetitionMs = 60_000;
const dayMs = 86_400_000;

/** @throws Failure when there is no such story, or nobody can write for that gateway. */
export const story = (gateway: string, order: StoryOrder = {}): readonly SimulatedCallback[] => {
  const writer = writerFor(gateway, order);
  return planned(writer, order)
    .flatMap(({ moment, toldAt, times }) => {
      const written = writer.scenes[moment.kind]?.(moment, order.options ?? {}) ?? [];
      return Array.from({ length: times }, (_, again) =>
        written.map((one) => ({ headers: {}, ...one, moment, toldAt: toldAt + again * repetitionMs })),
      ).flat();
    })
    .sort((one, other) => one.toldAt - other.toldAt);
};

/** @throws Failure, as `story` does. */
export const untold = (gateway: string, order: StoryOrder = {}): readonly Untold[] => {
  const told = story(gateway, order);
  return planned(writerFor(gateway, order), order).flatMap(({ moment }) =>
    momentEvents[moment.kind]
      .filter((either) => !told.some((callback) => tellsOf(callback, moment, either)))
      .map(([type]): Untold => ({ moment, type })),
  );
};

/** A contract's start may be told by its first payment, which is a moment of its own. */
const tellsOf = (callback: SimulatedCallback, moment: Moment, either: readonly EventType[]): boolean => {
  const isMoment = callback.moment.id === moment.id;
  const isNear = callback.moment.contract === moment.contract && Math.abs(callback.moment.at - moment.at) < dayMs;
  return callback.tells.some((type) => either.includes(type) && (isMoment || (isNear && type.startsWith("contract."))));
};

const writerFor = (gateway: string, order: StoryOrder): Writer => {
  const writer = order.writer ?? findWriter(gateway);
  if (!writer) throw new Failure(`The simulator cannot write for ${gateway}: there is no gateways/${gateway}/writer.ts.`);
  return writer;
};

const planned = (
  writer: Writer,
  { story: name = "life", seed = 1, start = defaultStart, amount = defaultAmount, contract }: StoryOrder,
) => {
  const found = findStory(name);
  if (!found) throw new Failure(`There is no story "${name}". There are: ${Object.keys(stories).join(", ")}.`);
  const plan: readonly Planned[] = planStory(found, writer, {
    seed: String(seed),
    start,
    amount,
    ...(contract !== undefined && { contract }),
  });
  return plan;
};

/** The callback as a request that leaves now. A gateway that signs a time signs every attempt anew. */
export const signCallback = (
  gateway: Gateway,
  callback: Pick<SimulatedCallback, "body" | "headers">,
  settings: SourceSettings,
  sent: { readonly source: string; readonly url: string; readonly now: Millis },
): RawCallback => {
  const signed = gateway.sign(callback.body, settings, sent.now);
  const query = signed.method === "GET" ? `?${Buffer.from(signed.body).toString("latin1")}` : "";
  return { ...signed, source: sent.source, url: `${sent.url}${query}`, headers: { ...signed.headers, ...callback.headers } };
};
